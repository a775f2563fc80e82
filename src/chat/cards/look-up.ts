/** One question to the fact base, as `/event`, `/dispute` and `/fact` ask it. They differ only in the kinds they prefer. */
import type { Kind } from '../../core/pack/pack.ts';
import { didYouMean, entryCard, nothingAbout } from './entry-card.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { notice } from '../message/notice.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { cardWords } from '../words/card-words.ts';

/** What is searched of a query; the rest of a longer one is left out and the answer says so. */
const searchLimits = { characters: 100, words: 12 } as const;

export async function lookUp(
  query: string,
  prefer: readonly Kind[],
  ephemeral: boolean,
  context: CommandContext,
): Promise<MessageResponse> {
  if (query.trim() === '') return { message: notice(cardWords.emptyQuery), ephemeral: true };
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
