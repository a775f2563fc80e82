/** A series of games in which the bot is killed at every named step (see steps.ts) and at random steps. */
import { dice } from '../../src/core/dice.ts';
import { type Member, memberSchema } from '../../src/core/scores/member.ts';
import { openPlayedStore, withPlayedStore } from '../support/played-store.ts';
import { channelDifferences, cutShortQuestions } from '../tally/channel-check.ts';
import { differences } from '../tally/tally.ts';
import { type Kill, play } from './games.ts';
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
 * Returns at least `number` kills, in games of at most seven kills. The first kills are at the named steps. All other
 * kills are at random steps. The same seed always gives the same kills.
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
 * Plays one game on a new database. Then compares the database with the players' records, and checks the messages in
 * the channels. The database is an SQLite file, or in the PostgreSQL database with this address.
 */
export const playAndCompare = (
  program: string,
  seed: number,
  kills: readonly Kill[],
  address?: string,
): Promise<Played> =>
  withPlayedStore(address, async (place) => {
    const { pressed, alive, unanswered, scope, server } = await play(program, place, seed, kills);
    const store = await openPlayedStore(place);
    const prefix = `member/${scope}/`;
    const members: (readonly [string, Member])[] = [];
    for await (const [key, member] of store.range(prefix, memberSchema))
      members.push([key.slice(prefix.length), member]);
    await store.close();
    return {
      seed,
      alive,
      pressed: pressed.length,
      acknowledged: pressed.filter(({ acknowledged }) => acknowledged).length,
      onPoints: differences(pressed, members, cutShortQuestions(server)),
      onMessages: channelDifferences(server, unanswered),
    };
  });
