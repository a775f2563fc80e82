import { notice } from '../src/chat/cards.ts';
import {
  type Answer,
  type Call,
  commandGroup,
  maybeText,
  maybeWhole,
  type Reaction,
  type RoundWish,
  subcommand,
} from '../src/chat/command.ts';
import { suggestTopics, topicNamed } from '../src/chat/look-up.ts';
import {
  askYear,
  giveAnswer,
  giveYear,
  groupReaction,
  openGroup,
  openSolo,
  outcomeInWords,
  soloReaction,
  weakestWish,
  wishFrom,
} from '../src/chat/quiz-answers.ts';
import { statusCard } from '../src/chat/quiz-cards.ts';
import { words } from '../src/chat/words.ts';

const topic = maybeText('Only questions on this topic', { suggest: suggestTopics });
const questions = maybeWhole('How many questions (10)', 3, 25);

export default commandGroup({
  name: 'quiz',
  description: 'Questions on the fact base, together or alone',
  reach: 'server',
  subcommands: {
    group: subcommand({
      description: 'Open a round for everybody in this channel',
      options: { topic, questions, seconds: maybeWhole('Seconds for each question (by its length)', 10, 120) },
      run: (wish, call) => onTopic(wish, call, openGroup),
    }),
    solo: subcommand({
      description: 'Play a round that only you see',
      options: { topic, questions },
      run: (wish, call) => onTopic(wish, call, openSolo),
    }),
    status: subcommand({
      description: 'See how the round in this channel stands',
      run(_, { rounds, where }) {
        const quiz = rounds.inChannel(where.channel);
        return { message: quiz ? statusCard(quiz) : notice(words.noRound), hidden: true };
      },
    }),
    stop: subcommand({
      description: 'Stop the round in this channel, or your own solo round',
      run: (_, call) => stop(call),
    }),
  },
  presses: {
    join: async ([id = ''], call) =>
      groupReaction(
        await call.rounds.play(id, { type: 'join', user: call.who.id, name: call.who.name, at: call.at }, call),
      ),
    start: async ([id = ''], call) =>
      groupReaction(await call.rounds.play(id, { type: 'start', user: call.who.id, at: call.at }, call)),
    async cancel([id = ''], call) {
      const reaction = await call.rounds.play(id, { type: 'cancel', user: call.who.id, at: call.at }, call);
      if (reaction.is === 'stepped' && reaction.outcome.is === 'done')
        return { message: notice(words.cancelled), hidden: true };
      return groupReaction(reaction);
    },
    answer: ([id = '', question, option], call) => giveAnswer(id, Number(question), Number(option), call),
    type: ([id = '', question], call) => askYear(id, Number(question), call),
    year: ([id = '', question], call, fields) => giveYear(id, Number(question), fields, call),
    next: async ([id = '', question], call) =>
      soloReaction(
        await call.rounds.play(id, { type: 'next', user: call.who.id, question: Number(question), at: call.at }, call),
      ),
    end: async ([id = ''], call) => soloReaction(await endSolo(id, call)),
    about: ([id = ''], call) => openSolo({ about: [id], questions: 5 }, call),
    practise: async (_, call) => openSolo(await weakestWish(call), call),
    resume: ([id = ''], { rounds, who, where }) => {
      const quiz = rounds.soloOf(who.id, where.home);
      return quiz?.id === id
        ? soloReaction({ is: 'stepped', quiz, outcome: { is: 'done' } })
        : { message: notice(words.closedQuestion), hidden: true };
    },
    async new([id = '', topicId = '', about = '', number], call) {
      const reaction = await endSolo(id, call);
      if (reaction.is === 'stepped' && reaction.outcome.is === 'not-host') return soloReaction(reaction);
      const wish = await wishFrom(topicId, about, Number(number), call);
      return { ...(await openSolo(wish, call)), replace: true };
    },
  },
});

/** Opens a round on the topic a member named; an unknown one is said to be unknown rather than ignored. */
function onTopic(
  wish: {
    readonly topic: string | undefined;
    readonly questions: number | undefined;
    readonly seconds?: number | undefined;
  },
  call: Call,
  open: (wish: RoundWish, call: Call) => Promise<Answer>,
): Answer | Promise<Answer> {
  const known = wish.topic === undefined ? undefined : topicNamed(wish.topic, call);
  if (wish.topic !== undefined && !known) return { message: notice(words.noSuchTopic(wish.topic)), hidden: true };
  return open(
    {
      questions: wish.questions ?? 10,
      ...(known && { topic: known.id }),
      ...(wish.seconds !== undefined && { seconds: wish.seconds }),
    },
    call,
  );
}

const endSolo = (id: string, call: Call): Promise<Reaction> =>
  call.rounds.play(id, { type: 'stop', user: call.who.id, moderator: false, at: call.at }, call);

async function stop(call: Call): Promise<Answer> {
  const { rounds, who, where, at } = call;
  const solo = rounds.soloOf(who.id, where.home);
  const quiz = rounds.inChannel(where.channel) ?? solo;
  if (!quiz) return { message: notice(words.noRoundToStop), hidden: true };
  const reaction = await rounds.play(quiz.id, { type: 'stop', user: who.id, moderator: who.moderator, at }, call);
  if (reaction.is !== 'stepped') return groupReaction(reaction);
  const { outcome } = reaction;
  if (outcome.is === 'not-host') return { message: notice(words.notHostStop(outcome.host)), hidden: true };
  return {
    message: notice(outcome.is === 'done' ? words.stopped : outcomeInWords(outcome, reaction.quiz)),
    hidden: true,
  };
}
