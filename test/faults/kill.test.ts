/**
 * Kills the bot while it plays rounds, at named steps (see kill/steps.ts) and at random steps. Checks that no answer or
 * message is lost or duplicated.
 */
import { describe, inject, test } from 'vitest';
import { killsFor, killsOfProcesses, playAndCompare } from '../kill/series.ts';
import { seen } from '../support/seen.ts';

const program = inject('killedBot');

const address = inject('postgres');

test.concurrent.for(killsFor(20, 2_026).map((kills, game) => ({ game: game + 1, kills })))(
  'F17: if the bot is killed and restarted, no acknowledged answer is lost and no answer is scored twice (game $game)',
  { timeout: 600_000 },
  async ({ game, kills }, { expect, task }) => {
    const played = await playAndCompare({ program, seed: game, kills });
    expect(played.onPoints).toEqual([]);
    expect(played.onMessages).toEqual([]);
    expect(played.alive).toHaveLength(kills.length);
    // Most kills must interrupt several rounds. Some kills may interrupt only one round, because at a random step the
    // other rounds may have ended.
    expect(played.alive.filter((rounds) => rounds > 1).length).toBeGreaterThan(kills.length / 2);
    expect(played.acknowledged).toBeGreaterThan(20);
    seen(`${kills.length} kill(s), ${played.acknowledged} acknowledged answers, none lost or counted twice`, task);
  },
);

// A few kills are enough here. The test above kills the bot more often, on SQLite, and the steps are the same on
// PostgreSQL.
describe.skipIf(address === '')('on PostgreSQL', () => {
  test.concurrent(
    'F17: if the bot is killed and restarted, no acknowledged answer is lost and no answer is scored twice',
    { timeout: 600_000 },
    async ({ expect, task }) => {
      const kills = killsFor(2, 2_027).flat().slice(0, 2);
      const played = await playAndCompare({ program, seed: 1, kills, address });
      expect(played.onPoints).toEqual([]);
      expect(played.onMessages).toEqual([]);
      expect(played.alive).toHaveLength(2);
      expect(played.acknowledged).toBeGreaterThan(5);
      seen(`2 kills on PostgreSQL, ${played.acknowledged} acknowledged answers, none lost or counted twice`, task);
    },
  );

  test.concurrent.for([
    [2, 3],
    [4, 2],
  ] as const)(
    'if one of %i processes is killed or loses its database connections, every acknowledged answer is scored exactly once',
    { timeout: 600_000 },
    async ([processes, number], { expect, task }) => {
      const kills = killsOfProcesses(number, 2_028, { steps: 20 }).flat();
      const played = await playAndCompare({ program, seed: processes, kills, address, processes, questions: 3 });
      expect(played.onPoints).toEqual([]);
      expect(played.onMessages).toEqual([]);
      expect(played.alive).toHaveLength(kills.length);
      expect(played.acknowledged).toBeGreaterThan(5);
      seen(`${kills.length} disturbances of ${processes} processes, ${played.acknowledged} acknowledged answers`, task);
    },
  );
});
