/**
 * The sides of a dispute on its card: what each holds by the article, with labels, then what each said by the public
 * record. Where neither has a position of a side, the card says so.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { EntryOf } from '../../core/pack/pack.ts';
import { type Side, sidesOf } from '../../core/pack/sides.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { separator, type TextDisplay, textDisplay, type Separator } from '../message/message-components.ts';
import { cardWords } from '../words/card-words.ts';
import { paragraphList } from '../words/labels.ts';
import { statementText } from './record-texts.ts';

/** `only`: the party of the one side to show; by default all sides. */
export function sideTexts(dispute: EntryOf<'dispute'>, facts: Facts, only?: string): (TextDisplay | Separator)[] {
  const sides = sidesOf(dispute).filter(({ party }) => only === undefined || party === only);
  const inRecord = sides.filter(
    ({ positions, recordPositions }) => recordPositions.length > 0 || positions.length === 0,
  );
  return [
    separator(),
    ...sides.filter(({ inArticle }) => inArticle).map((side) => textDisplay(articleSide(side, facts))),
    separator(),
    textDisplay(`**${cardWords.fromRecord}**`),
    ...(inRecord.length > 0
      ? inRecord.map((side) => textDisplay(recordSide(side, facts)))
      : [textDisplay(cardWords.nothingFound)]),
  ];
}

function articleSide({ party, positions }: Side, facts: Facts): string {
  const lines = positions.map(
    (one) =>
      `${escapeMarkdown(one.position)}\n-# ${escapeMarkdown(facts.label(one))}, ${paragraphList(one.paragraphs)}`,
  );
  return [partyName(party, facts), ...(lines.length > 0 ? lines : [cardWords.noPosition])].join('\n');
}

function recordSide({ party, recordPositions }: Side, facts: Facts): string {
  const lines = recordPositions.map(statementText);
  return [partyName(party, facts), ...(lines.length > 0 ? lines : [cardWords.nothingFound])].join('\n');
}

const partyName = (party: string, facts: Facts): string => `**${escapeMarkdown(facts.nameOf(party))}**`;
