import { isPrivateLookUp } from '../src/chat/cards/look-up.ts';
import { noSuchTopic, suggestTopics, topicNamed } from '../src/chat/cards/suggestions.ts';
import { type Span, timelineCard } from '../src/chat/cards/timeline-card.ts';
import type { CommandContext, InteractionResponse } from '../src/chat/command-context.ts';
import { command, optionalBoolean, optionalChoice, optionalInteger, optionalString } from '../src/chat/command.ts';
import { identifier, index, oneOf, orEmpty, packId, wholeNumber } from '../src/chat/component-parts.ts';
import { component, parts } from '../src/chat/component.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { packPart, withItsPack } from '../src/chat/packs/pack-of-button.ts';
import { cardWords } from '../src/chat/words/card-words.ts';
import type { Facts } from '../src/core/pack/facts.ts';

const firstYear = 1;
const lastYear = 2100;
const year = wholeNumber(firstYear, lastYear);
const pageParts = parts([
  identifier,
  orEmpty(year),
  orEmpty(year),
  orEmpty(packId),
  index,
  orEmpty(oneOf(['article'])).optional(),
  packPart.optional(),
]);

export default command({
  name: 'timeline',
  description: 'All events by date; wrong dates of the article are corrected',
  options: {
    from: optionalInteger('First year', firstYear, lastYear),
    to: optionalInteger('Last year', firstYear, lastYear),
    topic: optionalString('Only events on this topic', { autocomplete: suggestTopics }),
    source: optionalChoice('Where the events come from', {
      both: 'The article and the public record',
      article: 'Only the article, with its own dates',
    }),
    private: optionalBoolean('Show the answer only to me'),
  },
  async run({ from, to, topic, source, private: isPrivate }, context) {
    const known = topic === undefined ? undefined : await topicNamed(topic, context);
    if (topic !== undefined && !known) return noSuchTopic(topic, context);
    if (from !== undefined && to !== undefined && from > to)
      return ephemeralNotice(cardWords.timelineBackwards(from, to));
    const ephemeral = await isPrivateLookUp(isPrivate, context);
    const isPublic = !ephemeral && context.where.guild !== undefined;
    const { facts } = await context.pack();
    return {
      ...show(spanOf(from, to, known?.id, source === 'article'), 0, isPublic, facts, context),
      ...(ephemeral && { ephemeral }),
    };
  },
  components: {
    page: component(pageParts, ([owner, from, to, topic, page, source, pack], context) =>
      withItsPack(pack, context, ({ facts }) => {
        // If the member who requested the timeline (the owner) turns the page, the message itself changes. Any other
        // member gets an ephemeral copy with the new page.
        const isOwner = owner === context.who.id;
        const isPublic = isOwner && context.where.guild !== undefined && !context.isEphemeral;
        return {
          ...show(spanOf(from, to, topic, source === 'article'), page, isPublic, facts, context),
          ...(isOwner ? { replace: true } : { ephemeral: true }),
        };
      }),
    ),
  },
});

const spanOf = (from?: number, to?: number, topic?: string, articleOnly = false): Span => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
  ...(topic !== undefined && { topic }),
  ...(articleOnly && { articleOnly }),
});

function show(span: Span, page: number, isPublic: boolean, facts: Facts, { who }: CommandContext): InteractionResponse {
  const entries = facts.timeline(span);
  if (entries.length === 0)
    return ephemeralNotice(cardWords.timelineEmpty(facts.timeline({}).length > 0, Object.keys(span).length > 0));
  return { message: timelineCard(span, entries, { page, owner: who.id, isPublic }, facts) };
}
