import { entryCard } from '../src/chat/cards/entry-card.ts';
import { moreCard, sourcesCard } from '../src/chat/cards/more-card.ts';
import { lookUpEntry } from '../src/chat/cards/look-up.ts';
import { suggestEntries } from '../src/chat/cards/suggestions.ts';
import type { CommandContext, InteractionResponse, UsedPack } from '../src/chat/command-context.ts';
import { command, optionalBoolean, optionalString } from '../src/chat/command.ts';
import { identifier, index, oneOf, packId } from '../src/chat/component-parts.ts';
import { component, parts } from '../src/chat/component.ts';
import type { Message } from '../src/chat/message/message-components.ts';
import { choiceOf } from '../src/chat/message/modal-fields.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { cardWords } from '../src/chat/words/card-words.ts';
import type { Entry } from '../src/core/pack/pack.ts';
import { sidesOf } from '../src/core/pack/sides.ts';

const prefer = ['claim', 'figure', 'agreement', 'person', 'organisation', 'place', 'term'] as const;

export default command({
  name: 'fact',
  description: 'Search everything, or leave it empty for something you have not seen',
  options: {
    about: optionalString('A claim, a figure, a person, a place …', { autocomplete: suggestEntries(prefer) }),
    private: optionalBoolean('Show the answer only to me'),
  },
  async run({ about, private: isPrivate }, context) {
    const query = about ?? (await context.drawUnseen(context.who.id, context.seed));
    return lookUpEntry({ query: query ?? '', prefer, isPrivate }, context);
  },
  components: {
    open: component(parts([]), (_, context, fields) => card(choiceOf(fields), context)),
    // The number in the custom_id has no meaning. It makes the custom_ids in a message unique, as Discord requires.
    show: component(parts([packId, index.optional()]), ([id], context) => card(id, context)),
    more: component(parts([packId]), ([id], context) =>
      ephemeralCard(id, context, (entry, { facts }) => moreCard(entry, facts)),
    ),
    sources: component(parts([packId]), ([id], context) =>
      ephemeralCard(id, context, (entry, { facts }) => sourcesCard(entry, facts)),
    ),
    side: component(parts([packId, index, oneOf(['article', 'record'])]), ([id, side], context) =>
      ephemeralCard(id, context, (entry, { facts, hasQuestions }) => {
        const party = entry.kind === 'dispute' ? sidesOf(entry)[side]?.party : undefined;
        return moreCard(
          entry,
          facts,
          party === undefined
            ? undefined
            : { side: party, canAsk: hasQuestions(id), canReport: context.where.guild !== undefined },
        );
      }),
    ),
    remove: component(parts([identifier]), ([owner], { who }) =>
      owner === who.id || who.moderator ? { remove: true } : ephemeralNotice(cardWords.notYours),
    ),
  },
});

/** Shows the card of an entry to the member who pressed its button. */
const card = (id: string, context: CommandContext): Promise<InteractionResponse> =>
  ephemeralCard(id, context, (entry, { facts, hasQuestions }) =>
    entryCard(entry, facts, { canAsk: hasQuestions(id), canReport: context.where.guild !== undefined }),
  );

/** Shows a card to the member who pressed a button. If the pack no longer has the entry, shows a notice. */
async function ephemeralCard(
  id: string,
  { pack }: CommandContext,
  card: (entry: Entry, used: UsedPack) => Message,
): Promise<InteractionResponse> {
  const used = await pack();
  const entry = used.facts.entry(id);
  return entry ? { message: card(entry, used), ephemeral: true } : ephemeralNotice(cardWords.noSuchEntry);
}
