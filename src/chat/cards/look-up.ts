/**
 * Looks up an entry. `/event`, `/dispute` and `/fact` all use this function. They differ only in the kinds of entries
 * that they prefer.
 */
import type { Kind } from '../../core/pack/pack.ts';
import { didYouMean, entryCard, nothingAbout } from './entry-card.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { cardWords } from '../words/card-words.ts';

/** The search uses only this much of a query. If a query is longer, the answer says that the rest was ignored. */
const searchLimits = { characters: 100, words: 12 } as const;

export async function lookUpEntry(
  query: string,
  prefer: readonly Kind[],
  ephemeral: boolean,
  context: CommandContext,
): Promise<MessageResponse> {
  if (query.trim() === '') return ephemeralNotice(cardWords.emptyQuery);
  const found = await context.facts.find(query, prefer);
  const answer = ((): MessageResponse => {
    switch (found.kind) {
      case 'one':
        return { message: entryCard(found.entry, context.facts, context.hasQuestions(found.entry.id)), ephemeral };
      case 'some':
        return { message: didYouMean(query, found.entries), ephemeral: true };
      case 'none':
        return { message: nothingAbout(query, found.nearest), ephemeral: true };
    }
  })();
  return isCut(query)
    ? { ...answer, message: message(textDisplay(`-# ${cardWords.queryCut}`), ...answer.message.components) }
    : answer;
}

function isCut(query: string): boolean {
  return query.length > searchLimits.characters || query.trim().split(/\s+/).length > searchLimits.words;
}
