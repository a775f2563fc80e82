/** Reads the golden list of queries with their expected entries, and measures how well a search answers them. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SearchResult } from '../../src/core/search/search.ts';

const lists = z.record(
  z.string(),
  z.array(
    z.strictObject({
      query: z.string(),
      /** Ids of the right entries. Empty if the pack has no answer. */
      expect: z.array(z.string()),
      prefer: z.array(z.string()).default([]),
    }),
  ),
);

export interface GoldenQuery {
  readonly sort: string;
  readonly query: string;
  readonly prefer: readonly string[];
  readonly expect: readonly string[];
  /** Whether the query is left out when the search is tuned. A hash of the text selects about one query in five. */
  readonly heldOut: boolean;
}

/**
 * The URL of pack.yaml. The field `imports` of package.json gives its path, because a path relative to this file would
 * be wrong in the compiled tests.
 */
const manifest = pathToFileURL(createRequire(import.meta.url).resolve('#data/russia-iran/pack.yaml'));
/** Folder of the pack that the queries are about. */
export const packFolder = new URL('./', manifest);

/** Reads a golden list of this folder. Throws if the file does not match its schema. */
export async function goldenList(name: string): Promise<readonly GoldenQuery[]> {
  const sorts = lists.parse(parse(await readFile(new URL(`../../test/golden/${name}`, manifest), 'utf8')));
  return Object.entries(sorts).flatMap(([sort, list]) =>
    list.map((item) => ({ sort, ...item, heldOut: hash(item.query) % 5 === 0 })),
  );
}

export interface Outcome {
  readonly asked: number;
  /** Fraction (0 to 1) of the answerable queries for which a right entry comes first. */
  readonly first: number;
  /** Fraction of the answerable queries for which a right entry is among the first three. */
  readonly amongThree: number;
  /** Fraction of the answerable queries that got no answer. */
  readonly refusedWrongly: number;
  /** Fraction of the unanswerable queries that got no answer, which is correct. */
  readonly refusedRightly: number;
  /** Number of queries, answerable or not, for which a wrong entry was given as the only answer. */
  readonly wronglySure: number;
  readonly misses: readonly string[];
}

export interface Searched {
  /** Ids of the entries found, best match first. */
  readonly ranked: readonly string[];
  readonly found: SearchResult;
}

/** Runs every query with `search` and summarises the outcomes. */
export function outcomeOf(list: readonly GoldenQuery[], search: (asked: GoldenQuery) => Searched): Outcome {
  const answerable = list.filter(({ expect }) => expect.length > 0);
  const misses: string[] = [];
  let [first, amongThree, refusedWrongly, refusedRightly, wronglySure] = [0, 0, 0, 0, 0];
  for (const asked of list) {
    const { ranked, found } = search(asked);
    const name = `${asked.sort}: ${asked.query}${asked.prefer.map((kind) => ` (${kind})`).join('')}`;
    if (asked.expect.length === 0) {
      if (found.kind === 'none') refusedRightly++;
      else misses.push(`${name} → ${found.kind}: ${ranked[0]}, not none`);
    } else {
      const place = ranked.findIndex((id) => asked.expect.includes(id));
      if (place === 0) first++;
      else misses.push(`${name} → ${ranked.slice(0, 3).join(', ') || 'nothing'}, not ${asked.expect.join(' or ')}`);
      if (place >= 0 && place < 3) amongThree++;
      if (found.kind === 'none') {
        refusedWrongly++;
        misses.push(`${name} → refused`);
      }
    }
    if (found.kind === 'one' && !asked.expect.includes(found.id)) wronglySure++;
  }
  const unanswerable = list.length - answerable.length;
  return {
    asked: list.length,
    first: first / answerable.length,
    amongThree: amongThree / answerable.length,
    refusedWrongly: refusedWrongly / answerable.length,
    refusedRightly: refusedRightly / unanswerable,
    wronglySure,
    misses,
  };
}

/** The FNV-1a hash of the UTF-16 code units. A query has the same hash on every machine. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
