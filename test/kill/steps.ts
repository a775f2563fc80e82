/**
 * Names the moments before and after the bot's store operations, such as "before an answer is saved". These moments are
 * called steps.
 */
import { z } from 'zod';
import type { Store } from '../../src/store/store.ts';

/**
 * A step at which the process kills itself. If `step` is given, only steps with this name are counted. Otherwise all
 * steps are counted. The process kills itself at the `nth` of these steps.
 */
export interface KillStep {
  readonly step?: string;
  readonly nth: number;
}

/**
 * The only named step during the start of the bot: a round has posted the note "Back again", but the round with this
 * note is not saved yet.
 */
export const stepAtStart = 'before a note is saved';

/** All other named steps, in the order in which a round reaches these steps. */
export const namedSteps = [
  'after a round is opened',
  'before a question is open',
  'after a question is open',
  'before an answer is saved',
  'after an answer is saved',
  'before a reveal is saved',
  'after a reveal is saved',
  'before an award',
  'after an award',
  'before awards are noted',
  'after awards are noted',
  'after the end is saved',
  'before a podium is noted',
  'before a round is forgotten',
] as const;

/** The fields of a saved round that determine the name of a step. */
const round = z.object({
  answers: z.array(z.record(z.string(), z.unknown())),
  settled: z.number(),
  phase: z.object({ name: z.string(), shown: z.boolean().optional() }),
});
type Round = z.output<typeof round>;
const savedRound = z.object({
  quiz: round,
  shown: z.object({ note: z.object({ message: z.string() }).optional() }),
});
type SavedRound = z.output<typeof savedRound>;

/** Wraps a store so that it calls `step` with the name of the step before and after each write. */
export function withSteps(store: Store, step: (name: string) => void): Store {
  const rounds = new Map<string, SavedRound>();
  async function told<T>(what: string, work: () => Promise<T>): Promise<T> {
    step(`before ${what}`);
    const done = await work();
    step(`after ${what}`);
    return done;
  }
  function change(key: string, value: unknown): string {
    if (key.startsWith('answers/')) return 'an answer is saved';
    if (!key.startsWith('round/')) return key.startsWith('member/') ? 'an award' : 'something else';
    const saved = savedRound.parse(value);
    const before = rounds.get(key);
    rounds.set(key, saved);
    if (!before) return 'a round is opened';
    if (saved.shown.note?.message !== before.shown.note?.message) return 'a note is saved';
    const [old, now] = [before.quiz, saved.quiz];
    if (now.phase.name !== old.phase.name) {
      if (now.phase.name === 'asking') return 'a question is open';
      if (now.phase.name === 'reveal') return 'a reveal is saved';
      if (now.phase.name === 'ended') return 'the end is saved';
    }
    if (now.phase.shown !== old.phase.shown) return 'a podium is noted';
    if (now.settled !== old.settled) return 'awards are noted';
    const answered = ({ answers }: Round) => answers.reduce((sum, all) => sum + Object.keys(all).length, 0);
    return answered(now) > answered(old) ? 'an answer is saved' : 'something else';
  }
  return {
    ...store,
    set: (key, value) => told(change(key, value), () => store.set(key, value)),
    delete: (key) =>
      told(key.startsWith('round/') ? 'a round is forgotten' : 'something else', () => store.delete(key)),
    change: (key, ...how) => told(change(key, undefined), () => store.change(key, ...how)),
    changeMany: (keys, ...how) => told(change(keys[0] ?? '', undefined), () => store.changeMany(keys, ...how)),
    async *range(prefix, schema, onUnreadable) {
      for await (const [key, value] of store.range(prefix, schema, onUnreadable)) {
        if (prefix === 'round/') rounds.set(key, savedRound.parse(value));
        yield [key, value] as const;
      }
    },
  };
}
