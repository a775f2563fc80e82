/** Finds the terms of the glossary that an entry uses. Each term lists the words by which it is recognised. */
import { type Entry, type EntryOf, type Pack, textsOfDispute } from './pack.ts';

/** Returns a function that finds the terms that an entry uses in its title, summary, quotation, positions and notes. */
export function createTermFinder({ entries }: Pack): (entry: Entry) => readonly EntryOf<'term'>[] {
  const terms = entries.filter((entry) => entry.kind === 'term').map((term) => ({ term, uses: anyOf(term.words) }));
  return (entry) => {
    const text = textsOf(entry).join('\n');
    return terms.filter(({ term, uses }) => term.id !== entry.id && uses.test(text)).map(({ term }) => term);
  };
}

/** A pattern that matches any one of these words. Only whole words match. Case matters: "SCO" does not match "sco". */
function anyOf(words: readonly string[]): RegExp {
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${escaped.join('|')})(?![\p{L}\p{N}])`, 'u');
}

function textsOf(entry: Entry): readonly string[] {
  return [
    entry.title,
    entry.summary,
    entry.quote?.text ?? '',
    ...(entry.kind === 'dispute' ? textsOfDispute(entry) : []),
    ...[...entry.notes, ...entry.sinceThen].map(({ text }) => text),
  ];
}
