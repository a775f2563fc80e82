/**
 * Shows a member their own results by time, topic and kind of question. Also lists the facts that the member knows
 * least.
 */
import type { Facts } from '../../core/pack/facts.ts';
import { type Member } from '../../core/scores/member.ts';
import { streakOf, type Tally, tallyOfWindow, weakestOf } from '../../core/scores/member-stats.ts';
import { questionKinds } from '../../core/questions/question.ts';
import { idInPack } from '../../core/scores/stored-ids.ts';
import { monthId, weekId } from '../../core/scores/time-windows.ts';
import { rightAnswers } from './board-card.ts';
import { topicTallies } from './progress-picture.ts';
import { entrySelect } from '../cards/entry-select.ts';
import { cardWords } from '../words/card-words.ts';
import { customId } from '../command.ts';
import { escapeInline, escapePart, shorten } from '../message/escape-markdown.ts';
import {
  actionRow,
  button,
  buttonStyle,
  container,
  type Message,
  message,
  separator,
  textDisplay,
} from '../message/message-components.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { boardWords } from '../words/board-words.ts';
import { percent, pluralize, questionKindLabels } from '../words/labels.ts';

/** Maximum number of listed facts. Each fact has a button, and an action row has at most five buttons. */
const weakShown = 5;

/** The entries that a member knows least, weakest first. Entries that were removed from the pack are left out. */
export const weakFacts = (member: Member, facts: Facts) =>
  weakestOf(member)
    .flatMap(({ id, ...times }) => {
      const entry = facts.entry(idInPack(facts.pack.id, id) ?? '');
      return entry ? [{ entry, ...times }] : [];
    })
    .slice(0, weakShown);

/**
 * `today` is the current day in the time zone of the server or conversation, in days since 1970. `canPractise` says
 * whether the pack has questions about the weakest facts.
 */
export function profileCard(member: Member, today: number, facts: Facts, canPractise: boolean): Message {
  const reached = (heading: string, tally: Tally | undefined) =>
    tally
      ? `**${heading}** ${pluralize(tally.points, 'point')} · ${rightAnswers(tally)} (${percent(tally.right, tally.answered)})`
      : `**${heading}** no answers yet`;
  const topics = topicTallies(member, facts.pack).map(({ title, tally }) => reached(escapePart(title), tally));
  const kinds = questionKinds.flatMap((kind) => {
    const [right, answered] = member.kinds[kind] ?? [0, 0];
    const tally = { right, answered };
    return answered === 0
      ? []
      : [`**${questionKindLabels[kind]}** ${rightAnswers(tally)} (${percent(tally.right, tally.answered)})`];
  });
  const weak = weakFacts(member, facts);
  const practise = customId('quiz', 'practise', ...inPack(facts.pack.id));
  const list = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [separator(), textDisplay(`### ${heading}\n${lines.join('\n')}`)];
  return message(
    container([
      textDisplay(`## ${escapeInline(member.name, 32)}`),
      textDisplay(
        [
          reached('This week', tallyOfWindow(member, weekId(today))),
          reached('This month', tallyOfWindow(member, monthId(today))),
          reached('All time', tallyOfWindow(member, 'all')),
          `**Days in a row** ${streakOf(member, today)} now, ${member.days.longest} at best`,
        ].join('\n'),
      ),
      ...list(
        boardWords.weakestFacts,
        weak.map(
          ({ entry, wrong, right }) => `- ${escapePart(shorten(entry.title, 80))}: ${boardWords.missed(wrong, right)}`,
        ),
      ),
      ...entrySelect(
        cardWords.openOne,
        weak.map(({ entry }) => entry),
        facts.pack.id,
      ),
      ...(canPractise ? [actionRow(button('Practise these', practise, buttonStyle.primary))] : []),
      ...list('By topic', topics.length > 1 ? [...topics, boardWords.severalTopics] : topics),
      ...list('By kind of question', kinds),
    ]),
  );
}
