/** Lines of the card of an entry that other cards about the entry also use, such as the card that "More" opens. */
import type { Facts } from '../../core/pack/facts.ts';
import { type Entry, isFromRecord, type Note } from '../../core/pack/pack.ts';
import { escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import { cardWords } from '../words/card-words.ts';
import { kindLabels, paragraphList } from '../words/labels.ts';

/**
 * The title, and below it the kind of entry and who states it. An event from the public record is called just "event",
 * because the label after the kind already says where the event comes from.
 */
export function headLines(entry: Entry, facts: Facts): string {
  const kind = kindLabels[entry.kind === 'record-event' ? 'event' : entry.kind];
  return `### ${escapeMarkdown(entry.title)}\n-# ${kind} · ${escapePart(facts.label(entry))}`;
}

export function sourceLine(entry: Entry, { pack }: Facts): string {
  if (isFromRecord(entry)) return `-# ${cardWords.notInArticle}`;
  if (entry.kind === 'card')
    return `-# Source: ${entry.source === undefined ? cardWords.noSourceGiven : escapePart(entry.source)}`;
  return `-# Source: “${escapePart(pack.source.title)}”, ${paragraphList(entry.paragraphs)}`;
}

/** A note with its label. `shown` is the part of the note that is shown. */
export const noteLine = ({ corrects }: Note, shown: string, remark = ''): string =>
  `**${corrects ? cardWords.correction : cardWords.note}**${remark}: ${escapePart(shown)}`;

/**
 * The note that the server has added to an entry. It has its own label, because the note comes neither from the article
 * nor from the editor.
 */
export function serverNote({ id }: Entry, { noteOn }: Facts): readonly string[] {
  const note = noteOn?.(id);
  return note === undefined ? [] : [`**${cardWords.serverNote}**: ${escapePart(note)}`];
}
