import { notice } from '../src/chat/cards/cards.ts';
import { type Answer, type Call, command, flag, maybeText, maybeWhole } from '../src/chat/command.ts';
import { suggestTopics, topicNamed } from '../src/chat/cards/look-up.ts';
import { type Span, timelineCard } from '../src/chat/cards/timeline-card.ts';
import { words } from '../src/chat/words.ts';

export default command({
  name: 'timeline',
  description: 'Events in order, by the public record where the article is mistaken',
  options: {
    from: maybeWhole('First year', 1900, 2100),
    to: maybeWhole('Last year', 1900, 2100),
    topic: maybeText('Only events on this topic', { suggest: suggestTopics }),
    private: flag('Show the answer only to me'),
  },
  run({ from, to, topic, private: hidden = false }, call) {
    const known = topic === undefined ? undefined : topicNamed(topic, call);
    if (topic !== undefined && !known) return { message: notice(words.noSuchTopic(topic)), hidden: true };
    if (from !== undefined && to !== undefined && from > to)
      return { message: notice(words.timelineBackwards(from, to)), hidden: true };
    const span = {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(known && { topic: known.id }),
    };
    const answer = show(span, 0, call);
    return hidden ? { ...answer, hidden } : answer;
  },
  presses: {
    page([owner, from, to, topic, page], call) {
      const span = { ...(from && { from: Number(from) }), ...(to && { to: Number(to) }), ...(topic && { topic }) };
      // Somebody else turning the page gets a copy, so that nobody's page turns under their eyes.
      return { ...show(span, Number(page), call), ...(owner === call.who.id ? { replace: true } : { hidden: true }) };
    },
  },
});

function show(span: Span, page: number, { facts, who }: Call): Answer {
  const entries = facts.timeline(span);
  if (entries.length === 0) return { message: notice(words.timelineEmpty), hidden: true };
  return { message: timelineCard(span, entries, page, who.id, facts) };
}
