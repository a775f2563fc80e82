/** Stores which entries the command `/fact` has shown to each member, so that the command can show new entries. */
import { z } from 'zod';
import { dice } from '../core/dice.ts';
import type { Facts } from '../core/pack/facts.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

export interface UnseenFacts {
  /**
   * Draws an entry that this member has not seen. If the member has seen all entries or the store fails, draws from all
   * entries. Undefined if the pack has no entries that may be shown. Never rejects.
   */
  next(facts: Facts, user: string, seed: number): Promise<string | undefined>;
  /** Deletes the list of entries that this member has seen. Throws StoreError. */
  forget(user: string): Promise<void>;
}

interface Ports {
  readonly store: Store;
  readonly log: Log;
  /** The id of the pack that a server uses if it has not chosen another one. */
  readonly defaultPack: string;
}

const keyOf = (user: string) => `seen/${user}`;

export function createUnseenFacts({ store, log, defaultPack }: Ports): UnseenFacts {
  const schema = seenSchema(defaultPack);
  return {
    async next(facts, user, seed) {
      try {
        return await nextUnseen(store, schema, facts, user, seed);
      } catch (error) {
        log.warn({ err: error }, 'the entries shown to a member could not be read or saved');
        return drawn(idsOf(facts), seed);
      }
    },
    forget: (user) => store.delete(keyOf(user)),
  };
}

type Seen = Readonly<Record<string, readonly string[]>>;

/**
 * Maps pack ids to the ids of the entries that a member has seen. Early versions stored a plain list of entry ids of
 * `defaultPack`.
 */
const seenSchema = (defaultPack: string): z.ZodType<Seen> =>
  z.union([
    z.record(z.string(), z.array(z.string())),
    z.array(z.string()).transform((ids) => ({ [defaultPack]: ids })),
  ]);

async function nextUnseen(
  store: Store,
  schema: z.ZodType<Seen>,
  facts: Facts,
  user: string,
  seed: number,
): Promise<string | undefined> {
  const { id } = facts.pack;
  const ids = idsOf(facts);
  const seen = await store.change(keyOf(user), schema, (old = {}) => {
    const known = old[id] ?? [];
    const unseen = ids.filter((entry) => !known.includes(entry));
    const startsOver = unseen.length === 0;
    const next = drawn(startsOver ? ids : unseen, seed);
    return { ...old, [id]: [...(startsOver ? [] : known), ...(next === undefined ? [] : [next])] };
  });
  return seen[id]?.at(-1);
}

const idsOf = ({ showable }: Facts): readonly string[] => showable.map(({ id }) => id);

const drawn = (ids: readonly string[], seed: number): string | undefined => ids[dice(seed).below(ids.length)];
