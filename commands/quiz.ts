import { notice } from '../src/chat/cards.ts';
import {
  type Answer,
  type Call,
  commandGroup,
  maybeText,
  maybeWhole,
  type RoundWish,
  subcommand,
} from '../src/chat/command.ts';
import { suggestTopics, topicNamed } from '../src/chat/look-up.ts';
import { groupReaction, openGroup, openSolo, outcomeInWords, soloReaction } from '../src/chat/quiz-answers.ts';
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
    join: async ([id = ''], { rounds, who, at }) =>
      groupReaction(await rounds.play(id, { type: 'join', user: who.id, name: who.name, at })),
    start: async ([id = ''], { rounds, who, at }) =>
      groupReaction(await rounds.play(id, { type: 'start', user: who.id, at })),
    async cancel([id = ''], { rounds, who, at }) {
      const reaction = await rounds.play(id, { type: 'cancel', user: who.id, at });
      if (reaction.is === 'stepped' && reaction.outcome.is === 'done')
        return { message: notice(words.cancelled), hidden: true };
      return groupReaction(reaction);
    },
    async answer([id = '', question, option], { rounds, who, at }) {
      const reaction = await rounds.play(id, {
        type: 'answer',
        user: who.id,
        name: who.name,
        question: Number(question),
        option: Number(option),
        at,
      });
      return reaction.is === 'stepped' && reaction.quiz.mode === 'solo'
        ? soloReaction(reaction)
        : groupReaction(reaction);
    },
    next: async ([id = '', question], { rounds, who, at }) =>
      soloReaction(await rounds.play(id, { type: 'next', user: who.id, question: Number(question), at })),
    end: async ([id = ''], { rounds, who, at }) =>
      soloReaction(await rounds.play(id, { type: 'stop', user: who.id, moderator: false, at })),
    about: ([id = ''], call) => openSolo({ about: id, questions: 5 }, call),
    resume: ([id = ''], { rounds, who, where }) => {
      const quiz = rounds.soloOf(who.id, where.home);
      return quiz?.id === id
        ? soloReaction({ is: 'stepped', quiz, outcome: { is: 'done' } })
        : { message: notice(words.closedQuestion), hidden: true };
    },
    async new([id = '', topicId, about, number], call) {
      const reaction = await call.rounds.play(id, { type: 'stop', user: call.who.id, moderator: false, at: call.at });
      if (reaction.is === 'stepped' && reaction.outcome.is === 'not-host') return soloReaction(reaction);
      const wish = { ...(topicId && { topic: topicId }), ...(about && { about }), questions: Number(number) };
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

async function stop({ rounds, who, where, at }: Call): Promise<Answer> {
  const solo = rounds.soloOf(who.id, where.home);
  const quiz = rounds.inChannel(where.channel) ?? solo;
  if (!quiz) return { message: notice(words.noRoundToStop), hidden: true };
  const reaction = await rounds.play(quiz.id, { type: 'stop', user: who.id, moderator: who.moderator, at });
  if (reaction.is !== 'stepped') return groupReaction(reaction);
  const { outcome } = reaction;
  if (outcome.is === 'not-host') return { message: notice(words.notHostStop(outcome.host)), hidden: true };
  return { message: notice(outcome.is === 'done' ? words.stopped : outcomeInWords(outcome)), hidden: true };
}
