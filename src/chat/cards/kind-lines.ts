/**
 * Lines that appear only on the cards of one kind of entry, such as the office of a person. The first line is the most
 * important one.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { Entry } from '../../core/pack/pack.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { formatDate } from './format-dates.ts';

export function kindLines(entry: Entry, facts: Facts): readonly string[] {
  switch (entry.kind) {
    case 'person':
      return [`**Role at the time**: ${escapeMarkdown(entry.role)}`];
    case 'figure':
      return [
        `**${escapeMarkdown(entry.of)}**: ${entry.approximate ? 'about ' : ''}${entry.value.toLocaleString('en')} ${escapeMarkdown(entry.unit)}`,
      ];
    case 'agreement':
      return [
        ...(entry.parties.length > 0
          ? [`**Between**: ${escapeMarkdown(entry.parties.map(facts.nameOf).join(', '))}`]
          : []),
        `**Status when the article was written**: ${escapeMarkdown(entry.state)}`,
      ];
    case 'record-event':
      return [`**Date**: ${escapeMarkdown(formatDate(entry.date))}`];
    case 'dispute':
      return [`**What it is about**: ${escapeMarkdown(entry.about)}`];
    default:
      return [];
  }
}
