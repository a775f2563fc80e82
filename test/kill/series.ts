/**
 * Plans and plays games (see games.ts) in which the bot is killed at every named step (see steps.ts) and at random
 * steps.
 */
import { dice } from '../../src/core/dice.ts';
import { type Member, memberSchema } from '../../src/core/scores/member.ts';
import type { Store } from '../../src/store/store.ts';
import { openTemporaryStore, withTemporaryStore } from '../support/temporary-store.ts';
import { channelDifferences, cutShortQuestions } from '../tally/channel-check.ts';
import { differences } from '../tally/tally.ts';
import { type GameOptions, play } from './games.ts';
import type { Kill } from './kills.ts';
import { namedSteps, stepAtStart } from './steps.ts';

export interface Played {
  readonly seed: number;
  /** For each kill, the number of rounds that were running. */
  readonly alive: readonly number[];
  readonly pressed: number;
  readonly acknowledged: number;
  /** Differences between the players' records and the database. */
  readonly onPoints: readonly string[];
  /** Differences between the messages in the channels and the expected messages. */
  readonly onMessages: readonly string[];
}

/**
 * Plans the kills for games in which the bot has one process. Returns one list of kills for each game. A list contains
 * at most seven kills, and all lists together contain at least `number` kills. The first kills are at the named steps
 * and after three acknowledged answers. All other kills are at random steps. The same seed always gives the same kills.
 */
export function killsFor(number: number, seed: number): readonly (readonly Kill[])[] {
  const chance = dice(seed);
  const named: readonly Kill[] = [
    ...namedSteps.map((step) => ({ step, nth: 1 + chance.below(3) })),
    { acknowledged: 3 },
    { step: stepAtStart, nth: 1 },
    { step: stepAtStart, nth: 2 },
  ];
  const random = Array.from({ length: Math.max(0, number - named.length) }, () => ({ nth: 2 + chance.below(120) }));
  const all = [...chance.shuffle(named), ...random];
  return Array.from({ length: Math.ceil(all.length / 7) }, (_, game) => all.slice(7 * game, 7 * game + 7));
}

/**
 * Plans the disturbances for games in which the bot has several processes. Returns one list for each game. Each list
 * contains at most five kills at random steps, one cut of a connection that holds a lease, and one cut of all
 * connections. If the command `restart` is given, the list contains this command instead of the cut of all connections.
 *
 * `number` is the number of kills in all games. `steps` is the maximum number of steps before a kill.
 */
export function killsOfProcesses(
  number: number,
  seed: number,
  { restart, steps = 120 }: { readonly restart?: string | undefined; readonly steps?: number } = {},
): readonly (readonly Kill[])[] {
  const chance = dice(seed);
  const last: Kill = restart === undefined ? { cut: 'all' } : { restart };
  const random = Array.from({ length: number }, () => ({ nth: 2 + chance.below(steps) }));
  return Array.from({ length: Math.ceil(number / 5) }, (_, game) =>
    chance.shuffle<Kill>([...random.slice(5 * game, 5 * game + 5), { cut: 'lease' }, last]),
  );
}

/**
 * Plays one game on a new database. Then compares the database with the players' records, and checks the messages in
 * the channels. If `address` is given, the game uses the PostgreSQL database with this address, otherwise an SQLite
 * file.
 */
export const playAndCompare = (
  options: Omit<GameOptions, 'store'> & { readonly address?: string | undefined },
): Promise<Played> =>
  withTemporaryStore(
    options.address,
    async (place) => {
      const { pressed, alive, unanswered, server } = await play({ ...options, store: place });
      const store = await openTemporaryStore(place);
      const cutShort = cutShortQuestions(server);
      const onPoints: string[] = [];
      for (const [scope, answers] of pressed)
        onPoints.push(...differences(answers, await membersOf(store, scope), cutShort));
      await store.close();
      const all = [...pressed.values()].flat();
      return {
        seed: options.seed,
        alive,
        pressed: all.length,
        acknowledged: all.filter(({ acknowledged }) => acknowledged).length,
        onPoints,
        onMessages: channelDifferences(server, unanswered),
      };
    },
    (options.processes ?? 1) > 1,
  );

/** Reads the stored scores of all members in a scope. */
async function membersOf(store: Store, scope: string): Promise<readonly (readonly [user: string, member: Member])[]> {
  const prefix = `member/${scope}/`;
  const members: (readonly [string, Member])[] = [];
  for await (const [key, member] of store.range(prefix, memberSchema)) members.push([key.slice(prefix.length), member]);
  return members;
}
