import { suggestTopics, topicNamed } from '../src/chat/cards/suggestions.ts';
import { type Span, timelineCard } from '../src/chat/cards/timeline-card.ts';
import type { CommandContext, InteractionResponse } from '../src/chat/command-context.ts';
import { command, optionalBoolean, optionalInteger, optionalString } from '../src/chat/command.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { cardWords } from '../src/chat/words/card-words.ts';

export default command({
  name: 'timeline',
  description: 'Events in order, by the public record where the article is mistaken',
  options: {
    from: optionalInteger('First year', 1900, 2100),
    to: optionalInteger('Last year', 1900, 2100),
    topic: optionalString('Only events on this topic', { autocomplete: suggestTopics }),
    private: optionalBoolean('Show the answer only to me'),
  },
  run({ from, to, topic, private: ephemeral = false }, context) {
    const known = topic === undefined ? undefined : topicNamed(topic, context);
    if (topic !== undefined && !known) return ephemeralNotice(cardWords.noSuchTopic(topic));
    if (from !== undefined && to !== undefined && from > to)
      return ephemeralNotice(cardWords.timelineBackwards(from, to));
    const span = {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(known && { topic: known.id }),
    };
    const answer = show(span, 0, context);
    return ephemeral ? { ...answer, ephemeral } : answer;
  },
  components: {
    page([owner, from, to, topic, page], context) {
      const span = { ...(from && { from: Number(from) }), ...(to && { to: Number(to) }), ...(topic && { topic }) };
      // Other members get a copy, so that the owner's page stays as it is.
      return {
        ...show(span, Number(page), context),
        ...(owner === context.who.id ? { replace: true } : { ephemeral: true }),
      };
    },
  },
});

function show(span: Span, page: number, { facts, who }: CommandContext): InteractionResponse {
  const entries = facts.timeline(span);
  if (entries.length === 0) return ephemeralNotice(cardWords.timelineEmpty);
  return { message: timelineCard(span, entries, page, who.id, facts) };
}
