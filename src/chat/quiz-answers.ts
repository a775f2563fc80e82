/** What a round answers to the member who opened it, pressed a button of it or asked about it. */
import { readYear } from '../core/questions/answers.ts';
import type { Outcome, Quiz } from '../core/quiz.ts';
import { notice } from './cards.ts';
import { type Answer, type Call, type Opened, pressId, type Reaction, type Reply, type RoundWish } from './command.ts';
import { button, buttonStyle, type Message, message, row, text } from './message.ts';
import type { Fields } from './modal.ts';
import { weakFacts } from './profile.ts';
import { quizCard } from './quiz-cards.ts';
import { answerInWords, yearForm } from './quiz-question.ts';
import { words } from './words.ts';

const hiddenNotice = (sentence: string): Reply => ({ message: notice(sentence), hidden: true });

/** The lobby in the channel, or a private word on why there is none. */
export async function openGroup(wish: RoundWish, call: Call): Promise<Reply> {
  if (call.where.guild === undefined) return hiddenNotice(words.groupNeedsServer);
  if (call.where.lacks.length > 0) return hiddenNotice(words.lacks(call.where.lacks));
  const opened = await call.rounds.openGroup(wish, call);
  if (opened.is === 'running') {
    const { quiz } = opened;
    return {
      message: message(
        text(words.roundRunning(quiz.host)),
        row(button('Join', pressId('quiz', 'join', quiz.id), buttonStyle.primary)),
      ),
      hidden: true,
    };
  }
  if (opened.is !== 'opened') return refusal(opened);
  const { quiz } = opened;
  return {
    message: withNote(quizCard(quiz), opened),
    sent: async (id) => {
      await call.rounds.play(quiz.id, { type: 'shown', message: id, at: call.at }, call);
    },
  };
}

/** The first question for the member alone; with an unfinished round, the choice between the two. */
export async function openSolo(wish: RoundWish, call: Call): Promise<Reply> {
  const open = call.rounds.soloOf(call.who.id, call.where.home);
  if (open) return { message: resumeOrNew(open, wish), hidden: true };
  const opened = await call.rounds.openSolo(wish, call);
  if (opened.is !== 'opened') return refusal(opened);
  return { message: withNote(quizCard(opened.quiz), opened), hidden: true };
}

function refusal(opened: Exclude<Opened, { is: 'opened' }>): Reply {
  switch (opened.is) {
    case 'no-questions':
      return hiddenNotice(words.noQuestions);
    case 'enough-rounds':
      return hiddenNotice(words.enoughRounds);
    case 'stopping':
      return hiddenNotice(words.stopping);
    case 'running':
      return hiddenNotice(words.roundRunning(opened.quiz.host));
  }
}

function withNote(card: Message | undefined, { quiz, fewer }: Extract<Opened, { is: 'opened' }>): Message {
  const parts = card?.components ?? [];
  return fewer ? message(text(`-# ${words.fewer(quiz.questions.length)}`), ...parts) : message(...parts);
}

/** In a button, in place of an entry's id: whatever the member knows least by then. */
const weakestMark = '*';

/** What to open for the arguments of a New button. */
export async function wishFrom(topic: string, about: string, questions: number, call: Call): Promise<RoundWish> {
  if (about === weakestMark) return weakestWish(call);
  return { ...(topic && { topic }), ...(about && { about: [about] }), questions };
}

/** A round on the facts a member knows least. */
export async function weakestWish({ scores, facts, who, where }: Call): Promise<RoundWish> {
  const member = await scores.member(where.home, who.id);
  const about = member ? weakFacts(member, facts).map(({ entry }) => entry.id) : [];
  return { about, weakest: true, questions: 5 };
}

function resumeOrNew(quiz: Quiz, { topic = '', about = [], weakest, questions }: RoundWish): Message {
  const at = 'question' in quiz.phase ? quiz.phase.question + 1 : 1;
  return message(
    text(words.unfinished(at, quiz.questions.length)),
    row(
      button('Resume', pressId('quiz', 'resume', quiz.id), buttonStyle.primary),
      button('New', pressId('quiz', 'new', quiz.id, topic, weakest ? weakestMark : (about[0] ?? ''), questions)),
    ),
  );
}

/** One answer to question `index`, as a number that stands for it. */
export async function giveAnswer(id: string, question: number, option: number, call: Call): Promise<Reply> {
  const { who, at } = call;
  const reaction = await call.rounds.play(
    id,
    { type: 'answer', user: who.id, name: who.name, question, option, at },
    call,
  );
  return reaction.is === 'stepped' && reaction.quiz.mode === 'solo' ? soloReaction(reaction) : groupReaction(reaction);
}

/** The form to type a year in, while that can still be answered. */
export function askYear(id: string, question: number, { rounds, who }: Call): Answer {
  const quiz = rounds.byId(id);
  const isOpen = quiz && 'question' in quiz.phase && quiz.phase.question === question && quiz.phase.name !== 'reveal';
  if (!isOpen) return hiddenNotice(words.closedQuestion);
  if (quiz.mode === 'solo' && quiz.host !== who.id) return hiddenNotice(words.notYours);
  const before = quiz.answers[question]?.[who.id];
  return before ? hiddenNotice(words.final(String(before.option))) : { modal: yearForm(id, question) };
}

/** The year that was typed is the answer; what is no year is said so and may be typed again. */
export async function giveYear(id: string, question: number, { year: typed = '' }: Fields, call: Call): Promise<Reply> {
  const year = readYear(String(typed));
  return year === undefined ? hiddenNotice(words.noYear(String(typed))) : giveAnswer(id, question, year, call);
}

/** The outcome of a press in a group round, privately. */
export function groupReaction(reaction: Reaction): Reply {
  if (reaction.is === 'unknown') return hiddenNotice(words.closedQuestion);
  if (reaction.is === 'resuming') return hiddenNotice(words.resuming);
  return hiddenNotice(outcomeInWords(reaction.outcome, reaction.quiz));
}

/** The solo round's next state in the place of the pressed message; anybody else is turned away. */
export function soloReaction(reaction: Reaction): Reply {
  if (reaction.is !== 'stepped') return groupReaction(reaction);
  const { quiz, outcome } = reaction;
  if (outcome.is === 'not-yours' || outcome.is === 'not-host') return hiddenNotice(words.notYours);
  return { message: quizCard(quiz) ?? notice(words.closedQuestion), replace: true };
}

/** An outcome as the sentence its member reads. */
export function outcomeInWords(outcome: Outcome, { questions }: Quiz): string {
  const said = (given: { readonly question: number; readonly option: number }) =>
    answerInWords(questions[given.question], given.option);
  switch (outcome.is) {
    case 'done':
      return words.started;
    case 'joined':
      return outcome.already ? words.joinedAlready : words.joined;
    case 'locked':
      return words.locked(said(outcome), outcome.elapsed);
    case 'same':
      return words.same(said(outcome));
    case 'final':
      return words.final(said(outcome));
    case 'too-late':
      return words.tooLate(outcome.by);
    case 'closed':
      return words.closedQuestion;
    case 'not-host':
      return words.notHost(outcome.host);
    case 'not-yours':
      return words.notYours;
  }
}
