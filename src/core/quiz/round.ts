/**
 * The schema of a stored round: settings, players, answers and phase, as plain JSON. Rounds that were stored by older
 * versions may lack some fields. Missing fields get their default values.
 */
import { z } from 'zod';
import { reductions } from '../scores/fair-points.ts';
import { type Question, questionKinds } from '../questions/question.ts';
import { ownValue } from '../own-value.ts';
import { isObject } from '../type-guards.ts';

const sourceSchema = z.object({ title: z.string(), url: z.string() });

const questionSchema: z.ZodType<Question> = z.object({
  id: z.string(),
  kind: z.enum(questionKinds),
  about: z.array(z.string()),
  ask: z.string(),
  options: z.array(z.string()),
  right: z.number(),
  explanation: z.string(),
  voice: z.string(),
  label: z.string(),
  paragraphs: z.array(z.number()),
  notes: z.array(z.object({ text: z.string(), sources: z.array(sourceSchema) })),
  recordSource: sourceSchema.optional(),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]),
});

const player = z.object({
  name: z.string(),
  /** Number of consecutive questions that this player has missed, counted back from the latest question. */
  misses: z.number(),
});

const answerSchema = z.object({
  /** The index of the chosen option. If the question asks for a typed year, this is the typed year. */
  option: z.number(),
  at: z.number(),
  /**
   * Time from the opening of the question to the answer, in ms. Set only in style `speed`, and only if the opening time
   * is known.
   */
  took: z.number().optional(),
  /** Decides the order of answers with the same timestamp. */
  tie: z.number().optional(),
});

const phase = z.discriminatedUnion('name', [
  z.object({ name: z.literal('lobby'), endsAt: z.number() }),
  /**
   * The question is being posted. `since`: when the current attempt began. `stuckSince`: when the first failed attempt
   * began.
   */
  z.object({
    name: z.literal('posting'),
    question: z.number(),
    since: z.number(),
    stuckSince: z.number().optional(),
  }),
  z.object({
    name: z.literal('asking'),
    question: z.number(),
    /**
     * Id of the question's message. Absent in a solo round. In a group round, absent while a deleted message is being
     * posted again.
     */
    message: z.string().optional(),
    opensAt: z.number(),
    /** Absent in a solo round without a time limit. */
    closesAt: z.number().optional(),
    /** When the bot learned that the message was deleted. A deleted message is posted again only once. */
    lostAt: z.number().optional(),
  }),
  z.object({
    name: z.literal('reveal'),
    question: z.number(),
    message: z.string().optional(),
    until: z.number().optional(),
    /** True if another player has become host because the previous host was idle. */
    newHost: z.boolean().optional(),
  }),
  /**
   * The round waits before the question with the index `question`. `by` is `host` if the host paused the round, and
   * `restart` if the round waits for the process to restart. A round that the host paused ends at the time `until`,
   * unless it is continued before.
   */
  z.object({
    name: z.literal('halted'),
    question: z.number(),
    by: z.enum(['host', 'restart']),
    until: z.number().optional(),
  }),
  /**
   * The question could not be posted. `since`: when the first failed attempt began. `retryAt`: when the next attempt
   * begins. After five minutes of failures the round ends.
   */
  z.object({ name: z.literal('paused'), question: z.number(), since: z.number(), retryAt: z.number() }),
  z.object({
    name: z.literal('ended'),
    why: z.enum([
      'finished',
      'stopped',
      'cancelled',
      'idle',
      'refused',
      'blocked',
      'removed',
      'away',
      'halted',
      'lost',
      'locked',
      'quiet',
    ]),
    /** Whether the last message of the round (the podium) has been posted. */
    shown: z.boolean(),
    /** Index of the question that was open when the round ended. Only in group rounds. */
    cutShort: z.number().optional(),
  }),
]);

const currentSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  mode: z.enum(['group', 'solo']),
  /**
   * How answers earn points.
   *
   * - `study`: all right answers to a question earn the same points.
   * - `speed`: quick right answers earn a bonus.
   * - `first`: only the first right answer earns points.
   */
  style: z.enum(['study', 'speed', 'first']).default('study'),
  /** What starts the next question. auto: a timer. host: the host presses "Next". */
  pace: z.enum(['auto', 'host']).default('auto'),
  /** Whether a player may change an answer until time is up. If so, the player's last answer is used. */
  changes: z.boolean().default(false),
  /**
   * Factor by which the answer time is multiplied in a solo round. A solo round without this factor has no time limit.
   */
  clock: z.number().optional(),
  /**
   * Key of the leaderboard to which the scores are added. Each server has one leaderboard. Each private conversation of
   * a member with the bot also has one leaderboard.
   */
  scope: z.string(),
  /** Id of the pack that the questions come from. */
  pack: z.string().default(''),
  /**
   * Id of the channel or thread in which the questions are posted. If there is no thread, this is the channel in which
   * the command was used.
   */
  channel: z.string(),
  /** Id of the channel in which the command was used. Set only if the questions are posted in a thread. */
  parent: z.string().optional(),
  /**
   * channel: the round posts new messages in its channel. reply: the round shows everything by editing one message,
   * such as the reply to its command.
   */
  shownIn: z.enum(['channel', 'reply']).default('channel'),
  /**
   * Whether a thread for the questions is still to be created. Stays true if the thread cannot be created.
   */
  thread: z.boolean().default(false),
  host: z.string(),
  /** Number of consecutive questions during which the host neither answered nor used a host control. */
  hostIdle: z.number().default(0),
  /** Title of the topic that all questions are about. Absent if the questions may be about any topic of the pack. */
  topic: z.string().optional(),
  /**
   * Id of the message with the lobby. Absent until this message is posted. If the round is shown in a single message,
   * this is the id of the single message.
   */
  lobby: z.string().optional(),
  /** Answer time for each question in seconds. If absent, the answer time depends on the length of the question. */
  seconds: z.number().optional(),
  questions: z.array(questionSchema),
  /** The last `repeats` items of `questions` are repetitions of questions that the solo player missed. */
  repeats: z.number().default(0),
  players: z.record(z.string(), player),
  /** The answers to each question, as a map from player id to answer. */
  answers: z.array(z.record(z.string(), answerSchema)),
  /** Indexes of void questions, for which nobody gets points. A question is void if it was skipped or interrupted. */
  void: z.array(z.number()),
  /** Number of questions whose results have been saved. Results are saved in the order of the questions. */
  settled: z.number(),
  /**
   * The answers that earned less than their full points on the leaderboards. The list contains only answers whose
   * results have been saved.
   */
  reduced: z.array(z.object({ question: z.number(), user: z.string(), reduction: z.enum(reductions) })).default([]),
  /** Number of consecutive questions that nobody answered. */
  idle: z.number(),
  /** Number of questions that were left out because the AutoMod of the server blocked them. */
  blocked: z.number().default(0),
  /** Ids of the players who voted to stop the round. */
  votes: z.array(z.string()).default([]),
  /** True if the host has asked to pause the round after the current question. */
  hold: z.boolean().default(false),
  /**
   * When the round last changed, in ms since the epoch. After a restart, the outage is assumed to have begun at this
   * time, or at the time `downSince` of the event `resumed`, whichever is later.
   */
  at: z.number(),
  phase,
});

/** Old name of a stored field → its current name. */
const earlierNames: Readonly<Record<string, string>> = { home: 'scope', stage: 'shownIn' };

export const quizSchema = z.preprocess(
  (value) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, field]) => [earlierNames[name] ?? name, field]))
      : value,
  currentSchema,
);

export type Quiz = Readonly<z.output<typeof quizSchema>>;
export type Phase = Quiz['phase'];
export type EndReason = Extract<Phase, { name: 'ended' }>['why'];
export type Style = Quiz['style'];
export type Pace = Quiz['pace'];

/**
 * Minimum and maximum answer time in ms for a question whose answer time depends on its length. The answer time is
 * first limited to this range and then multiplied by the factor `clock`.
 */
export const answerTimeRange = { min: 12_000, max: 60_000 } as const;

/**
 * The answer time of a question in ms. If `seconds` is set, this is the answer time. Otherwise the answer time is 8 s
 * plus 0.3 s per word, limited to {@link answerTimeRange} and then multiplied by `clock`.
 */
export function answerTime({ seconds, questions, clock = 1 }: Quiz, question: number): number {
  if (seconds !== undefined) return seconds * 1_000;
  const asked = questions[question];
  const byLength = 8_000 + 300 * (asked ? wordCount(asked) : 0);
  return Math.round(clock * Math.min(answerTimeRange.max, Math.max(answerTimeRange.min, byLength)));
}

/** The number of words of a question and its options. */
export const wordCount = ({ ask, options }: Pick<Quiz['questions'][number], 'ask' | 'options'>): number =>
  [ask, ...options].join(' ').split(/\s+/).length;

/** The answers to a question. Empty if the round has no such question. */
export const answersTo = ({ answers }: Quiz, question: number): Quiz['answers'][number] => answers[question] ?? {};

/** The answer that `user` gave to a question. Undefined if `user` gave no answer. */
export function answerBy(quiz: Quiz, question: number, user: string): Quiz['answers'][number][string] | undefined {
  return ownValue(answersTo(quiz, question), user);
}

export function postQuestion(quiz: Quiz, question: number, at: number): Quiz {
  return { ...quiz, phase: { name: 'posting', question, since: at } };
}

/**
 * Index of the question that is open or being posted. Undefined if there is no such question. Only the message of this
 * question may have buttons.
 */
export const openQuestion = (phase: Phase): number | undefined =>
  phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused' ? phase.question : undefined;

export function endRound(quiz: Quiz, why: EndReason): Quiz {
  // In a solo round, the reply to the player's button press is the last message. In a group round, the last message
  // must still be posted.
  if (quiz.mode === 'solo') return { ...quiz, phase: { name: 'ended', why, shown: true } };
  const cutShort = why === 'finished' ? undefined : openQuestion(quiz.phase);
  return { ...quiz, phase: { name: 'ended', why, shown: false, ...(cutShort !== undefined && { cutShort }) } };
}

/** Index of the question that the end of a group round interrupted. Undefined if no question was open. */
export const cutShortQuestion = ({ phase }: Quiz): number | undefined =>
  phase.name === 'ended' ? phase.cutShort : undefined;

/**
 * Marks the open question of a group round as void, because the question was interrupted. Nobody gets points for a void
 * question.
 */
export function voidOpenQuestion(quiz: Quiz): Quiz {
  const question = openQuestion(quiz.phase);
  return question !== undefined && quiz.mode === 'group' ? { ...quiz, void: [...quiz.void, question] } : quiz;
}
