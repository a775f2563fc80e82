/**
 * Texts about the sides of a dispute. The positions in the article come first, and the positions in the public record
 * follow. If no position of a side is known, the text says so. The card in the channel has as many positions as fit.
 * The card that opens with the button "More" has all positions.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { EntryOf, Position } from '../../core/pack/pack.ts';
import { type Side, sidesOf } from '../../core/pack/sides.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { separator, type Separator, type TextDisplay, textDisplay } from '../message/message-components.ts';
import { visibleLength } from '../message/message-length.ts';
import { cardWords } from '../words/card-words.ts';
import { paragraphList } from '../words/labels.ts';
import { shortStatementLine, statementLine } from './record-texts.ts';
import { firstSentences } from './short-texts.ts';

/**
 * All sides of a dispute. If `only` is the id of a party, the result has only the side of this party, without its name.
 */
export function sideTexts(dispute: EntryOf<'dispute'>, facts: Facts, only?: string): (TextDisplay | Separator)[] {
  const sides = sidesOf(dispute).filter(({ party }) => only === undefined || party === only);
  const inRecord = sides.filter(
    ({ positions, recordPositions }) => recordPositions.length > 0 || positions.length === 0,
  );
  const sideText = ({ party }: Side, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [textDisplay([...(only === undefined ? [partyName(party, facts)] : []), ...lines].join('\n'))];
  // The sides without a position share one line.
  const missing = (words: (names: readonly string[]) => string, ofOne: string, silent: readonly Side[]) =>
    only === undefined ? noteOf(words, silent, facts) : silent.map(() => textDisplay(ofOne));
  const named = sides.filter((side) => side.inArticle);
  const inArticle = [
    ...named.flatMap((side) =>
      sideText(
        side,
        side.positions.map((one) => positionLine(one, facts)),
      ),
    ),
    ...missing(
      cardWords.noPositionOf,
      cardWords.noPosition,
      named.filter(({ positions }) => positions.length === 0),
    ),
  ];
  return [
    separator(),
    ...inArticle,
    ...(inArticle.length > 0 ? [separator()] : []),
    textDisplay(`**${cardWords.fromRecord}**`),
    ...inRecord.flatMap((side) => sideText(side, side.recordPositions.map(statementLine))),
    ...missing(
      cardWords.nothingFoundOf,
      cardWords.nothingFound,
      inRecord.filter(({ recordPositions }) => recordPositions.length === 0),
    ),
    ...(inRecord.length > 0 ? [] : [textDisplay(cardWords.nothingFound)]),
  ];
}

/** A line of a list: who states the position, the paragraph, and then the position. */
function positionLine(one: Position, facts: Facts, isShort = false): string {
  const label = facts.label(one);
  const position = isShort ? firstSentences(one.position, 0) : one.position;
  const said = `${label.charAt(0).toUpperCase()}${label.slice(1)}, ${paragraphList(one.paragraphs)}`;
  return `- ${escapeMarkdown(said)}: ${escapeMarkdown(position)}`;
}

const partyName = (party: string, facts: Facts): string => `**${escapeMarkdown(facts.nameOf(party))}**`;

/** The text of one position. It is shown if there is enough space on the card. */
interface Line {
  readonly side: number;
  readonly from: 'article' | 'record';
  readonly text: string;
  /** Whether the text has the whole position. If not, it has only the first sentence. */
  readonly isWhole: boolean;
}

/**
 * The positions of each side for the card of a dispute. Positions from the article come first, and positions from the
 * public record follow under a heading of their own. The last line names the sides with positions that are shortened or
 * left out.
 * @param most maximum number of visible characters
 */
export function sidesOnCard(dispute: EntryOf<'dispute'>, facts: Facts, most: number): (Separator | TextDisplay)[] {
  const sides = sidesOf(dispute);
  const lines = shownLines(sides, facts, most - namesLength(sides, facts));
  const textsFrom = (from: Line['from']) =>
    sides.flatMap(({ party }, index) => {
      const texts = lines.filter((line) => line.side === index && line.from === from).map(({ text }) => text);
      return texts.length === 0 ? [] : [textDisplay([partyName(party, facts), ...texts].join('\n'))];
    });
  const isComplete = ({ positions, recordPositions }: Side, index: number) => {
    const ofSide = lines.filter(({ side }) => side === index);
    return ofSide.length === positions.length + recordPositions.length && ofSide.every(({ isWhole }) => isWhole);
  };
  const inArticle = textsFrom('article');
  const inRecord = textsFrom('record');
  const shortened = sides.filter((side, index) => !isComplete(side, index));
  return [
    // Without positions in the article, the line about this follows the summary.
    ...(inArticle.length > 0 ? [separator(), ...inArticle] : []),
    ...noteOf(
      cardWords.noPositionOf,
      sides.filter(({ inArticle, positions }) => inArticle && positions.length === 0),
      facts,
    ),
    ...(inRecord.length > 0 ? [separator(), textDisplay(`**${cardWords.fromRecord}**`), ...inRecord] : []),
    ...noteOf(
      cardWords.nothingFoundOf,
      sides.filter(({ recordPositions }) => recordPositions.length === 0),
      facts,
    ),
    ...noteOf(
      (names) => (names.length === sides.length ? cardWords.moreOfAll : cardWords.moreOf(names)),
      shortened,
      facts,
    ),
  ];
}

const noteOf = (words: (sides: readonly string[]) => string, sides: readonly Side[], facts: Facts): TextDisplay[] =>
  sides.length === 0 ? [] : [textDisplay(`-# ${words(sides.map(({ party }) => facts.nameOf(party)))}`)];

/**
 * The approximate number of characters in the names of the sides, the heading and the notes. The rest of the card is
 * available for positions.
 */
const namesLength = (sides: readonly Side[], facts: Facts): number =>
  cardWords.fromRecord.length + sides.reduce((sum, { party }) => sum + 3 * facts.nameOf(party).length, 80);

/**
 * The positions that fit into the card. The function adds each position that still fits, in this order: the first
 * position of each side; for each side whose first position did not fit, another position that fits; the first position
 * of each side in the public record; all other positions.
 */
function shownLines(sides: readonly Side[], facts: Facts, most: number): readonly Line[] {
  const lines = sides.flatMap(({ positions, recordPositions }, side): Line[] => [
    ...positions.map((one) => ({
      side,
      from: 'article' as const,
      text: positionLine(one, facts, true),
      isWhole: firstSentences(one.position, 0) === one.position,
    })),
    ...recordPositions.map((one) => ({
      side,
      from: 'record' as const,
      text: shortStatementLine(one),
      isWhole: one.caveat !== undefined || firstSentences(one.text, 0) === one.text,
    })),
  ]);
  const isFirst = (line: Line, isSame: (other: Line) => boolean) => lines.find(isSame) === line;
  const firsts = lines.filter((line) => isFirst(line, ({ side }) => side === line.side));
  const firstsOfRecord = lines.filter((line) =>
    isFirst(line, ({ side, from }) => side === line.side && from === line.from),
  );
  const shown = new Set<Line>();
  let length = 0;
  const add = (line: Line) => {
    const longer = length + visibleLength(line.text);
    if (shown.has(line) || longer > most) return;
    shown.add(line);
    length = longer;
  };
  const isSilent = (side: number) => ![...shown].some((line) => line.side === side);
  firsts.forEach(add);
  for (const line of lines) if (isSilent(line.side)) add(line);
  [...firstsOfRecord, ...lines].forEach(add);
  return lines.filter((line) => shown.has(line));
}
