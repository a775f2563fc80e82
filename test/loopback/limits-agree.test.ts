/** Compares the two lists of Discord's limits: the list in the bot and the list in the emulated Discord. */
import { expect, test } from 'vitest';
import { limits } from '../../src/chat/limits.ts';
import { discordLimits } from '../../src/loopback/discord-limits.ts';

test('the limits in the bot and in the emulated Discord have the same values', () => {
  const shared = Object.keys(limits).filter((name) => Object.hasOwn(discordLimits, name));
  expect(shared.length).toBeGreaterThanOrEqual(9);
  expect(discordLimits).toMatchObject(
    Object.fromEntries(Object.entries(limits).filter(([name]) => shared.includes(name))),
  );
});
