/**
 * Reads the gaps of Anki's cloze notes, such as `{{c1::Paris::a city}} lies on the Seine`. All gaps with the same
 * number, such as 1 in `c1`, become one card. The front of the card shows the hint, or an ellipsis, instead of the
 * hidden text. The back is the hidden text.
 */

interface Gap {
  readonly number: number;
  readonly hidden: string;
  readonly hint: string | undefined;
  readonly start: number;
  readonly end: number;
}

export interface ClozeCard {
  readonly front: string;
  readonly back: string;
}

/** The cards of a cloze note. Empty if the text has no gap. */
export function clozeCards(text: string): readonly ClozeCard[] {
  const gaps = gapsIn(text);
  const numbers = [...new Set(gaps.map(({ number }) => number))];
  return numbers.map((number) => ({
    front: filled(text, gaps, (gap) => (gap.number === number ? `[${gap.hint ?? '…'}]` : gap.hidden)),
    back: [...new Set(gaps.filter((gap) => gap.number === number).map(({ hidden }) => hidden))].join(', '),
  }));
}

/** The text with all gaps filled. */
export const withoutCloze = (text: string): string => filled(text, gapsIn(text), ({ hidden }) => hidden);

function filled(text: string, gaps: readonly Gap[], shown: (gap: Gap) => string): string {
  let result = '';
  let at = 0;
  for (const gap of gaps) {
    result += text.slice(at, gap.start) + shown(gap);
    at = gap.end;
  }
  return result + text.slice(at);
}

function gapsIn(text: string): readonly Gap[] {
  const gaps: Gap[] = [];
  const opening = /\{\{c(\d{1,3})::/g;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const inner = opening.lastIndex;
    const close = closing(text, inner);
    if (close < 0) break;
    const [hidden = '', hint] = withoutNested(text.slice(inner, close)).split('::');
    gaps.push({ number: Number(found[1]), hidden, hint, start: found.index, end: close + 2 });
    opening.lastIndex = close + 2;
  }
  return gaps;
}

/** The index of the `}}` that closes a gap, or -1 if there is none. A `{` and its matching `}` in the gap are skipped. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && depth > 0) depth--;
    else if (text[at] === '}' && text[at + 1] === '}') return at;
  }
  return -1;
}

/** For each gap inside another gap: keeps only the hidden text of the inner gap, and leaves out its hint. */
const withoutNested = (text: string): string =>
  text.includes('{{c') ? text.replaceAll(/\{\{c\d{1,3}::([^{}]*?)(?:::[^{}]*)?\}\}/g, '$1') : text;
