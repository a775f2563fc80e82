import { entryCard } from '../src/chat/cards/entry-card.ts';
import { moreCard, sourcesCard } from '../src/chat/cards/more-card.ts';
import { lookUpEntry } from '../src/chat/cards/look-up.ts';
import { suggestEntries } from '../src/chat/cards/suggestions.ts';
import type { CommandContext, InteractionResponse, UsedPack } from '../src/chat/command-context.ts';
import { command, optionalBoolean, optionalString } from '../src/chat/command.ts';
import { identifier, index, orEmpty, packId } from '../src/chat/component-parts.ts';
import { component, parts } from '../src/chat/component.ts';
import type { Message } from '../src/chat/message/message-components.ts';
import { choiceOf } from '../src/chat/message/modal-fields.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { packPart, withItsPack } from '../src/chat/packs/pack-of-button.ts';
import { cardWords } from '../src/chat/words/card-words.ts';
import type { Entry } from '../src/core/pack/pack.ts';

const prefer = ['claim', 'figure', 'agreement', 'person', 'organisation', 'place', 'term'] as const;

export default command({
  name: 'fact',
  description: 'Search everything; left empty, it shows an entry that it has not shown you yet',
  options: {
    about: optionalString('A claim, a figure, a person, a place …', { autocomplete: suggestEntries(prefer) }),
    private: optionalBoolean('Show the answer only to me'),
  },
  async run({ about, private: isPrivate }, context) {
    const query = about ?? (await context.drawUnseen(context.who.id, context.seed));
    return lookUpEntry({ query: query ?? '', prefer, isPrivate }, context);
  },
  components: {
    open: component(parts([packPart.optional()]), ([pack], context, fields) => card(choiceOf(fields), pack, context)),
    // In the custom_id, the part after the id of the entry is empty. In messages of earlier versions of the bot, this
    // part is a number that makes the custom_ids in a message unique, as Discord requires.
    show: component(parts([packId, orEmpty(index).optional(), packPart.optional()]), ([id, , pack], context) =>
      card(id, pack, context),
    ),
    more: component(parts([packId, packPart.optional()]), ([id, pack], context) =>
      ephemeralCard(id, pack, context, (entry, { facts }) => moreCard(entry, facts, { canReport: canReport(context) })),
    ),
    sources: component(parts([packId, packPart.optional()]), ([id, pack], context) =>
      ephemeralCard(id, pack, context, (entry, { facts }) =>
        sourcesCard(entry, facts, { canReport: canReport(context) }),
      ),
    ),
    remove: component(parts([identifier]), ([owner], { who }) =>
      owner === who.id || who.moderator ? { remove: true } : ephemeralNotice(cardWords.notYours),
    ),
  },
});

/** Entries can be reported only in servers, because nobody would read a report from a private conversation. */
const canReport = ({ where }: CommandContext): boolean => where.guild !== undefined;

/**
 * Shows the card of an entry to the member who pressed its button. If the member is in a solo round, the card has no
 * button "Quiz me": the member is reading about a question of the round, and wants to go back to the round afterwards.
 */
const card = (id: string, pack: string | undefined, context: CommandContext): Promise<InteractionResponse> =>
  ephemeralCard(id, pack, context, (entry, { facts, hasQuestions }) => {
    const { rounds, who, where } = context;
    const canAsk = hasQuestions(id) && rounds.soloOf(who.id, where.scope) === undefined;
    return entryCard(entry, facts, { canAsk, canReport: canReport(context) });
  });

/**
 * Shows a card to the member who pressed a button. `pack` is the code of the pack in the custom_id of the button (see
 * `pack-of-button.ts`). If the pack in use is a different one or no longer has the entry, shows a notice instead.
 */
const ephemeralCard = (
  id: string,
  pack: string | undefined,
  context: CommandContext,
  card: (entry: Entry, used: UsedPack) => Message,
): Promise<InteractionResponse> =>
  withItsPack(pack, context, (used) => {
    const entry = used.facts.entry(id);
    return entry ? { message: card(entry, used), ephemeral: true } : ephemeralNotice(cardWords.noSuchEntry);
  });
