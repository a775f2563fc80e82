/** Reads the entries of leaderboards from the store. */
import {
  entriesFromParts,
  boardEntry,
  type MemberParts,
  memberPartsSchema,
  memberPathsFor,
  type ScopeBoard,
} from '../../core/scores/board.ts';
import { memberFieldsSchema, partsFromFields, summaryFieldsFor } from '../../core/scores/member-summary.ts';
import { memberSchema } from '../../core/scores/member.ts';
import type { RankingEntry } from '../../core/scores/entry-table.ts';
import type { Store } from '../../store/store.ts';
import type { BoardSource } from './board-cache.ts';
import { lastRoundPrefix, lastRoundSchema, memberKey, memberPrefix } from './score-keys.ts';

export function createBoardSource(store: Store): BoardSource {
  return {
    async *entriesOf(scope, boards) {
      const prefix = memberPrefix(scope);
      for await (const page of partsOfMembers(store, prefix, boards)) {
        const found: (readonly [string, readonly (RankingEntry | undefined)[]])[] = [];
        for (const [key, parts] of page) {
          const user = key.slice(prefix.length);
          const entries = entriesFromParts(boards, user, parts);
          // If the scores have an old format, their parts are at other paths, so `entries` is undefined. In this case
          // the complete scores are read, and the schema converts them. The member's next result writes the scores in
          // the new format.
          const member = entries ? undefined : await store.get(key, memberSchema);
          found.push([user, entries ?? boards.map((board) => member && boardEntry(board, user, member))]);
        }
        yield found;
      }
    },

    async *entriesOfRound(scope, board) {
      for await (const [, { round, users }] of store.range(lastRoundPrefix(scope), lastRoundSchema)) {
        if (round !== board.round) continue;
        for (const user of users) {
          const member = await store.get(memberKey(scope, user), memberSchema);
          yield [[user, [member && boardEntry(board, user, member)]]];
        }
      }
    },
  };
}

type PartsPages = AsyncIterable<readonly (readonly [key: string, parts: MemberParts])[]>;

/**
 * Reads the parts of each member's scores that these boards need. If no board is about a topic, reads only the
 * summaries of the members, which is much faster. Summaries contain no topics.
 */
async function* partsOfMembers(store: Store, prefix: string, boards: readonly ScopeBoard[]): PartsPages {
  const paths = memberPathsFor(boards);
  const fields = summaryFieldsFor(boards);
  if (!fields) return yield* store.parts(prefix, paths, memberPartsSchema);
  for await (const page of store.summaries(prefix, fields, memberFieldsSchema, paths, memberPartsSchema))
    yield page.map(([key, found, parts]) => [key, found ? partsFromFields(found) : parts] as const);
}
