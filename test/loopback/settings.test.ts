/** Settings through the real discord.js client: who is offered the command, and what Discord suggests and sends. */
import { expect, test } from 'vitest';
import { caspian } from '../support/caspian.ts';
import { textOf } from '../support/member.ts';

test('/setup is there for those who may manage the server alone, and suggests time zones', async () => {
  const { member } = await caspian();
  const [ana, ben] = [await member('ana'), await member('ben')];
  const [first] = await ana.autocomplete('general', '/setup board', 'time-zone', 'mosc');
  expect(first).toEqual({ name: 'Europe/Moscow', value: 'Europe/Moscow' });
  const saved = await ana.command('general', '/setup board', { show: 'off', 'time-zone': 'Europe/Moscow' });
  if (saved.kind !== 'answered' || !saved.message) throw new Error(JSON.stringify(saved));
  expect(saved.message.flags & 64).toBe(64);
  expect(textOf(saved.message)).toContain('Europe/Moscow');
  expect(textOf(saved.message)).toContain('**Leaderboard** off');
  await expect(ben.command('general', '/setup show')).rejects.toThrow('cannot find /setup');
});
