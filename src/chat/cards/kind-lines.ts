/**
 * Lines that only the cards of one kind of entry have. For example, the card of a person says what role this person
 * had. The first line is the most important one.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { Entry } from '../../core/pack/pack.ts';
import { escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import { formatDate } from './format-dates.ts';

export function kindLines(entry: Entry, facts: Facts): readonly string[] {
  switch (entry.kind) {
    case 'person':
      return [`**Role at the time**: ${escapePart(entry.role)}`];
    case 'figure':
      return [
        `**${escapePart(entry.of)}**: ${entry.approximate ? 'about ' : ''}${entry.value.toLocaleString('en')} ${escapePart(entry.unit)}`,
      ];
    case 'agreement':
      return [
        ...(entry.parties.length > 0 ? [`**Between**: ${escapePart(entry.parties.map(facts.nameOf).join(', '))}`] : []),
        `**Status when the article was written**: ${escapePart(entry.state)}`,
      ];
    case 'record-event':
      return [`**Date**: ${escapeMarkdown(formatDate(entry.date))}`];
    case 'dispute':
      return [`**What it is about**: ${escapePart(entry.about)}`];
    default:
      return [];
  }
}
