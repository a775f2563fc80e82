/** Rounds as cards. A card is a function of the quiz, so a restart draws it again. The right answer is in no card before its reveal. */
import type { Question } from '../core/questions/question.ts';
import { answerTime, type Quiz } from '../core/quiz.ts';
import { resultsOf } from '../core/scoring.ts';
import { pressId } from './command.ts';
import { brief, placeInWords, plain } from './markdown.ts';
import { type Button, button, buttonStyle, container, type Message, message, row, separator, text } from './message.ts';
import { asked, choices, choicesOver, explanation, namesShown, revealed, verdict } from './quiz-question.ts';
import { count, words } from './words.ts';

const accents = { lobby: 0x5b6ee1, asking: 0xd9a441, reveal: 0x3f9d63, ended: 0x7a7f87 } as const;

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
    case 'ended':
      return endCard(quiz);
    case 'paused':
      return undefined;
  }
}

function lobbyCard(quiz: Quiz, endsAt: number): Message {
  const players = Object.values(quiz.players).map(({ name }) => name);
  return message(
    container(
      [
        text(`## Quiz round${quiz.topic === undefined ? '' : `: ${plain(quiz.topic)}`}`),
        text(
          `<@${quiz.host}> invites you to ${count(quiz.questions.length, 'question')}. Everybody answers privately with the buttons; your first answer is final, and whoever is right gets the same points.`,
        ),
        text(`**Players** ${names(players)}`),
        text(`Starts ${inSeconds(endsAt)} (15 seconds after the call). You can also join by answering.`),
        row(
          button('Join', pressId('quiz', 'join', quiz.id), buttonStyle.primary),
          button('Start now', pressId('quiz', 'start', quiz.id)),
          button('Cancel', pressId('quiz', 'cancel', quiz.id)),
        ),
      ],
      accents.lobby,
    ),
  );
}

/** The lobby once the round has begun or was cancelled: the same text without its buttons. */
export function lobbyOver(quiz: Quiz): Message {
  const called = quiz.phase.name === 'ended' && quiz.phase.why === 'cancelled';
  return message(
    container(
      [
        text(`## Quiz round${quiz.topic === undefined ? '' : `: ${plain(quiz.topic)}`}`),
        text(
          called
            ? words.ended('cancelled')
            : `${count(quiz.questions.length, 'question')}, hosted by <@${quiz.host}>. The round has begun.`,
        ),
      ],
      accents.ended,
    ),
  );
}

/** A question that was cut short: without buttons, and without its answer, so that it can be asked again. */
export function questionOver(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  return message(
    container([asked(quiz, index, question), ...choicesOver(question), text(words.cutShort)], accents.ended),
  );
}

/** The note with which a round goes on after a restart; undefined where nothing was interrupted. */
export function backAgainCard({ mode, phase }: Quiz): Message | undefined {
  if (mode === 'solo') return undefined;
  if (phase.name === 'lobby') return message(text(words.backInLobby));
  return phase.name === 'asking' ? message(text(words.backAgain(phase.question + 1))) : undefined;
}

function questionCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  const { phase } = quiz;
  const answered = Object.keys(quiz.answers[index] ?? {}).length;
  const closing =
    quiz.mode === 'solo'
      ? 'Take your time; no clock is running.'
      : phase.name === 'asking' && phase.closesAt !== undefined
        ? `Closes ${inSeconds(phase.closesAt)} (${Math.round(answerTime(quiz, index) / 1_000)} seconds in all) · ${answered} answered`
        : `You have ${Math.round(answerTime(quiz, index) / 1_000)} seconds · answers are private`;
  return message(
    container(
      [
        asked(quiz, index, question),
        ...choices(quiz, index, question),
        text(closing),
        ...(quiz.mode === 'solo' ? [row(button('End', pressId('quiz', 'end', quiz.id)))] : []),
      ],
      accents.asking,
    ),
  );
}

function revealCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question) return endCard(quiz);
  const answers = Object.entries(quiz.answers[index] ?? {});
  const right = answers.filter(([, { option }]) => option === question.right);
  return message(
    container(
      [
        asked(quiz, index, question),
        ...revealed(quiz, index, question),
        ...(quiz.mode === 'solo' ? [text(verdict(quiz, index, question))] : []),
        text(explanation(question)),
        ...(quiz.mode === 'group'
          ? [
              text(
                whoWasRight(
                  quiz,
                  right.map(([user]) => user),
                  answers.length,
                ),
              ),
            ]
          : []),
        row(...revealButtons(quiz, index, question)),
      ],
      accents.reveal,
    ),
  );
}

function revealButtons(quiz: Quiz, index: number, question: Question): Button[] {
  const [about] = question.about;
  const card = about === undefined ? [] : [button('Show the card', pressId('fact', 'show', about))];
  if (quiz.mode === 'group') return card;
  const last = index + 1 >= quiz.questions.length;
  const next = button(last ? 'See the result' : 'Next', pressId('quiz', 'next', quiz.id, index), buttonStyle.primary);
  return [next, ...card, ...(last ? [] : [button('End', pressId('quiz', 'end', quiz.id))])];
}

function whoWasRight(quiz: Quiz, right: readonly string[], answered: number): string {
  const people = right.map((user) => quiz.players[user]?.name ?? user);
  const idle = quiz.idle === 2 ? `\n${words.idleWarning}` : '';
  if (answered === 0) return `Nobody answered.${idle}`;
  return right.length === 0 ? 'Nobody had it right.' : `**Right** ${names(people)}`;
}

/** The podium of a group round, the summary of a solo one. */
function endCard(quiz: Quiz): Message {
  const why = quiz.phase.name === 'ended' ? quiz.phase.why : 'finished';
  const tallies = new Map<string, { points: number; right: number; answered: number }>();
  for (const index of quiz.questions.keys())
    for (const { user, points, right } of resultsOf(quiz, index)) {
      const before = tallies.get(user) ?? { points: 0, right: 0, answered: 0 };
      tallies.set(user, {
        points: before.points + points,
        right: before.right + (right ? 1 : 0),
        answered: before.answered + 1,
      });
    }
  const ranked = [...tallies].toSorted(([, a], [, b]) => b.points - a.points);
  let place = 0;
  const lines = ranked.map(([user, { points, right, answered }], position) => {
    if (points !== ranked[position - 1]?.[1].points) place = position + 1;
    const share = `${right} of ${answered} right`;
    // Practice pays each question once a week, so a solo round states what was right rather than points.
    if (quiz.mode === 'solo') return `**${share}**`;
    return `${placeInWords(place)} **${brief(quiz.players[user]?.name ?? user, 32)}** · ${count(points, 'point')} · ${share}`;
  });
  const shown = lines.slice(0, namesShown);
  if (lines.length > shown.length) shown.push(`and ${lines.length - shown.length} more`);
  const hardest = hardestQuestion(quiz);
  return message(
    container(
      [
        text(`## ${quiz.mode === 'solo' ? 'Your round' : 'Podium'}\n${words.ended(why)}`),
        text(shown.length > 0 ? shown.join('\n') : words.nobodyScored),
        ...(hardest === undefined || quiz.mode === 'solo'
          ? []
          : [
              separator(),
              text(
                `**Hardest question** ${plain(hardest.question.ask)} (${hardest.right} of ${hardest.answered} right)`,
              ),
            ]),
      ],
      accents.ended,
    ),
  );
}

/** How a running round stands, for the member who asked. */
export function statusCard(quiz: Quiz): Message {
  const { phase } = quiz;
  const at = 'question' in phase ? `question ${phase.question + 1} of ${quiz.questions.length}` : 'in the lobby';
  const players = Object.values(quiz.players).map(({ name }) => name);
  const lines = [
    `**Round${quiz.topic === undefined ? '' : ` on ${plain(quiz.topic)}`}**, ${at}, hosted by <@${quiz.host}>`,
    `**Players** ${names(players)}`,
    ...(phase.name === 'paused' ? ['Waiting until the bot can post in this channel again.'] : []),
  ];
  return message(text(lines.join('\n')));
}

function hardestQuestion(quiz: Quiz) {
  let hardest: { question: Question; right: number; answered: number } | undefined;
  for (const [index, question] of quiz.questions.entries()) {
    const results = resultsOf(quiz, index);
    const right = results.filter((result) => result.right).length;
    const share = right / results.length;
    if (results.length > 0 && share < 1 && (!hardest || share < hardest.right / hardest.answered))
      hardest = { question, right, answered: results.length };
  }
  return hardest;
}

/** Names of players, escaped, at most ten and the number of the rest. */
function names(people: readonly string[]): string {
  const shown = people.slice(0, namesShown).map((name) => brief(name, 32));
  const rest = people.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

const inSeconds = (at: number) => `<t:${Math.round(at / 1_000)}:R>`;
