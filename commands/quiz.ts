import { notice } from '../src/chat/cards/cards.ts';
import {
  type Answer,
  type Call,
  commandGroup,
  maybeOneOf,
  maybeText,
  maybeWhole,
  type Press,
  type Reaction,
  type RoundWish,
  subcommand,
} from '../src/chat/command.ts';
import { suggestTopics, topicNamed } from '../src/chat/cards/look-up.ts';
import {
  askYear,
  control,
  controls,
  giveAnswer,
  giveYear,
  groupReaction,
  misses,
  openGroup,
  openSolo,
  outcomeInWords,
  renewing,
  results,
  soloReaction,
  weakestWish,
  wishFrom,
} from '../src/chat/quiz/quiz-answers.ts';
import { statusCard } from '../src/chat/quiz/quiz-cards.ts';
import { controlNames } from '../src/chat/quiz/quiz-panel.ts';
import { words } from '../src/chat/words.ts';

/** Questions of a round when nobody says how many. */
const usual = 10;
const topic = maybeText('Only questions on this topic', { suggest: suggestTopics });
const questions = maybeWhole('How many questions (10)', 3, 25);

export default commandGroup({
  name: 'quiz',
  description: 'Questions on the fact base, together or alone',
  reach: 'server',
  subcommands: {
    group: subcommand({
      description: 'Open a round for everybody in this channel',
      options: {
        topic,
        questions,
        seconds: maybeWhole('Seconds for each question (by its length)', 10, 120),
        style: maybeOneOf('What brings points (study)', {
          study: 'Study: whoever is right gets the same',
          speed: 'Speed: a bonus for being quick',
          first: 'First: a race, one wrong answer and you are out',
        }),
        pace: maybeOneOf('Who brings the next question (auto)', {
          auto: 'Auto: the clock',
          host: 'Host: you, with Next',
        }),
        thread: maybeOneOf('Whether to play in a thread (auto)', {
          auto: 'Auto: where it is allowed',
          yes: 'Yes',
          no: 'No, in this channel',
        }),
      },
      run: ({ seconds, style, pace, thread, ...wish }, call) =>
        onTopic(wish, call, (about) =>
          openGroup(
            {
              ...about,
              inThread: thread,
              ...(seconds !== undefined && { seconds }),
              ...(style !== undefined && { style }),
              ...(pace !== undefined && { pace }),
            },
            call,
          ),
        ),
    }),
    solo: subcommand({
      description: 'Play a round that only you see',
      options: {
        topic,
        questions,
        timed: maybeOneOf('Whether to play against the clock (no)', { no: 'No', yes: 'Yes' }),
      },
      run: ({ timed, ...wish }, call) =>
        onTopic(wish, call, (about) => openSolo({ ...about, timed: timed === 'yes' }, call)),
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
  presses: Object.fromEntries(Object.entries(presses()).map(([name, press]) => [name, renewed(press)])),
});

/** What the buttons and forms do, apart from what a press on a round in one message does for that round. */
function presses(): Readonly<Record<string, Press>> {
  return {
    join: async ([id = ''], call) =>
      groupReaction(
        await call.rounds.play(id, { type: 'join', user: call.who.id, name: call.who.name, at: call.at }, call),
      ),
    start: async ([id = ''], call) =>
      groupReaction(await call.rounds.play(id, { type: 'start', ...presser(call) }, call)),
    async cancel([id = ''], call) {
      const reaction = await call.rounds.play(id, { type: 'cancel', ...presser(call) }, call);
      if (reaction.is === 'stepped' && reaction.outcome.is === 'done')
        return { message: notice(words.cancelled), hidden: true };
      return groupReaction(reaction);
    },
    answer: ([id = '', question, option], call) => giveAnswer(id, Number(question), Number(option), call),
    type: ([id = '', question], call) => askYear(id, Number(question), call),
    year: ([id = '', question], call, fields) => giveYear(id, Number(question), fields, call),
    next: async ([id = '', question], call) =>
      soloReaction(await call.rounds.play(id, { type: 'next', question: Number(question), ...presser(call) }, call)),
    end: async ([id = ''], call) => soloReaction(await endSolo(id, call)),
    about: ([id = ''], call) => openSolo({ about: [id], questions: 5 }, call),
    practise: async (_, call) => openSolo(await weakestWish(call), call),
    resume: ([id = ''], call) => {
      const quiz = call.rounds.resumeSolo(id, call);
      return quiz
        ? soloReaction({ is: 'stepped', quiz, outcome: { is: 'done' } })
        : { message: notice(words.newRoundHint), hidden: true };
    },
    again: (_, call) => openGroup({ questions: usual }, call),
    results: ([id = ''], call) => results(id, call),
    misses: ([id = '', channel = '', from], call) => misses(id, channel, Number(from), call),
    controls: ([id = ''], call) => controls(id, call),
    control([pressed, id = '', question], call) {
      const name = controlNames.find((one) => one === pressed);
      return name ? control(name, id, Number(question), call) : { message: notice(words.oldButton), hidden: true };
    },
    async new([id = '', topicId = '', about = '', number, timed], call) {
      const reaction = await endSolo(id, call);
      if (reaction.is === 'stepped' && reaction.outcome.is === 'not-host') return soloReaction(reaction);
      const wish = await wishFrom(topicId, about, Number(number), call);
      return { ...(await openSolo({ ...wish, timed: timed === 'timed' }, call)), replace: true };
    },
  };
}

/** The same press; on a round in one message it may be answered with the card. */
function renewed(press: Press): Press {
  return async (args, call, fields) => {
    const answer = await press(args, call, fields);
    return 'modal' in answer ? answer : renewing(args[0] ?? '', answer, call);
  };
}

/** Opens a round on the topic a member named; an unknown one is said to be unknown rather than ignored. */
function onTopic(
  wish: { readonly topic: string | undefined; readonly questions: number | undefined },
  call: Call,
  open: (wish: RoundWish) => Promise<Answer>,
): Answer | Promise<Answer> {
  const known = wish.topic === undefined ? undefined : topicNamed(wish.topic, call);
  if (wish.topic !== undefined && !known) return { message: notice(words.noSuchTopic(wish.topic)), hidden: true };
  return open({ questions: wish.questions ?? usual, ...(known && { topic: known.id }) });
}

const presser = ({ who, at }: Call) => ({ user: who.id, moderator: who.moderator, at });

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
  if (outcome.is === 'voted') return { message: notice(words.voted(who.name, outcome.votes, outcome.needed)) };
  return {
    message: notice(outcome.is === 'done' ? words.stopped : outcomeInWords(outcome, reaction.quiz)),
    hidden: true,
  };
}
