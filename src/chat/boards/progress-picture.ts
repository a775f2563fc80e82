/**
 * A picture of a member's progress: points by week, right answers by topic, and the streak of days. All information in
 * the picture is also in the profile text or in the alt text.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { type Member } from '../../core/scores/member.ts';
import { pointsOfWeeks, streakOf, type Tally, tallyOfWindow } from '../../core/scores/member-stats.ts';
import { storedId } from '../../core/scores/stored-ids.ts';
import { cleanInline } from '../message/escape-markdown.ts';
import type { Picture } from '../message/picture.ts';
import { boardWords } from '../words/board-words.ts';
import { nameLength, progressSvg, topicsShown, topicText, weeksText } from './progress-svg.ts';

/**
 * The picture, with the topics that have the most answers. Undefined if the member has no answers yet. `today` is the
 * current day in the time zone of the server or conversation, in days since 1970.
 */
export function progressPicture(member: Member, today: number, { pack }: Facts): Picture | undefined {
  if (!tallyOfWindow(member, 'all')) return undefined;
  const all = topicTallies(member, pack);
  // If only one topic would be left out, it is shown. It takes no more space than the line with the number of left-out
  // topics.
  const topics = all.length === topicsShown + 1 ? all : all.slice(0, topicsShown);
  const more = all.length - topics.length;
  const weeks = pointsOfWeeks(member, today);
  const streak = boardWords.daysInARow(streakOf(member, today), member.days.longest);
  return {
    svg: progressSvg({
      title: member.name,
      subtitle: streak,
      weeks,
      topicsTitle: boardWords.progressTopics,
      topics,
      footer: more > 0 ? boardWords.progressMore(more) : undefined,
    }),
    alt: boardWords.progressAlt({
      name: cleanInline(member.name, nameLength),
      weeks: weeksText(weeks),
      topics: topics.map(topicText),
      more,
      streak,
    }),
  };
}

/**
 * The topics in which a member has answered questions, with the results of all time. The topic with the most answers
 * comes first. Of several topics with the same number of answers, the topic with the most right answers comes first.
 */
export const topicTallies = (
  member: Member,
  pack: Pack,
): readonly { readonly title: string; readonly tally: Tally }[] =>
  pack.topics
    .flatMap(({ id, title }) => {
      const tally = tallyOfWindow(member, 'all', storedId(pack.id, id));
      return tally ? [{ title, tally }] : [];
    })
    .toSorted((a, b) => b.tally.answered - a.tally.answered || b.tally.right - a.tally.right);
