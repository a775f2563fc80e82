/** What a round comes to: the podium, how it stands so far, and what one member missed. */
import { missedBy } from '../../core/quiz/transitions.ts';
import { hardestOf, type PlayerTally, talliesOf } from '../../core/quiz/tallies.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { customId } from '../command.ts';
import { escapeMarkdown, oneLine, placeInWords } from '../message/escape-markdown.ts';
import {
  button,
  container,
  message,
  type Message,
  row,
  section,
  separator,
  text,
} from '../message/message-components.ts';
import { answerInWords, nameOf, namesShown } from './quiz-question.ts';
import { count, words } from '../words.ts';

const accent = 0x7a7f87;
/** Misses on one card; each takes three of its forty components. */
const missesShown = 8;

/** The podium of a group round, the summary of a solo one. */
export function endCard(quiz: Quiz): Message {
  const why = quiz.phase.name === 'ended' ? quiz.phase.why : 'finished';
  if (quiz.mode === 'solo') return soloEnd(quiz, words.ended(why));
  const channel = quiz.parent ?? quiz.channel;
  const { players } = quiz;
  const played = Object.keys(players).some((user) => quiz.answers.some((all) => Object.hasOwn(all, user)));
  return message(
    container(
      [
        text(`## Podium${quiz.topic === undefined ? '' : `: ${escapeMarkdown(quiz.topic)}`}\n${words.ended(why)}`),
        ...standing(quiz),
        ...(played
          ? [
              row(
                button(words.reviewMisses, customId('quiz', 'misses', quiz.id, channel, 0)),
                button(words.newRound, customId('quiz', 'again')),
              ),
            ]
          : []),
      ],
      accent,
    ),
  );
}

/** How a round stands or ended, for the member who asked. */
export function resultsCard(quiz: Quiz): Message {
  if (quiz.phase.name === 'ended') return endCard(quiz);
  return message(container([text(`## ${words.soFar}`), ...standing(quiz)], accent));
}

function standing(quiz: Quiz) {
  const tallies = talliesOf(quiz);
  const lines = tallies.slice(0, namesShown).map((tally) => line(quiz, tally));
  if (tallies.length > lines.length) lines.push(`and ${tallies.length - lines.length} more`);
  const hardest = hardestOf(quiz);
  return [
    text(lines.length > 0 ? lines.join('\n') : words.nobodyScored),
    ...(hardest
      ? [
          separator(),
          text(
            `**Hardest question** ${escapeMarkdown(hardest.question.ask)} (${hardest.right} of ${hardest.answered} right)`,
          ),
        ]
      : []),
  ];
}

function line(quiz: Quiz, { user, place, points, right, answered }: PlayerTally): string {
  const share = `${right} of ${answered} right (${Math.round((100 * right) / answered)} %)`;
  return `${placeInWords(place)} **${oneLine(nameOf(quiz, user), 32)}** · ${count(points, 'point')} · ${share}`;
}

/** Practice pays each question once a week, so a solo round states what was right rather than points. */
function soloEnd(quiz: Quiz, why: string): Message {
  const first = quiz.questions.length - quiz.repeats;
  const [asked] = talliesOf(quiz, (index) => index < first);
  const [again] = talliesOf(quiz, (index) => index >= first);
  const share = asked ? `**${asked.right} of ${asked.answered} right**` : words.nobodyScored;
  const repeated = again ? `\nOnce more: ${again.right} of ${again.answered} right` : '';
  return message(container([text(`## Your round\n${why}`), text(share + repeated)], accent));
}

/** The questions one member did not have right, from the `from`-th on, with the way to their cards. */
export function missesCard(quiz: Quiz, user: string, from: number): Message {
  if (!Object.hasOwn(quiz.players, user)) return message(text(words.notPlayed));
  const missed = missedBy(quiz, user);
  if (missed.length === 0) return message(text(words.noMisses));
  const shown = missed.slice(from, from + missesShown);
  const left = missed.length - from - shown.length;
  const parts = shown.flatMap((index) => {
    const question = quiz.questions[index];
    if (!question) return [];
    const mine = quiz.answers[index]?.[user];
    const right = question.options[question.right] ?? String(question.right);
    const said = mine ? (question.options[mine.option] ?? answerInWords(question, mine.option)) : undefined;
    const told = `**${escapeMarkdown(question.ask)}**\n✔ ${escapeMarkdown(right)}\n-# ${said === undefined ? words.notAnswered : words.youSaid(said)}`;
    const [about] = question.about;
    return [
      about === undefined ? text(told) : section(told, button('Show the card', customId('fact', 'show', about, index))),
    ];
  });
  const channel = quiz.parent ?? quiz.channel;
  const more = button(words.more(left), customId('quiz', 'misses', quiz.id, channel, from + shown.length));
  return message(
    container([text(`## ${words.yourMisses(missed.length)}`), ...parts, ...(left > 0 ? [row(more)] : [])], accent),
  );
}
