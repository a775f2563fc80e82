/**
 * Returns a warning in each of these cases:
 *
 * - A source is on a site that only copies other sites.
 * - A text for members contains an item number of the editor's own files, such as C01 (see `shownNumbers`).
 * - A statement in a dispute has no speaker or no date.
 */
import { type Entry, isFromRecord, type Pack } from '../../core/pack/pack.ts';
import type { RecordStatement } from '../../core/pack/record-statement.ts';

interface Warning {
  /** The path to the field within the entry. */
  readonly path: readonly PropertyKey[];
  readonly sentence: string;
}

interface Statement {
  readonly path: readonly PropertyKey[];
  readonly statement: RecordStatement;
}

/** Returns a function that returns the warnings about one entry of the pack. */
export function createRecordWarnings(pack: Pack): (entry: Entry) => readonly Warning[] {
  const numbers = new Set(
    pack.entries.flatMap((entry) => [
      ...entry.notes.flatMap(({ check }) => check ?? []),
      ...statementsOf(entry).flatMap(({ statement: { check } }) => check ?? []),
    ]),
  );
  return (entry) => [...copies(entry, pack), ...shownNumbers(entry, numbers), ...speakerless(entry)];
}

function statementsOf(entry: Entry): readonly Statement[] {
  return [
    ...(isFromRecord(entry) ? [{ path: ['statement'], statement: entry.statement }] : []),
    ...entry.sinceThen.map((statement, index) => ({ path: ['sinceThen', index], statement })),
    ...(entry.kind === 'dispute' ? entry.recordPositions : []).map((statement, index) => ({
      path: ['recordPositions', index],
      statement,
    })),
  ];
}

function copies(entry: Entry, { copySites }: Pack): Warning[] {
  const sources = [
    ...entry.notes.map(({ sources }, index) => ({ path: ['notes', index], sources })),
    ...statementsOf(entry).map(({ path, statement: { sources } }) => ({ path, sources })),
  ];
  return sources.flatMap(({ path, sources: all }) =>
    all.flatMap(({ url }, index) => {
      const { hostname } = new URL(url);
      const site = copySites.find((host) => hostname === host || hostname.endsWith(`.${host}`));
      if (site === undefined) return [];
      const sentence = `the source ${hostname} is on the list of sites that copy others (${site}); cite the original`;
      return [{ path: [...path, 'sources', index], sentence }];
    }),
  );
}

/**
 * Warns if a text for members contains an item number of the editor's own files, such as C01. The field `check` of
 * notes and statements contains these numbers. Some words, such as "G20", look like an item number. Such a word gets a
 * warning only if it is the value of a field `check` in the pack.
 */
function shownNumbers(entry: Entry, numbers: ReadonlySet<string>): Warning[] {
  return visibleTexts(entry).flatMap(({ path, text }) => {
    const shown = text.split(/[^\p{L}\p{N}]+/u).find((word) => numbers.has(word));
    if (shown === undefined) return [];
    return [{ path, sentence: `members would read "${shown}", a number of the editor's record; take it out` }];
  });
}

function visibleTexts(entry: Entry): readonly { readonly path: readonly PropertyKey[]; readonly text: string }[] {
  const positions = entry.kind === 'dispute' ? entry.positions : [];
  const own = Object.entries(entry).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'id' && name !== 'neverAsk' ? [{ path: [name], text: value }] : [],
  );
  return [
    ...(isFromRecord(entry) ? own.filter(({ path: [name] }) => name !== 'summary') : own),
    ...entry.notes.map(({ text }, index) => ({ path: ['notes', index, 'text'], text })),
    ...positions.map(({ position }, index) => ({ path: ['positions', index, 'position'], text: position })),
    ...statementsOf(entry).map(({ path, statement: { who = '', text, caveat = '' } }) => ({
      path: [...path, 'text'],
      text: [who, text, caveat].join(' '),
    })),
  ];
}

function speakerless(entry: Entry): Warning[] {
  if (entry.kind !== 'dispute') return [];
  return entry.recordPositions.flatMap(({ who, said }, index) =>
    who !== undefined && said !== undefined
      ? []
      : [
          {
            path: ['recordPositions', index],
            sentence: 'the position does not say whose words it is from and when; add who and said',
          },
        ],
  );
}
