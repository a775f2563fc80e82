/**
 * Texts about the sides of a dispute. The positions in the article come first, and the positions in the public record
 * follow. If no position of a side is known, the text says so. The card in the channel has as many positions as fit.
 * The card that the button "More" opens has the other positions.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { EntryOf, Position } from '../../core/pack/pack.ts';
import { type Side, sidesOf } from '../../core/pack/sides.ts';
import { escapePart } from '../message/escape-markdown.ts';
import { separator, type Separator, type TextDisplay, textDisplay } from '../message/message-components.ts';
import { visibleLength } from '../message/message-length.ts';
import { cardWords } from '../words/card-words.ts';
import { paragraphList } from '../words/labels.ts';
import { shortStatementLine, shortStatementText, statementLine } from './record-texts.ts';
import { firstSentences } from './short-texts.ts';

/** All positions of the side `party` of a dispute, first those from the article, then those from the public record. */
export function sideTexts(dispute: EntryOf<'dispute'>, party: string, facts: Facts): (TextDisplay | Separator)[] {
  const sides = sidesOf(dispute).filter((side) => side.party === party);
  return sides.flatMap(({ inArticle, positions, recordPositions }) => {
    const ofArticle = positions.length > 0 ? positions.map((one) => positionLine(one, facts)) : [cardWords.noPosition];
    const ofRecord = recordPositions.length > 0 ? recordPositions.map(statementLine) : [cardWords.nothingFound];
    return [
      separator(),
      ...(inArticle ? [textDisplay(ofArticle.join('\n')), separator()] : []),
      textDisplay(`**${cardWords.fromRecord}**`),
      textDisplay(ofRecord.join('\n')),
    ];
  });
}

/**
 * The positions that the card of a dispute shortens or leaves out. The button "More" shows them on a second card. There
 * each of them is shown in full, because the rest of a shortened position would begin in the middle of a thought.
 * @param most maximum number of visible characters of the texts that {@link sidesOnCard} returns
 */
export function sidesLeftOut(dispute: EntryOf<'dispute'>, facts: Facts, most: number): (Separator | TextDisplay)[] {
  const sides = sidesOf(dispute);
  const lines = linesOf(sides, facts);
  const shown = new Set(shownLines(lines, most - namesLength(sides, facts)));
  const textsFrom = (from: Line['from']) =>
    sides.flatMap(({ party }, index) => {
      const texts = lines.flatMap((line) => {
        const isComplete = shown.has(line) && !line.isShortened;
        return line.side !== index || line.from !== from || isComplete ? [] : [line.whole];
      });
      return texts.length === 0 ? [] : [textDisplay([partyName(party, facts), ...texts].join('\n'))];
    });
  const inArticle = textsFrom('article');
  const inRecord = textsFrom('record');
  return [
    ...(inArticle.length > 0 ? [separator(), ...inArticle] : []),
    ...(inRecord.length > 0 ? [separator(), textDisplay(`**${cardWords.fromRecord}**`), ...inRecord] : []),
  ];
}

/** A line of a list: who states the position, the paragraph numbers, and then the position or a part of it. */
function positionLine(one: Position, facts: Facts, position = one.position): string {
  const label = facts.label(one);
  const said = `${label.charAt(0).toUpperCase()}${label.slice(1)}, ${paragraphList(one.paragraphs)}`;
  return `- ${escapePart(said)}: ${escapePart(position)}`;
}

const partyName = (party: string, facts: Facts): string => `**${escapePart(facts.nameOf(party))}**`;

/** A line with one position. It is shown if there is enough space on the card. */
interface Line {
  readonly side: number;
  readonly from: 'article' | 'record';
  /** The line on the card of the dispute. It has only the first sentence of a position in the article. */
  readonly text: string;
  /** The line with the whole position. */
  readonly whole: string;
  /** Whether `text` leaves out a part of the position. */
  readonly isShortened: boolean;
}

/**
 * The positions of each side for the card of a dispute. Positions from the article come first, and positions from the
 * public record follow under a heading of their own. The last line lists each side that has a shortened or left-out
 * position.
 * @param most maximum number of visible characters
 */
export function sidesOnCard(dispute: EntryOf<'dispute'>, facts: Facts, most: number): (Separator | TextDisplay)[] {
  const sides = sidesOf(dispute);
  const lines = shownLines(linesOf(sides, facts), most - namesLength(sides, facts));
  const textsFrom = (from: Line['from']) =>
    sides.flatMap(({ party }, index) => {
      const texts = lines.filter((line) => line.side === index && line.from === from).map(({ text }) => text);
      return texts.length === 0 ? [] : [textDisplay([partyName(party, facts), ...texts].join('\n'))];
    });
  const isComplete = ({ positions, recordPositions }: Side, index: number) => {
    const ofSide = lines.filter(({ side }) => side === index);
    return (
      ofSide.length === positions.length + recordPositions.length && ofSide.every(({ isShortened }) => !isShortened)
    );
  };
  const inArticle = textsFrom('article');
  const inRecord = textsFrom('record');
  const shortened = sides.filter((side, index) => !isComplete(side, index));
  return [
    // If no side has a position in the article, there is no separator, and the note below directly follows the summary.
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
 * The positions that fit into the card. The function adds each position that still fits, in this order:
 *
 * 1. the first position of each side
 * 2. for each side without a position on the card so far, the first position that still fits
 * 3. for each side, the first of its positions from the public record
 * 4. all other positions
 */
function shownLines(lines: readonly Line[], most: number): readonly Line[] {
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

function linesOf(sides: readonly Side[], facts: Facts): readonly Line[] {
  return sides.flatMap(({ positions, recordPositions }, side): Line[] => [
    ...positions.map((one) => {
      const first = firstSentences(one.position, 0);
      return {
        side,
        from: 'article' as const,
        text: positionLine(one, facts, first),
        whole: positionLine(one, facts),
        isShortened: first !== one.position,
      };
    }),
    ...recordPositions.map((one) => ({
      side,
      from: 'record' as const,
      text: shortStatementLine(one),
      whole: statementLine(one),
      isShortened: shortStatementText(one, 0) !== one.text,
    })),
  ]);
}
