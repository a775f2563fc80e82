import { entryCard, sourcesCard } from '../src/chat/cards/entry-card.ts';
import { lookUpEntry } from '../src/chat/cards/look-up.ts';
import { suggestEntries } from '../src/chat/cards/suggestions.ts';
import type { CommandContext, InteractionResponse } from '../src/chat/command-context.ts';
import { command, optionalBoolean, optionalString } from '../src/chat/command.ts';
import { index, packId } from '../src/chat/component-parts.ts';
import { component, parts } from '../src/chat/component.ts';
import { notice } from '../src/chat/message/notice.ts';
import { cardWords } from '../src/chat/words/card-words.ts';

const prefer = ['claim', 'figure', 'person', 'organisation', 'place', 'term'] as const;

export default command({
  name: 'fact',
  description: 'Look anything up, or leave it empty for something you have not seen',
  options: {
    about: optionalString('A claim, a figure, a person, a place …', { autocomplete: suggestEntries(prefer) }),
    private: optionalBoolean('Show the answer only to me'),
  },
  async run({ about, private: ephemeral = false }, context) {
    const query = about ?? (await context.drawUnseen(context.who.id, context.seed));
    return lookUpEntry({ query: query ?? '', prefer, ephemeral }, context);
  },
  components: {
    // The number has no meaning. It makes the custom_ids in a message unique, as Discord requires.
    show: component(parts([packId, index.optional()]), ([id], context) => card(id, context)),
    sources: component(parts([packId]), ([id], { facts }) => {
      const entry = facts.entry(id);
      return { message: entry ? sourcesCard(entry, facts) : notice(cardWords.noSuchEntry), ephemeral: true };
    }),
  },
});

/** The card of an entry, for the member who pressed its button. */
function card(id: string, { facts, hasQuestions }: CommandContext): InteractionResponse {
  const entry = facts.entry(id);
  return {
    message: entry ? entryCard(entry, facts, { canAsk: hasQuestions(id) }) : notice(cardWords.noSuchEntry),
    ephemeral: true,
  };
}
