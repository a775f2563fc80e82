/**
 * Makes cards from the rows of a table. For a row that cannot become a card, returns its line, the reason and what to
 * write instead.
 */
import type { ColumnRole, LeftOut } from '../core/material/material.ts';
import { maxBack, maxFront } from '../core/pack/pack-schemas.ts';
import { cleanCell, comparedText } from './cell-text.ts';
import { clozeCards, withoutCloze } from './cloze.ts';
import { imageTag, soundTag, textOfHtml } from './html-text.ts';
import { markdownImage, textOfMarkdown } from './markdown-text.ts';
import { commentReason } from './table-rows.ts';
import type { Row } from './table.ts';

/** A card with its texts as members see them. */
export interface TableCard {
  readonly line: number;
  readonly front: string;
  readonly back: string;
  readonly extra: string;
  readonly wrong: readonly string[];
  readonly tags: readonly string[];
  readonly date: string;
  readonly source: string;
}

export interface CardRules {
  readonly roles: readonly ColumnRole[];
  readonly isHtml: boolean;
  readonly isAnki: boolean;
  readonly isMarkdown: boolean;
  /** The separator of cells. If a row has too many cells, the last of them are joined with this separator again. */
  readonly separator: string;
  /** For each column: whether each word of a cell is a separate tag. */
  readonly splitsTags: readonly boolean[];
  /** The separator between the wrong answers of a cell. Undefined if each cell has only one wrong answer. */
  readonly wrongSeparator: string | undefined;
}

export interface ReadCards {
  readonly cards: readonly TableCard[];
  readonly leftOut: readonly LeftOut[];
  /** The lines of rows that had more cells than the table has columns. The last cells of these rows were joined. */
  readonly joined: readonly number[];
  /** The lines of rows that contain a picture or a sound. Pictures and sounds are not imported. */
  readonly withoutMedia: readonly number[];
}

export function cardsOf(rows: readonly Row[], rules: CardRules): ReadCards {
  const cards: TableCard[] = [];
  const leftOut: LeftOut[] = [];
  const joined: number[] = [];
  const withoutMedia: number[] = [];
  const lineOf = new Map<string, number>();
  for (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    const leaveOut = ({ reason, instead }: Problem) =>
      leftOut.push({
        line: row.line,
        reason: row.number === undefined ? reason : `row ${row.number}: ${reason}`,
        instead,
      });
    const problemOfAll = problemOfRow(row, rules);
    if (problemOfAll) {
      leaveOut(problemOfAll);
      continue;
    }
    const { cells, isJoined } = fittedCells(row, rules);
    if (isJoined) joined.push(row.line);
    if (losesMedia(cells, rules)) withoutMedia.push(row.line);
    for (const card of cardsOfRow({ line: row.line, cells }, rules)) {
      const problem = problemOf(card, cells, rules) ?? repeated(card, lineOf);
      if (problem) leaveOut(problem);
      else cards.push(card);
    }
  }
  return { cards, leftOut, joined, withoutMedia };
}

/**
 * Checks a row before its cells are converted to texts. If the row cannot become a card, returns the reason and what to
 * write instead.
 */
function problemOfRow(row: Row, rules: CardRules): Problem | undefined {
  const { roles } = rules;
  if (row.cells.every((cell) => cleanCell(cell) === ''))
    return { reason: 'it has only invisible characters', instead: 'delete the row' };
  if (roles.length > 1 && row.cells.length === 1 && /^\s*(#|\/\/)/.test(row.cells[0] ?? '')) return commentReason;
  // If a row has more cells than the table has columns, the surplus cells are joined to the cell of the last column.
  // This is allowed only if the last column has the backs of the cards. In any other table, the surplus may come from a
  // separator in a back, and the card would get only a part of this back.
  if (fittedCells(row, rules).isJoined && roles.at(-1) !== 'back')
    return {
      reason: `it has ${usedCells(row)} fields, and the table has ${roles.length} columns`,
      instead: 'put quotation marks around the field that contains the separator',
    };
  return undefined;
}

const usedCells = ({ cells }: Row): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1;

/**
 * Fits the cells of a row to the columns. If the row has more cells than columns, the text of the last column is
 * assumed to contain separators. Its parts are then joined again.
 */
function fittedCells(
  row: Row,
  { roles, separator }: CardRules,
): { readonly cells: readonly string[]; readonly isJoined: boolean } {
  const width = roles.length;
  if (usedCells(row) <= width) return { cells: row.cells, isJoined: false };
  const last = row.cells.slice(width - 1).join(separator);
  return { cells: [...row.cells.slice(0, width - 1), last.replace(/[\s,;|]+$/, '')], isJoined: true };
}

function losesMedia(cells: readonly string[], { isAnki, isHtml, isMarkdown }: CardRules): boolean {
  return cells.some(
    (cell) =>
      (isHtml && cell.search(imageTag) >= 0) ||
      (isAnki && cell.search(soundTag) >= 0) ||
      (isMarkdown && cell.search(markdownImage) >= 0),
  );
}

/** The text of a cell as members see it. */
function shownText(cell: string, { isHtml, isAnki, isMarkdown }: CardRules): string {
  const silent = isAnki ? cell.replaceAll(soundTag, '') : cell;
  const text = cleanCell(isHtml ? textOfHtml(silent) : isMarkdown ? textOfMarkdown(silent) : silent);
  // A text that consists only of joiners, variation selectors and spaces counts as empty, because such a text is
  // invisible.
  return text.replaceAll(/\u200c|\u200d|\ufe0e|\ufe0f|\s/g, '') === '' ? '' : text;
}

/** The cards of a row: one for each gap number of a cloze note, and one for any other row. */
function cardsOfRow({ line, cells }: Row, rules: CardRules): readonly TableCard[] {
  const all = (role: ColumnRole): string[] =>
    rules.roles.flatMap((one, index) => (one === role ? shownText(cells[index] ?? '', rules) || [] : []));
  const [front = ''] = all('front');
  const [back = ''] = all('back');
  const common = {
    line,
    wrong: wrongAnswers(all('wrong'), rules),
    tags: rules.roles.flatMap((role, index) => (role === 'tags' ? tagsOf(cells[index] ?? '', index, rules) : [])),
    date: all('date')[0] ?? '',
    source: all('source').join(', '),
  };
  const extra = all('extra');
  const cloze = clozeCards(front);
  if (cloze.length > 0)
    return cloze.map((card) => ({ ...common, ...card, extra: [back, ...extra].filter(Boolean).join('\n') }));
  return [{ ...common, front, back: withoutCloze(back), extra: extra.join('\n') }];
}

function wrongAnswers(texts: readonly string[], { wrongSeparator }: CardRules): readonly string[] {
  if (wrongSeparator === undefined) return texts;
  return texts.flatMap((text) =>
    text
      .split(wrongSeparator)
      .map((one) => one.trim())
      .filter(Boolean),
  );
}

/** Tags that Anki itself sets. */
const ankiTags = new Set(['leech', 'marked']);

function tagsOf(cell: string, index: number, rules: CardRules): readonly string[] {
  const text = shownText(cell, rules);
  if (!rules.splitsTags[index]) return text === '' ? [] : [text];
  return text.split(/[\s,;|]+/).filter((tag) => tag !== '' && !(rules.isAnki && ankiTags.has(tag)));
}

type Problem = Omit<LeftOut, 'line'>;

function problemOf(
  { front, back }: TableCard,
  cells: readonly string[],
  { roles, isHtml, isAnki, isMarkdown }: CardRules,
): Problem | undefined {
  const cell = (role: ColumnRole) => cells[roles.indexOf(role)] ?? '';
  for (const [role, text, most] of [['front', front, maxFront] as const, ['back', back, maxBack] as const]) {
    if (text === '' && (isHtml || isAnki || isMarkdown) && cleanCell(cell(role)) !== '')
      return {
        reason: `the ${role} is only a picture or a sound, which is not in the file`,
        instead: 'write a text there',
      };
    if (text === '')
      return { reason: `the ${role} is empty`, instead: `write the ${role} of the card, or delete the row` };
    if (text.length > most)
      return {
        reason: `the ${role} has ${text.length.toLocaleString('en')} characters`,
        instead: `shorten it to ${most.toLocaleString('en')}, or make several cards of it`,
      };
  }
  if (!/[\p{L}\p{N}\p{S}]/u.test(front + back))
    return { reason: 'front and back are only signs', instead: 'write the card, or delete the row' };
  return undefined;
}

/** Refuses a card whose front and back are the same as those of an earlier card. */
function repeated({ line, front, back }: TableCard, lineOf: Map<string, number>): Problem | undefined {
  const key = `${comparedText(front)}\0${comparedText(back)}`;
  const before = lineOf.get(key);
  if (before === undefined) lineOf.set(key, line);
  return before === undefined
    ? undefined
    : { reason: `it is the same card as line ${before}`, instead: 'delete the row, or change its front or back' };
}

/**
 * The separator between wrong answers in the cells of a column. "|", ";" and line ends must occur in more than 20 % of
 * the cells. " / " and commas must occur in more than 60 %, because a single answer can contain them.
 */
export function wrongSeparatorIn(texts: readonly string[]): string | undefined {
  const filled = texts.filter((text) => text.trim() !== '');
  const share = (sign: string) => filled.filter((text) => text.includes(sign)).length / Math.max(1, filled.length);
  const found = ['|', ';', '\n'].find((sign) => share(sign) > 0.2);
  if (found !== undefined) return found;
  return [' / ', ','].find((sign) => share(sign) > 0.6);
}
