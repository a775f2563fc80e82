/** Autocomplete for entries and topics, and the topic that a typed name means. */
import { idPrefix } from '../../core/pack/facts.ts';
import type { Kind } from '../../core/pack/pack.ts';
import { dateSuffix } from './format-dates.ts';
import type { OptionChoice } from '../command.ts';
import { limits } from '../limits.ts';
import { shorten } from '../message/escape-markdown.ts';
import type { Services } from '../command-context.ts';
import { kindLabels } from '../words/labels.ts';

/** Autocomplete over entries: the name says what it is, the value is the entry's id, marked as one. */
export function suggestEntries(prefer: readonly Kind[]) {
  return async (typed: string, { facts }: Services): Promise<readonly OptionChoice[]> => {
    const entries = await facts.suggest(typed, prefer);
    return entries.map((entry) => ({
      name: shorten(`${entry.title} · ${kindLabels[entry.kind].toLowerCase()}${dateSuffix(entry)}`, limits.choiceName),
      value: idPrefix + entry.id,
    }));
  };
}

/** Autocomplete over the pack's topics. */
export async function suggestTopics(typed: string, { facts }: Services): Promise<readonly OptionChoice[]> {
  const wanted = typed.trim().toLowerCase();
  return facts.pack.topics
    .filter(({ id, title }) => id.includes(wanted) || title.toLowerCase().includes(wanted))
    .map(({ id, title }) => ({ name: title, value: id }));
}

/** The topic a member named by id or title; undefined when there is none such. */
export function topicNamed(typed: string, { facts }: Services) {
  const wanted = typed.trim().toLowerCase();
  return facts.pack.topics.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted);
}
