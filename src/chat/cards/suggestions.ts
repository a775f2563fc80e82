/** Autocomplete choices for entries and topics. Also finds the topic whose id or title a member typed. */
import { idPrefix } from '../../core/pack/facts.ts';
import type { Kind } from '../../core/pack/pack.ts';
import { shortDateSuffix } from './format-dates.ts';
import type { MessageResponse, Services } from '../command-context.ts';
import type { OptionChoice } from '../command.ts';
import { limits } from '../limits.ts';
import { cleanInline } from '../message/escape-markdown.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { cardWords } from '../words/card-words.ts';
import { kindLabels } from '../words/labels.ts';

/** Suggests entries. The value of each choice is `idPrefix` followed by the id of the entry. */
export function suggestEntries(prefer: readonly Kind[]) {
  return async (typed: string, { pack }: Services): Promise<readonly OptionChoice[]> => {
    const { facts } = await pack();
    const entries = await facts.suggest(typed, prefer);
    return entries.map((entry) => ({
      name: cleanInline(
        `${entry.title} · ${kindLabels[entry.kind].toLowerCase()}${shortDateSuffix(entry)}`,
        limits.choiceName,
      ),
      value: idPrefix + entry.id,
    }));
  };
}

/** Suggests topics of the pack. */
export async function suggestTopics(typed: string, { pack }: Services): Promise<readonly OptionChoice[]> {
  const { facts } = await pack();
  const wanted = typed.trim().toLowerCase();
  return facts.pack.topics
    .filter(({ id, title }) => id.includes(wanted) || title.toLowerCase().includes(wanted))
    .map(({ id, title }) => ({ name: cleanInline(title, limits.choiceName), value: id }));
}

/**
 * Finds a topic by its id or by its title. The case of letters in a title does not matter. Undefined if there is no
 * such topic.
 */
export async function topicNamed(typed: string, { pack }: Services) {
  const { facts } = await pack();
  const wanted = typed.trim().toLowerCase();
  return facts.pack.topics.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted);
}

/** The response to a topic that the pack does not have. Names the topics of the pack. */
export async function noSuchTopic(typed: string, { pack }: Services): Promise<MessageResponse> {
  const { facts } = await pack();
  return ephemeralNotice(
    cardWords.noSuchTopic(
      typed,
      facts.pack.topics.map(({ title }) => title),
    ),
  );
}
