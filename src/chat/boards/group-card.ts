/**
 * The progress of a whole server. A card shows the progress as text, and a picture shows the points of each week and
 * the weakest topics.
 */
import type { Facts } from '../../core/pack/facts.ts';
import { minMembers } from '../../core/scores/min-members.ts';
import type { GroupProgress } from '../../core/scores/group-progress.ts';
import { storedId } from '../../core/scores/stored-ids.ts';
import { rightAnswers } from './board-card.ts';
import { escapePart } from '../message/escape-markdown.ts';
import { container, type Message, message, textDisplay } from '../message/message-components.ts';
import type { Picture } from '../message/picture.ts';
import { boardWords } from '../words/board-words.ts';
import { percent, pluralize } from '../words/labels.ts';
import { progressSvg, topicsShown, topicText, weeksText } from './progress-svg.ts';

/** The topics of the pack, weakest first. Topics that were removed from the pack are left out. */
const topicsOf = ({ topics }: GroupProgress, { pack }: Facts) =>
  topics.flatMap((tally) => {
    const title = pack.topics.find(({ id }) => storedId(pack.id, id) === tally.topic)?.title;
    return title === undefined ? [] : [{ title, tally }];
  });

/** Topics with at least this share of right answers are not listed, because the members know them well. */
const goodShare = 0.75;

/** The weakest topics. */
const topicsToWorkOn = (progress: GroupProgress, facts: Facts) =>
  topicsOf(progress, facts)
    .filter(({ tally }) => tally.right < goodShare * tally.answered)
    .slice(0, topicsShown);

export function groupCard(progress: GroupProgress, facts: Facts): Message {
  const topics = topicsToWorkOn(progress, facts);
  const [before, current] = progress.weeks.slice(-2);
  return message(
    container([
      textDisplay(
        `## ${boardWords.groupTitle}\n-# ${boardWords.groupMembers(progress.members)} · ${boardWords.groupAge}`,
      ),
      textDisplay(
        `**This week** ${pluralize(current?.points ?? 0, 'point')} · **Last week** ${pluralize(before?.points ?? 0, 'point')}`,
      ),
      textDisplay(
        topics.length === 0
          ? noTopicsText(progress, facts)
          : [
              `### ${boardWords.groupTopics}`,
              ...topics.map(
                ({ title, tally }) =>
                  `- **${escapePart(title)}** ${percent(tally.right, tally.answered)} · ${rightAnswers(tally)}, ${pluralize(tally.members, 'member')}`,
              ),
              boardWords.groupTopicsNote(minMembers),
            ].join('\n'),
      ),
    ]),
  );
}

const noTopicsText = (progress: GroupProgress, facts: Facts): string =>
  topicsOf(progress, facts).length === 0
    ? boardWords.groupTopicsNone(minMembers)
    : boardWords.groupTopicsAllRight(minMembers);

/** All information in the picture is also in the card or in the alt text. */
export function groupPicture(progress: GroupProgress, facts: Facts): Picture {
  const { members, weeks } = progress;
  const topics = topicsToWorkOn(progress, facts);
  return {
    svg: progressSvg({
      title: boardWords.groupTitle,
      subtitle: boardWords.groupMembers(members),
      weeks,
      topicsTitle: boardWords.groupTopics,
      topics,
    }),
    alt: boardWords.groupAlt(members, weeksText(weeks), topics.map(topicText)),
  };
}
