/** Tests a round during which writes fail because the disk is full or read-only, or because the database is locked. */
import { expect, test } from 'vitest';
import { textOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf, wordsOf } from '../support/emulated-round.ts';
import { memoryStore } from '../support/memory-store.ts';
import { seen } from '../support/seen.ts';

test.each(['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_BUSY'])(
  'F19: while writes fail with %s, members are told that nothing is saved, and only saved answers earn points',
  async (code) => {
    const store = memoryStore();
    const { ana, begin, press, shows } = await emulatedBot({ store });
    const question = await begin();
    store.fail = { doing: 'writing', code };
    expect(await press('ana', question, 'A')).toContain('could not be saved just now, so it does not count');
    expect(await press('ben', question, 'B')).toContain('could not be saved just now, so it does not count');
    expect(wordsOf(await ana.command('general', '/quiz solo', { questions: 3 }))).toContain('could not be saved');
    expect(wordsOf(await ana.command('general', '/fact', { about: 'id:rasht' }))).toContain('Rasht');
    store.fail = undefined;
    expect(await press('ana', question, 'A')).toContain('Locked A');
    await shows('1 answer.', question.id);
    await shows('Podium');
    const board = messageOf(await ana.command('general', '/leaderboard'));
    expect(textOf(board)).toMatch(/1 member\n.*\*\*Ana\*\*.*of 1 answer right/);
    seen('refused with a sentence, then saved; no points for the refused answer');
  },
);
