/**
 * The card of a question after it has closed. It shows the right answer, the players' answers, the explanation and its
 * source.
 */
import type { Question } from '../../core/questions/question.ts';
import { type Quiz, answersTo } from '../../core/quiz/round.ts';
import { minMembers } from '../../core/scores/min-members.ts';
import { missedBy } from '../../core/quiz/shown-questions.ts';
import { idleQuestionsUntilEnd } from '../../core/quiz/timing.ts';
import { pointsFor, resultsOf } from '../../core/scores/scoring.ts';
import { paragraphList } from '../words/labels.ts';
import { customId } from '../command.ts';
import { escapeInline, escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import { markdownLink } from '../message/markdown-link.ts';
import {
  actionRow,
  type Button,
  button,
  buttonStyle,
  container,
  type Container,
  type Message,
  message,
  textDisplay,
} from '../message/message-components.ts';
import { firstSentences } from '../cards/short-texts.ts';
import { lineCount } from '../message/message-length.ts';
import { cardWords } from '../words/card-words.ts';
import { endCard } from './end-card.ts';
import { type CardComponent, questionHeading } from './question-card.ts';
import {
  accents,
  answerLabel,
  controlsButton,
  joinButtonInOneMessage,
  maxNames,
  playerName,
  playerNames,
  letteredOption,
} from './round-parts.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { reportButton } from '../reports/report-button.ts';
import { quizWords } from '../words/quiz-words.ts';
import { percent, pluralize } from '../words/labels.ts';

export function revealCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  const isVoid = quiz.void.includes(index);
  return message(
    container(
      [
        questionHeading(quiz, index, question),
        ...(quiz.mode === 'solo' ? [textDisplay(soloResult(quiz, index, question))] : []),
        ...revealedChoices(quiz, index, question),
        textDisplay(explanationText(question)),
        ...(repeatCount(quiz, index) > 0
          ? [textDisplay(quizWords.onceMore(repeatCount(quiz, index), quiz.questions.length))]
          : []),
        ...(quiz.mode === 'group' ? groupResult(quiz, index, question, isVoid) : []),
        ...buttonRow(revealButtons(quiz, index, question)),
      ],
      accentOf(quiz, index, question),
    ),
  );
}

const buttonRow = (buttons: readonly Button[]): Container['components'] =>
  buttons.length > 0 ? [actionRow(...buttons)] : [];

function revealButtons(quiz: Quiz, index: number, question: Question): Button[] {
  const [about] = question.about;
  const card =
    about === undefined ? [] : [button(quizWords.readMore, customId('fact', 'show', about, '', ...inPack(quiz.pack)))];
  const report = canReport(quiz) ? [reportButton('question', question.id, quiz.pack)] : [];
  if (quiz.mode === 'group')
    return [
      ...card,
      ...report,
      ...(quiz.pace === 'host' ? [controlsButton(quiz)] : []),
      ...joinButtonInOneMessage(quiz),
    ];
  const last = index + 1 >= quiz.questions.length;
  const missed = repeatCount(quiz, index);
  const label = last && missed === 0 ? 'See the result' : missed > 0 ? quizWords.repeatMissed(missed) : quizWords.next;
  const next = button(label, customId('quiz', 'next', quiz.id, index), buttonStyle.primary);
  // On the card of the next question, the button "End round" comes first in its row. If "Next" were the first button
  // here, a second press on the same place would end the round.
  return [
    ...card,
    next,
    ...report,
    ...(last && missed === 0 ? [] : [button(quizWords.end, customId('quiz', 'end', quiz.id))]),
  ];
}

/**
 * Whether members can report the question. Rounds that an older version of the bot opened do not contain the id of
 * their pack, so their questions cannot be reported. Questions in private conversations cannot be reported either,
 * because nobody reads reports there.
 */
const canReport = ({ scope, pack }: Quiz): boolean => pack !== '' && !scope.startsWith('dm:');

/**
 * The number of missed questions that a solo round repeats after this question. The number is 0 if this is not the last
 * question of the round.
 */
const repeatCount = (quiz: Quiz, index: number): number =>
  quiz.mode === 'solo' && quiz.repeats === 0 && index + 1 === quiz.questions.length
    ? missedBy(quiz, quiz.host).length
    : 0;

/**
 * Lists the players who were right. If only the first right answer counts, lists only the player who gave it. Other
 * sentences may follow: that the round will end if nobody answers, who the new host is, that a pause follows, or that
 * the host must start the next question.
 */
function groupResult(
  quiz: Quiz,
  index: number,
  question: Question,
  isVoid: boolean,
): readonly ReturnType<typeof textDisplay>[] {
  const answers = Object.entries(answersTo(quiz, index));
  const right = answers.filter(([, { option }]) => option === question.right);
  const inOrder = quiz.style === 'first' ? right.toSorted(([, a], [, b]) => a.at - b.at).slice(0, 1) : right;
  const who = playerNames(
    quiz,
    inOrder.map(([user]) => user),
  );
  const verdict =
    answers.length === 0
      ? quizWords.nobodyAnswered
      : right.length === 0
        ? quizWords.nobodyRight
        : `**${quiz.style === 'first' ? 'First' : 'Answered right'}:** ${who}`;
  const { phase } = quiz;
  const isLast = index + 1 >= quiz.questions.length || quiz.idle >= idleQuestionsUntilEnd;
  const more = [
    ...(quiz.idle === 2 ? [quizWords.idleWarning] : []),
    ...(phase.name === 'reveal' && phase.newHost ? [quizWords.newHost(playerName(quiz, quiz.host))] : []),
    ...(quiz.hold ? [quizWords.pauseComes] : []),
    ...(quiz.pace === 'host' && phase.name === 'reveal'
      ? [quizWords.hostGoesOn(playerName(quiz, quiz.host), isLast)]
      : []),
  ];
  return [textDisplay([isVoid ? quizWords.skipped : verdict, ...more].join('\n'))];
}

/**
 * The options, with a mark on the right option. In a group round the card also shows how many players chose each
 * option, if enough players have answered. For a typed-year question the card shows whose year was closest.
 */
function revealedChoices(quiz: Quiz, index: number, question: Question): readonly CardComponent[] {
  if (question.kind === 'closest-year') return revealedYear(quiz, index, question);
  const options = Object.values(quiz.answers[index] ?? {}).map(({ option }) => option);
  const mine = quiz.mode === 'solo' ? quiz.answers[index]?.[quiz.host]?.option : undefined;
  const hasBars = quiz.mode === 'group' && options.length >= minMembers;
  const lines = question.options.map((option, slot) => {
    const isRight = slot === question.right;
    const name = question.kind === 'true-false' ? `**${escapePart(option)}**` : letteredOption(question, slot);
    const chosen = options.filter((one) => one === slot).length;
    const said = hasBars ? `\n-# ${shareBar(chosen, options.length)}` : '';
    const mark = isRight ? '✔ ' : slot === mine ? '✘ ' : '';
    const remark = isRight ? ' — the right answer' : slot === mine ? ' — your answer' : '';
    return `${mark}${name}${remark}${said}`;
  });
  if (quiz.mode === 'group' && !hasBars && options.length > 0)
    lines.push(`-# ${quizWords.tooFewForBars(options.length, minMembers)}`);
  return lines.map(textDisplay);
}

function revealedYear(quiz: Quiz, index: number, question: Question): readonly CardComponent[] {
  const right = textDisplay(`✔ **${question.right}** — the right answer`);
  const answers = Object.entries(quiz.answers[index] ?? {});
  if (quiz.mode === 'solo' || answers.length === 0) return [right];
  const off = (option: number) => Math.abs(option - question.right);
  const nearest = answers.toSorted(([, a], [, b]) => off(a.option) - off(b.option) || a.at - b.at);
  const lines = nearest.slice(0, maxNames).map(([user, { option }]) => {
    const name = escapeInline(playerName(quiz, user), 32);
    const far = off(option) === 0 ? 'exact' : `${pluralize(off(option), 'year')} off`;
    return `${name}: ${option}, ${far} · ${pluralize(pointsFor(question, option), 'point')}`;
  });
  if (nearest.length > maxNames) lines.push(`and ${nearest.length - maxNames} more`);
  return [right, textDisplay(`**Closest answers**\n${lines.join('\n')}`)];
}

/**
 * In a solo round, the colour says whether the player was right. In a group round, some players may be right and others
 * wrong, so the colour is neutral.
 */
function accentOf({ mode, answers, host }: Quiz, index: number, { right }: Question): number {
  if (mode === 'group') return accents.over;
  return answers[index]?.[host]?.option === right ? accents.right : accents.missed;
}

/** A sentence that says whether the solo player was right. */
function soloResult(quiz: Quiz, index: number, question: Question): string {
  const mine = quiz.answers[index]?.[quiz.host];
  if (mine === undefined) return 'No answer.';
  const said = answerLabel(question, mine.option);
  const points = resultsOf(quiz, index).find(({ user }) => user === quiz.host)?.points ?? 0;
  if (mine.option === question.right) return `Right: you said ${said}.${quizWords.soloPoints(points)}`;
  if (question.kind !== 'closest-year') return `Not this time: you said ${said}.`;
  const off = pluralize(Math.abs(mine.option - question.right), 'year');
  return `You said ${said}: ${off} off, ${pluralize(pointsFor(question, mine.option), 'point')}.`;
}

/**
 * Maximum number of lines of the explanation with its source. If a line has more than 80 characters, it counts as
 * several lines.
 */
const explanationLines = 4;

/**
 * The explanation with its source, and as many of the editor's notes as fit. The card of the entry, which a button
 * opens, has all notes.
 */
function explanationText(question: Question): string {
  const { explanation, recordSource } = question;
  // Notes whose first source is `recordSource` are left out, because the line with the source already has this link.
  const others = question.notes.filter(({ sources }) => !recordSource || sources[0]?.url !== recordSource.url);
  const notes = others.map(({ text, sources }) => {
    const [first] = sources;
    const link = first ? ` (${markdownLink(first.title, first.url)})` : '';
    return `**${cardWords.note}**${first ? '' : ` ${cardWords.ownReading}`}: ${escapePart(firstSentences(text, 0))}${link}`;
  });
  const source = sourceLines(question).join('\n');
  const left = explanationLines - lineCount(message(textDisplay(source)));
  const text = [escapeMarkdown(firstSentences(explanation, 80 * left)), source];
  for (const note of notes)
    if (lineCount(message(textDisplay([...text, note].join('\n')))) <= explanationLines) text.push(note);
  return text.join('\n');
}

/**
 * Says who states the answer. Then come the paragraph numbers of the article, or a link to a source in the public
 * record.
 */
function sourceLines({ kind, label, paragraphs, recordSource }: Question): readonly string[] {
  // Only entries of the article have paragraph numbers. Entries of kind `card` and entries from the public record have
  // none.
  const stated = `${escapePart(label)}${paragraphs.length > 0 ? ` · ${paragraphList(paragraphs)}` : ''}`;
  const link = recordSource === undefined ? '' : ` · ${markdownLink(recordSource.title, recordSource.url)}`;
  // In a question of kind `article-or-record`, the entry is from the article, but the right answer is from the public
  // record.
  if (kind === 'article-or-record' && link !== '')
    return [`-# ${quizWords.answerFromRecord}${link}`, `-# ${quizWords.comparedWith} ${stated}`];
  // In a question of kind `not-said`, the right answer is the only option that is not in the article. Therefore the
  // paragraph numbers belong to the other options.
  const others = kind === 'not-said' && paragraphs.length > 0 ? `${quizWords.otherAnswers} ` : '';
  return [`-# ${others}${stated}${link}`];
}

/** The length of every bar, in characters. */
const barLength = 10;

function shareBar(chosen: number, all: number): string {
  const filled = Math.round((chosen / all) * barLength);
  return `${'█'.repeat(filled)}${'░'.repeat(barLength - filled)} ${chosen} (${percent(chosen, all)})`;
}
