/** The bot and the emulated Discord have separate lists of Discord's limits, which are compared here. */
import { expect, test } from 'vitest';
import { limits } from '../../src/chat/limits.ts';
import { discordLimits } from '../../src/loopback/discord-limits.ts';

test('every limit that the bot and the emulated Discord both name has the same number in both lists', () => {
  const shared = Object.keys(limits).filter((name) => Object.hasOwn(discordLimits, name));
  expect(shared.length).toBeGreaterThanOrEqual(9);
  expect(discordLimits).toMatchObject(
    Object.fromEntries(Object.entries(limits).filter(([name]) => shared.includes(name))),
  );
});
