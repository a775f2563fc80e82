/** One question to the fact base, as `/event`, `/dispute` and `/fact` ask it. They differ only in the kinds they prefer. */
import type { Kind } from '../../core/pack/pack.ts';
import { idMark } from '../../core/pack/facts.ts';
import { didYouMean, entryCard, nothingAbout, notice } from './entry-card.ts';
import { dateBehind } from './format-dates.ts';
import type { Choice } from '../command.ts';
import { limits } from '../limits.ts';
import { shorten } from '../message/escape-markdown.ts';
import { message, text } from '../message/message-components.ts';
import type { CommandContext, MessageResponse, Services } from '../services.ts';
import { kindInWords, words } from '../words.ts';

/** What is searched of a query; the rest of a longer one is left out and the answer says so. */
const searched = { characters: 100, words: 12 } as const;

export async function lookUp(
  query: string,
  prefer: readonly Kind[],
  ephemeral: boolean,
  context: CommandContext,
): Promise<MessageResponse> {
  if (query.trim() === '') return { message: notice(words.emptyQuery), ephemeral: true };
  const found = await context.facts.find(query, prefer);
  const answer = ((): MessageResponse => {
    switch (found.kind) {
      case 'one':
        return { message: entryCard(found.entry, context.facts, context.canAsk(found.entry.id)), ephemeral };
      case 'some':
        return { message: didYouMean(query, found.entries), ephemeral: true };
      case 'none':
        return { message: nothingAbout(query, found.nearest), ephemeral: true };
    }
  })();
  return isCut(query)
    ? { ...answer, message: message(text(`-# ${words.queryCut}`), ...answer.message.components) }
    : answer;
}

/** Autocomplete over entries: the name says what it is, the value is the entry's id, marked as one. */
export function suggestEntries(prefer: readonly Kind[]) {
  return async (typed: string, { facts }: Services): Promise<readonly Choice[]> => {
    const entries = await facts.suggest(typed, prefer);
    return entries.map((entry) => ({
      name: shorten(`${entry.title} · ${kindInWords[entry.kind].toLowerCase()}${dateBehind(entry)}`, limits.choiceName),
      value: idMark + entry.id,
    }));
  };
}

/** Autocomplete over the pack's topics. */
export async function suggestTopics(typed: string, { facts }: Services): Promise<readonly Choice[]> {
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

function isCut(query: string): boolean {
  return query.length > searched.characters || query.trim().split(/\s+/).length > searched.words;
}
