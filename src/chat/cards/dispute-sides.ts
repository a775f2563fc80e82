/**
 * Texts about the sides of a dispute. The positions in the article come first, and the positions in the public record
 * follow. If no position of a side is known, the text says so. The card in the channel has sections with as many
 * positions as fit. The card that the More button opens has all positions.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { EntryOf, Position } from '../../core/pack/pack.ts';
import { type Side, sidesOf } from '../../core/pack/sides.ts';
import { customId } from '../command.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import {
  button,
  type Section,
  section,
  separator,
  type Separator,
  type TextDisplay,
  textDisplay,
} from '../message/message-components.ts';
import { visibleLength } from '../message/message-length.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { cardWords } from '../words/card-words.ts';
import { paragraphList } from '../words/labels.ts';
import { shortStatementText, statementText } from './record-texts.ts';
import { firstSentences } from './short-texts.ts';

/** All sides of a dispute. If `only` is set, only the side of this party. */
export function sideTexts(dispute: EntryOf<'dispute'>, facts: Facts, only?: string): (TextDisplay | Separator)[] {
  const sides = sidesOf(dispute).filter(({ party }) => only === undefined || party === only);
  const inRecord = sides.filter(
    ({ positions, recordPositions }) => recordPositions.length > 0 || positions.length === 0,
  );
  const inArticle = sides.filter((side) => side.inArticle).map((side) => textDisplay(articleSide(side, facts)));
  return [
    separator(),
    ...inArticle,
    ...(inArticle.length > 0 ? [separator()] : []),
    textDisplay(`**${cardWords.fromRecord}**`),
    ...(inRecord.length > 0
      ? inRecord.map((side) => textDisplay(recordSide(side, facts)))
      : [textDisplay(cardWords.nothingFound)]),
  ];
}

function articleSide({ party, positions }: Side, facts: Facts): string {
  const lines = positions.map((one) => positionText(one, facts));
  return [partyName(party, facts), ...(lines.length > 0 ? lines : [cardWords.noPosition])].join('\n');
}

function recordSide({ party, recordPositions }: Side, facts: Facts): string {
  const lines = recordPositions.map(statementText);
  return [partyName(party, facts), ...(lines.length > 0 ? lines : [cardWords.nothingFound])].join('\n');
}

const positionText = (one: Position, facts: Facts, isShort = false): string =>
  `${escapeMarkdown(isShort ? firstSentences(one.position, 0) : one.position)}\n-# ${escapeMarkdown(facts.label(one))}, ${paragraphList(one.paragraphs)}`;

const partyName = (party: string, facts: Facts): string => `**${escapeMarkdown(facts.nameOf(party))}**`;

/** A position that can be shown in a section of the card. */
interface Line {
  readonly side: number;
  readonly from: 'article' | 'record';
  readonly text: string;
  /** Whether the text has the whole position, and not only its first sentence. */
  readonly isWhole: boolean;
}

/**
 * Sections with the positions of each side. Sections with positions from the article come first, and sections with
 * positions from the public record follow. If some positions of a side are shortened or left out, its first section has
 * a button that shows all of them.
 * @param most maximum number of visible characters in all sections together
 */
export function disputeSections(
  dispute: EntryOf<'dispute'>,
  facts: Facts,
  most: number,
): (Section | Separator | TextDisplay)[] {
  const sides = sidesOf(dispute);
  const lines = shownLines(sides, facts, most - namesLength(sides, facts));
  const sections = (from: Line['from']) =>
    sides.flatMap((side, index): (Section | TextDisplay)[] => {
      const ofSide = lines.filter((line) => line.side === index);
      const texts = ofSide.filter((line) => line.from === from).map(({ text }) => text);
      if (texts.length === 0) return [];
      const text = [partyName(side.party, facts), ...texts].join('\n');
      const isComplete =
        ofSide.length === side.positions.length + side.recordPositions.length && ofSide.every(({ isWhole }) => isWhole);
      // A side has one button, in its first section.
      if (isComplete || ofSide[0]?.from !== from) return [textDisplay(text)];
      return [
        section(
          text,
          button(cardWords.allOfSide, customId('fact', 'side', dispute.id, index, from, ...inPack(facts.pack.id))),
        ),
      ];
    });
  const inRecord = sections('record');
  const hidden = sides.filter(
    ({ positions, recordPositions }, index) =>
      positions.length + recordPositions.length > 0 && !lines.some(({ side }) => side === index),
  );
  const hiddenInRecord = sides.filter(
    (side, index) =>
      !hidden.includes(side) &&
      side.recordPositions.length > 0 &&
      !lines.some((line) => line.side === index && line.from === 'record'),
  );
  const inArticle = sections('article');
  // Without sections from the article, no line is needed here, because the card already has a line above all sections.
  const line = inArticle.length > 0 ? [separator()] : [];
  return [
    ...inArticle,
    ...(inRecord.length > 0 ? [...line, textDisplay(`**${cardWords.fromRecord}**`), ...inRecord] : []),
    ...noteOf(
      cardWords.noPositionOf,
      sides.filter(({ inArticle, positions }) => inArticle && positions.length === 0),
      facts,
    ),
    ...noteOf(
      cardWords.nothingFoundOf,
      sides.filter(({ recordPositions }) => recordPositions.length === 0),
      facts,
    ),
    ...noteOf(cardWords.alsoSides, hidden, facts),
    ...noteOf(cardWords.alsoRecord, hiddenInRecord, facts),
  ];
}

const noteOf = (words: (sides: readonly string[]) => string, sides: readonly Side[], facts: Facts): TextDisplay[] =>
  sides.length === 0 ? [] : [textDisplay(`-# ${words(sides.map(({ party }) => facts.nameOf(party)))}`)];

/** The approximate number of characters in the names of the sides, the heading and the notes below the sections. */
const namesLength = (sides: readonly Side[], facts: Facts): number =>
  cardWords.fromRecord.length + sides.reduce((sum, { party }) => sum + 3 * facts.nameOf(party).length, 80);

/**
 * The positions that fit into the card, chosen in this order: first, the first position of each side; second, another
 * position for each side whose first position is too long; third, the first position of each side in the public record;
 * last, all other positions.
 */
function shownLines(sides: readonly Side[], facts: Facts, most: number): readonly Line[] {
  const lines = sides.flatMap(({ positions, recordPositions }, side): Line[] => [
    ...positions.map((one) => ({
      side,
      from: 'article' as const,
      text: positionText(one, facts, true),
      isWhole: firstSentences(one.position, 0) === one.position,
    })),
    ...recordPositions.map((one) => ({
      side,
      from: 'record' as const,
      text: shortStatementText(one),
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
