/** Cards at the end of a round: the podium of a group round, the summary of a solo round, and the results so far. */
import type { Question } from '../../core/questions/question.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { EndReason } from '../../core/quiz/round.ts';
import { missedBy, shownQuestions } from '../../core/quiz/shown-questions.ts';
import { hardestOf, hasPoints, type PlayerTally, talliesOf } from '../../core/quiz/tallies.ts';
import { customId } from '../command.ts';
import { escapePart, placeLabel } from '../message/escape-markdown.ts';
import { distinctNames } from '../message/member-names.ts';
import {
  actionRow,
  button,
  container,
  type Message,
  message,
  separator,
  textDisplay,
} from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { findRound } from './finished-round.ts';
import { missedQuestions, questionsPerPage } from './missed-questions.ts';
import { reducedLines } from './reduced-points.ts';
import { accents, maxNames, playerName } from './round-parts.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';
import { percent, pluralize } from '../words/labels.ts';

/** The podium of a group round, or the summary of a solo round. */
export function endCard(quiz: Quiz): Message {
  const why = quiz.phase.name === 'ended' ? quiz.phase.why : 'finished';
  if (quiz.mode === 'solo') return soloEndCard(quiz, why);
  const channel = quiz.parent ?? quiz.channel;
  const { players } = quiz;
  const played = Object.keys(players).some((user) => quiz.answers.some((all) => Object.hasOwn(all, user)));
  return message(
    container(
      [
        textDisplay(
          `## Podium${quiz.topic === undefined ? '' : `: ${escapePart(quiz.topic)}`}\n${[quizWords.ended(why), ...countedText(quiz)].join(' ')}`,
        ),
        ...resultLines(quiz),
        ...(talliesOf(quiz).length > 0 ? [textDisplay(quizWords.pointsHint)] : []),
        ...(played
          ? [
              actionRow(
                button(quizWords.myResult, customId('quiz', 'mine', quiz.id, channel)),
                button(quizWords.reviewMisses, customId('quiz', 'misses', quiz.id, channel, 0)),
                button(quizWords.newRound, customId('quiz', 'again', ...inPack(quiz.pack))),
              ),
            ]
          : []),
      ],
      accents.over,
    ),
  );
}

/** Says how many of the questions counted. Returns an empty list if all of them counted. */
function countedText(quiz: Quiz): readonly string[] {
  const { questions, phase } = quiz;
  const isWhole = phase.name === 'ended' && phase.why === 'finished';
  const counted = isWhole ? questions.length - quiz.void.length : shownQuestions(quiz).length;
  if (counted === questions.length) return [];
  return [quizWords.counted(counted, questions.length, isWhole ? quiz.void.length : 0)];
}

/** The results of the revealed questions. If the round has ended, returns the podium or the summary. */
export function resultsCard(quiz: Quiz): Message {
  if (quiz.phase.name === 'ended') return endCard(quiz);
  return message(container([textDisplay(`## ${quizWords.soFar}`), ...resultLines(quiz)], accents.over));
}

function resultLines(quiz: Quiz) {
  const tallies = talliesOf(quiz);
  const shown = tallies.slice(0, maxNames).map((tally) => ({ ...tally, name: playerName(quiz, tally.user) }));
  const nameOf = distinctNames(shown);
  // If nobody has points, no ranks are shown, because all players would share the first place.
  const isWon = hasPoints(tallies);
  const lines = [
    ...(isWon ? [] : [quizWords.nobodyScored]),
    ...shown.map((tally) => `${isWon ? `${placeLabel(tally.place)} ` : ''}${playerLine(nameOf(tally), tally)}`),
  ];
  if (tallies.length > shown.length) lines.push(quizWords.andMore(tallies.length - shown.length));
  const hardest = hardestOf(quiz);
  return [
    textDisplay(lines.join('\n')),
    ...(hardest
      ? [
          separator(),
          textDisplay(
            `**Hardest question**: ${escapePart(hardest.question.ask)} (${hardest.right} of ${hardest.answered} right)\n${quizWords.rightAnswer(escapePart(rightAnswerOf(hardest.question)))}`,
          ),
        ]
      : []),
  ];
}

const rightAnswerOf = ({ options, right }: Question): string => options[right] ?? String(right);

function playerLine(name: string, { points, right, answered }: PlayerTally): string {
  const share = `${right} of ${answered} right (${percent(right, answered)})`;
  return `**${name}** · ${pluralize(points, 'point')} · ${share}`;
}

/**
 * The summary of a solo round: right answers and points. If an answer was so fast that it got no speed bonus, or earned
 * fewer points on the leaderboards than in the round, the summary says so (see `reducedLines`). The summary also lists
 * the missed questions. A button could not show them later, because the bot does not store a solo round that has ended.
 */
function soloEndCard(quiz: Quiz, why: EndReason): Message {
  const first = quiz.questions.length - quiz.repeats;
  const [firstTime] = talliesOf(quiz, (index) => index < first);
  const [repeats] = talliesOf(quiz, (index) => index >= first);
  const scored = ({ right, answered, points }: PlayerTally) =>
    `${right} of ${answered} right · ${pluralize(points, 'point')}`;
  const share = firstTime ? `**${scored(firstTime)}**` : quizWords.soloNotScored;
  const repeated = repeats
    ? `\nOnce more: ${scored(repeats)}\n${quizWords.pointsInAll((firstTime?.points ?? 0) + repeats.points)}`
    : '';
  const howPoints = repeats ? [`-# ${quizWords.perDifficulty}`] : [];
  const answered = firstTime?.answered ?? 0;
  const ending = why === 'stopped' && answered < first ? quizWords.soloStopped(answered, first) : quizWords.ended(why);
  const missed = missedBy(quiz, quiz.host);
  const heading = missed.length === 0 ? [] : [separator(), textDisplay(`### ${quizWords.yourMisses(missed.length)}`)];
  const timed = quiz.clock === undefined ? '' : 'timed';
  const again = customId('quiz', 'new', quiz.id, '', '', first, timed, ...inPack(quiz.pack));
  return message(
    container(
      [
        textDisplay(`## Your round\n${ending}`),
        textDisplay([share + repeated, ...reducedLines(quiz, quiz.host), ...howPoints].join('\n')),
        ...heading,
        ...missedQuestions(quiz, quiz.host, missed),
        ...(missed.length > questionsPerPage
          ? [textDisplay(`-# ${quizWords.andMore(missed.length - questionsPerPage)}`)]
          : []),
        actionRow(button(quizWords.newRound, again)),
      ],
      accents.over,
    ),
  );
}

/**
 * Shows the results of a round to the member who asked. `channel` is the channel under which the bot stores the round
 * after its end.
 */
export async function showResults(id: string, channel: string, context: CommandContext): Promise<MessageResponse> {
  const quiz = await findRound(id, context, channel);
  return quiz ? { message: resultsCard(quiz), ephemeral: true } : ephemeralNotice(quizWords.notKept);
}
