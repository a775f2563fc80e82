/**
 * The look-up of an entry. `/event`, `/dispute` and `/fact` use it and differ only in the kinds of entries that they
 * prefer.
 */
import { idPrefix } from '../../core/pack/facts.ts';
import type { Entry, Kind } from '../../core/pack/pack.ts';
import { partyNamed, sideNames } from './side-option.ts';
import { entryCard } from './entry-card.ts';
import { sideCard } from './more-card.ts';
import { didYouMean, entriesOfPeriod, nothingAbout } from './offered-entries.ts';
import type { CommandContext, MessageResponse, UsedPack } from '../command-context.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { cardWords } from '../words/card-words.ts';

/**
 * The search uses at most this many characters and words of a query. If a query is longer, the answer says that the
 * rest was ignored.
 */
const searchLimits = { characters: 100, words: 12 } as const;

interface LookUp {
  readonly query: string;
  readonly prefer: readonly Kind[];
  /**
   * The value of the option `private`: whether only the member sees the answer. Undefined if the option was not used.
   * In this case the setting of the member decides.
   */
  readonly isPrivate: boolean | undefined;
  /** The side of a dispute to show, as the member typed it in the option `side`. */
  readonly side?: string | undefined;
}

export async function lookUpEntry(
  { query, prefer, isPrivate, side }: LookUp,
  context: CommandContext,
): Promise<MessageResponse> {
  if (query.trim() === '') return ephemeralNotice(cardWords.emptyQuery);
  const ephemeral = await isPrivateLookUp(isPrivate, context);
  const used = await context.pack();
  const { id: pack } = used.facts.pack;
  const found = await used.facts.find(query, prefer);
  const answer = ((): MessageResponse => {
    switch (found.kind) {
      case 'one':
        return side === undefined
          ? {
              message: entryCard(found.entry, used.facts, cardOptions(found.entry, ephemeral, used, context)),
              ephemeral,
            }
          : oneSide(found.entry, side, ephemeral, used, context);
      case 'some':
        return { message: didYouMean(query, found.entries, pack), ephemeral: true };
      case 'period':
        return { message: entriesOfPeriod(query, found.entries, pack), ephemeral: true };
      case 'none':
        // If the member chose a suggestion, the query is an id that the member has not seen. Therefore the answer must
        // not contain the query.
        return query.startsWith(idPrefix)
          ? ephemeralNotice(cardWords.notShownNow)
          : { message: nothingAbout(query, found.related, pack), ephemeral: true };
    }
  })();
  return isCut(query)
    ? { ...answer, message: message(textDisplay(`-# ${cardWords.queryCut}`), ...answer.message.components) }
    : answer;
}

/**
 * Whether only the member sees the answer to a look-up. `typed` is the value of the option `private`. If the option was
 * not used, the setting of the member decides.
 */
export const isPrivateLookUp = async (
  typed: boolean | undefined,
  { who, settings }: Pick<CommandContext, 'who' | 'settings'>,
): Promise<boolean> => typed ?? (await settings.member(who.id)).privateLookUps;

/** The card of a dispute with only one of its sides. */
function oneSide(
  entry: Entry,
  typed: string,
  ephemeral: boolean,
  used: UsedPack,
  context: CommandContext,
): MessageResponse {
  const { facts } = used;
  if (entry.kind !== 'dispute') return ephemeralNotice(cardWords.noSides(entry.title));
  const side = partyNamed(typed, entry, facts);
  if (side === undefined) return ephemeralNotice(cardWords.noSuchSide(typed, sideNames(entry, facts)));
  return { message: sideCard(entry, side, facts, cardOptions(entry, ephemeral, used, context)), ephemeral };
}

/** In private conversations no card has the button "Remove for all", because nobody else sees the card. */
const cardOptions = ({ id }: Entry, ephemeral: boolean, used: UsedPack, { where, who }: CommandContext) => ({
  canAsk: used.hasQuestions(id),
  canReport: where.guild !== undefined,
  ...(!ephemeral && where.guild !== undefined && { owner: who.id }),
});

function isCut(query: string): boolean {
  return query.length > searchLimits.characters || query.trim().split(/\s+/).length > searchLimits.words;
}
