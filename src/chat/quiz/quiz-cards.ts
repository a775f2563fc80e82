/** Rounds as cards. A card is a function of the quiz, so a restart draws it again. The right answer is in no card before its reveal. */
import { missedBy } from '../../core/quiz/transitions.ts';
import type { Question } from '../../core/questions/question.ts';
import { answersTo, answerTime, type Quiz } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { escapeMarkdown, oneLine } from '../message/escape-markdown.ts';
import {
  button,
  type Button,
  buttonStyle,
  container,
  type Container,
  linkButton,
  message,
  type Message,
  row,
  text,
} from '../message/message-components.ts';
import { endCard } from './quiz-end.ts';
import {
  asked,
  choices,
  choicesOver,
  explanation,
  nameOf,
  namesShown,
  placeOf,
  revealed,
  verdict,
} from './quiz-question.ts';
import { count, words } from '../words.ts';

const accents = { lobby: 0x5b6ee1, asking: 0xd9a441, reveal: 0x3f9d63, over: 0x7a7f87 } as const;

/** What stands in the channel (or in the private message of a solo round) at this moment; undefined when nothing does. */
export function quizCard(quiz: Quiz): Message | undefined {
  switch (quiz.phase.name) {
    case 'lobby':
      return lobbyCard(quiz, quiz.phase.endsAt);
    case 'posting':
    case 'asking':
      return questionCard(quiz, quiz.phase.question);
    case 'reveal':
      return revealCard(quiz, quiz.phase.question);
    case 'halted':
      return haltedCard(quiz, quiz.phase.by);
    case 'ended':
      return endCard(quiz);
    case 'paused':
      return quiz.shownIn === 'reply' ? message(text(words.waiting), row(join(quiz))) : undefined;
  }
}

function lobbyCard(quiz: Quiz, endsAt: number): Message {
  const pace = quiz.pace === 'host' ? ` ${words.hostPace}` : '';
  return message(
    container(
      [
        text(lobbyTitle(quiz)),
        text(
          `<@${quiz.host}> invites you to ${count(quiz.questions.length, 'question')}. ${words.styles[quiz.style]} ${quiz.changes && quiz.style !== 'first' ? words.mayChange : words.firstIsFinal}${pace}`,
        ),
        text(`**Players** ${names(quiz)}`),
        text(`Starts ${inSeconds(endsAt)} (15 seconds after the call). You can also join by answering.`),
        row(
          join(quiz),
          button('Start now', customId('quiz', 'start', quiz.id)),
          button('Cancel', customId('quiz', 'cancel', quiz.id)),
        ),
      ],
      accents.lobby,
    ),
  );
}

const lobbyTitle = ({ topic }: Quiz) => `## Quiz round${topic === undefined ? '' : `: ${escapeMarkdown(topic)}`}`;

/** The lobby once the round has begun or was cancelled: the same text without its buttons. */
export function lobbyOver(quiz: Quiz): Message {
  const isCancelled = quiz.phase.name === 'ended' && quiz.phase.why === 'cancelled';
  const place = quiz.parent === undefined ? '' : ` in <#${quiz.channel}>`;
  const begun = `${count(quiz.questions.length, 'question')}, hosted by <@${quiz.host}>. The round has begun${place}.`;
  return message(
    container([text(lobbyTitle(quiz)), text(isCancelled ? words.ended('cancelled') : begun)], accents.over),
  );
}

/** A question that was cut short: without buttons, and without its answer, so that it can be asked again. */
export function questionOver(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  return message(
    container([asked(quiz, index, question), ...choicesOver(question), text(words.cutShort)], accents.over),
  );
}

/** The note with which a round goes on after a restart; undefined where nothing was interrupted. */
export function backAgainCard({ mode, phase }: Quiz): Message | undefined {
  if (mode === 'solo') return undefined;
  if (phase.name === 'lobby') return message(text(words.backInLobby));
  if (phase.name === 'halted' && phase.by === 'restart') return message(text(words.backNext(phase.question + 1)));
  return phase.name === 'asking' ? message(text(words.backAgain(phase.question + 1))) : undefined;
}

/** What is said in the channel when the bot is about to stop. */
export const backSoonCard = (quiz: Quiz): Message =>
  quiz.shownIn === 'reply' ? message(text(words.backSoonHere), row(join(quiz))) : message(text(words.backSoon));

function questionCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  const buttons =
    quiz.mode === 'solo'
      ? [button('End', customId('quiz', 'end', quiz.id))]
      : quiz.pace === 'host'
        ? [controls(quiz)]
        : [];
  return message(
    container(
      [
        ...(quiz.phase.name === 'asking' && quiz.phase.lostAt !== undefined ? [text(words.removedOnce)] : []),
        asked(quiz, index, question),
        ...choices(quiz, index, question),
        text(closingLine(quiz, index)),
        ...(buttons.length > 0 ? [row(...buttons)] : []),
      ],
      accents.asking,
    ),
  );
}

function closingLine(quiz: Quiz, index: number): string {
  const { phase } = quiz;
  const closesAt = phase.name === 'asking' ? phase.closesAt : undefined;
  const all = `${Math.round(answerTime(quiz, index) / 1_000)} seconds`;
  if (quiz.mode === 'solo')
    return closesAt === undefined ? words.noClock : `Closes ${inSeconds(closesAt)} (${all} in all)`;
  if (closesAt === undefined) return `You have ${all} · answers are private`;
  const answered = Object.keys(answersTo(quiz, index)).length;
  return `Closes ${inSeconds(closesAt)} (${all} in all) · ${answered} answered`;
}

function revealCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  const isVoid = quiz.void.includes(index);
  return message(
    container(
      [
        asked(quiz, index, question),
        ...revealed(quiz, index, question),
        ...(quiz.mode === 'solo' ? [text(verdict(quiz, index, question))] : []),
        text(explanation(question)),
        ...(comesAgain(quiz, index) > 0 ? [text(words.onceMore(comesAgain(quiz, index)))] : []),
        ...(quiz.mode === 'group' ? groupLines(quiz, index, question, isVoid) : []),
        ...buttonRow(revealButtons(quiz, index, question)),
      ],
      accents.reveal,
    ),
  );
}

const buttonRow = (buttons: readonly Button[]): Container['components'] =>
  buttons.length > 0 ? [row(...buttons)] : [];

function revealButtons(quiz: Quiz, index: number, question: Question): Button[] {
  const [about] = question.about;
  const card = about === undefined ? [] : [button('Show the card', customId('fact', 'show', about))];
  if (quiz.mode === 'group') return [...card, ...(quiz.pace === 'host' ? [controls(quiz)] : []), ...joinHere(quiz)];
  const last = index + 1 >= quiz.questions.length;
  const missed = comesAgain(quiz, index);
  const label = last && missed === 0 ? 'See the result' : words.next;
  const next = button(label, customId('quiz', 'next', quiz.id, index), buttonStyle.primary);
  return [next, ...card, ...(last && missed === 0 ? [] : [button('End', customId('quiz', 'end', quiz.id))])];
}

/** How many missed questions a solo round asks once more after this one, its last; 0 anywhere else. */
const comesAgain = (quiz: Quiz, index: number): number =>
  quiz.mode === 'solo' && quiz.repeats === 0 && index + 1 === quiz.questions.length
    ? missedBy(quiz, quiz.host).length
    : 0;

/** Who was right, and what else a group should know between two questions. */
function groupLines(
  quiz: Quiz,
  index: number,
  question: Question,
  isVoid: boolean,
): readonly ReturnType<typeof text>[] {
  const answers = Object.entries(answersTo(quiz, index));
  const right = answers.filter(([, { option }]) => option === question.right);
  const inOrder = quiz.style === 'first' ? right.toSorted(([, a], [, b]) => a.at - b.at).slice(0, 1) : right;
  const who = names(
    quiz,
    inOrder.map(([user]) => user),
  );
  const verdict =
    answers.length === 0
      ? words.nobodyAnswered
      : right.length === 0
        ? words.nobodyRight
        : `**${quiz.style === 'first' ? 'First' : 'Right'}** ${who}`;
  const { phase } = quiz;
  const more = [
    ...(quiz.idle === 2 ? [words.idleWarning] : []),
    ...(phase.name === 'reveal' && phase.newHost ? [words.newHost(nameOf(quiz, quiz.host))] : []),
    ...(quiz.hold ? [words.pauseComes] : []),
  ];
  return [text([isVoid ? words.skipped : verdict, ...more].join('\n'))];
}

const join = ({ id }: Quiz) => button('Join', customId('quiz', 'join', id), buttonStyle.primary);

/** Where a round lives on components of its one message, there is always something to press. */
const joinHere = (quiz: Quiz) => (quiz.shownIn === 'reply' ? [join(quiz)] : []);

const controls = ({ id }: Quiz) => button(words.controls, customId('quiz', 'controls', id));

function haltedCard(quiz: Quiz, by: 'host' | 'restart'): Message {
  if (by === 'restart') return backSoonCard(quiz);
  const end = quiz.shownIn === 'reply' ? words.haltedHere : undefined;
  return message(container([text(words.halted(quiz.host, end)), row(controls(quiz), ...joinHere(quiz))], accents.over));
}

/** How a running round stands, for the member who asked. */
export function statusCard(quiz: Quiz): Message {
  const { phase } = quiz;
  const at = 'question' in phase ? placeOf(quiz, phase.question).replace(/^Q/, 'q') : 'in the lobby';
  const link = linkTo(quiz);
  const lines = [
    `**Round${quiz.topic === undefined ? '' : ` on ${escapeMarkdown(quiz.topic)}`}**, ${at}, hosted by <@${quiz.host}>`,
    `**Players** ${names(quiz)}`,
    ...(phase.name === 'paused' ? [words.waiting] : []),
    ...(phase.name === 'halted' ? [words.isHalted] : []),
  ];
  return message(text(lines.join('\n')), ...(link ? [row(link)] : []));
}

/** The way to a running group round; undefined while none of its messages stands. */
export function linkTo({ mode, scope, channel, parent, lobby, phase }: Quiz): Button | undefined {
  const open = 'message' in phase ? phase.message : undefined;
  const place =
    open === undefined ? (lobby === undefined ? undefined : `${parent ?? channel}/${lobby}`) : `${channel}/${open}`;
  return mode === 'group' && place !== undefined
    ? linkButton(words.goThere, `https://discord.com/channels/${scope}/${place}`)
    : undefined;
}

/** Names of players, escaped, at most ten and the number of the rest. */
function names(quiz: Quiz, users: readonly string[] = Object.keys(quiz.players)): string {
  const shown = users.slice(0, namesShown).map((user) => oneLine(nameOf(quiz, user), 32));
  const rest = users.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

const inSeconds = (at: number) => `<t:${Math.round(at / 1_000)}:R>`;
