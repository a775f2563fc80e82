/**
 * A round as it is stored, in plain JSON: settings, players, answers and phase. Fields that older stored rounds lack
 * get default values.
 */
import { z } from 'zod';
import { type Question, questionKinds } from '../questions/question.ts';
import { ownValue } from '../own-value.ts';
import { isObject } from '../type-guards.ts';

/** All durations in milliseconds. */
export const timing = {
  lobby: 15_000,
  /** After a question closes, the round waits this long for presses that were made in time but arrive late. */
  drain: 1_000,
  reveal: 7_000,
  /** Minimum time that a question stays open if all players answer early. */
  earliestClose: 5_000,
  /** After a restart an open question stays open for at least this long. */
  afterRestart: 8_000,
  /** After an outage longer than this the round ends, and its open question does not count. */
  longestOutage: 10 * 60_000,
  /** Delay before the first retry of a failed post. */
  retryPost: 20_000,
  /** A solo round ends after this long without a press. */
  soloKept: 7 * 86_400_000,
  /** A round ends if its question cannot be posted for this long. */
  longestPause: 5 * 60_000,
  /** Timeout of a post: if Discord has not confirmed the post by then, it is retried. */
  postAnswer: 15_000,
  /** Time that the Extend button adds to a question. */
  extension: 15_000,
  /** With `pace: 'host'`, how long a reveal waits for the Next button before the round continues by itself. */
  hostPatience: 5 * 60_000,
  /** A round paused by its host ends after this long. */
  longestHalt: 30 * 60_000,
  /**
   * Estimated delivery time of a card for which Discord gives no timestamp. The clock of the question starts after this
   * delay.
   */
  privateStart: 2_000,
} as const;

/**
 * The round ends after this many consecutive questions without an answer from anybody. A warning is shown one question
 * earlier.
 */
export const idleQuestionsUntilEnd = 3;
/**
 * A player who misses this many consecutive questions is inactive: questions no longer wait for this player, and an
 * inactive host may be replaced.
 */
export const missesUntilInactive = 2;

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
  notes: z.array(z.object({ text: z.string(), sources: z.array(z.object({ title: z.string(), url: z.string() })) })),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]),
});

const player = z.object({
  name: z.string(),
  /** Number of consecutive questions that this player has not answered. */
  misses: z.number(),
});

const given = z.object({
  /** Index into the options of the question, or the year that was typed. */
  option: z.number(),
  at: z.number(),
  /**
   * Time from the opening of the question to the answer, in ms. Only in speed style, and only once the opening time is
   * known.
   */
  took: z.number().optional(),
});

const phase = z.discriminatedUnion('name', [
  z.object({ name: z.literal('lobby'), endsAt: z.number() }),
  /** The question is being posted. `since`: start of this attempt. `stuckSince`: start of the first failed attempt. */
  z.object({
    name: z.literal('posting'),
    question: z.number(),
    since: z.number(),
    stuckSince: z.number().optional(),
  }),
  z.object({
    name: z.literal('asking'),
    question: z.number(),
    /** Absent in a solo round, and while a deleted message is being replaced by a new one. */
    message: z.string().optional(),
    opensAt: z.number(),
    /** Absent in a solo round without a clock. */
    closesAt: z.number().optional(),
    /** When the bot learned that the message was deleted. The question is posted again only once. */
    lostAt: z.number().optional(),
  }),
  z.object({
    name: z.literal('reveal'),
    question: z.number(),
    message: z.string().optional(),
    until: z.number().optional(),
    /** True if the host was idle and another player has become host. */
    newHost: z.boolean().optional(),
  }),
  /**
   * The round waits before `question`, because its host paused it or because of a restart. A round paused by its host
   * ends at `until`.
   */
  z.object({
    name: z.literal('halted'),
    question: z.number(),
    by: z.enum(['host', 'restart']),
    until: z.number().optional(),
  }),
  /** The question could not be posted. Posting is retried at `retryAt`, for five minutes from `since`. */
  z.object({ name: z.literal('paused'), question: z.number(), since: z.number(), retryAt: z.number() }),
  z.object({
    name: z.literal('ended'),
    why: z.enum(['finished', 'stopped', 'cancelled', 'idle', 'refused', 'removed', 'away', 'halted', 'lost', 'quiet']),
    /** Whether the last message of the round (the podium) has been posted. */
    shown: z.boolean(),
  }),
]);

const currentSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  mode: z.enum(['group', 'solo']),
  /**
   * study: all right answers to a question earn the same points. speed: quick answers earn a bonus. first: only the
   * first right answer earns points.
   */
  style: z.enum(['study', 'speed', 'first']).default('study'),
  /** Who moves on to the next question: the clock (`auto`) or the host (`host`). */
  pace: z.enum(['auto', 'host']).default('auto'),
  /** Whether players may change their answers until time is up. If they may, the last answer counts. */
  changes: z.boolean().default(false),
  /**
   * Factor by which the time for each question is multiplied in a solo round. If absent, the solo round has no time
   * limit.
   */
  clock: z.number().optional(),
  /** Key of the leaderboard that the scores belong to: of a server, or of one member's private conversation. */
  scope: z.string(),
  /** Id of the pack that the questions come from. */
  pack: z.string().default(''),
  /**
   * Id of the channel in which the questions are posted: the thread if there is one, otherwise the channel of the
   * command.
   */
  channel: z.string(),
  /** Id of the channel in which the command was used, if the questions are posted in a thread. */
  parent: z.string().optional(),
  /** channel: the round posts new messages. reply: the round edits the reply to its command. */
  shownIn: z.enum(['channel', 'reply']).default('channel'),
  /** Whether a thread for the questions still has to be created. */
  thread: z.boolean().default(false),
  host: z.string(),
  /** Number of consecutive questions during which the host neither answered nor used a host control. */
  hostIdle: z.number().default(0),
  /** Title of the topic. If absent, the questions are about all topics of the pack. */
  topic: z.string().optional(),
  /** Id of the lobby's message; absent until the message is posted. */
  lobby: z.string().optional(),
  /** Seconds for each question. If absent, the time depends on the length of the question. */
  seconds: z.number().optional(),
  questions: z.array(questionSchema),
  /** Number of questions at the end of `questions` that repeat questions which the player missed. */
  repeats: z.number().default(0),
  players: z.record(z.string(), player),
  /** For each question, a map from player id to answer. */
  answers: z.array(z.record(z.string(), given)),
  /** Indexes of void questions, for which nobody gets points. */
  void: z.array(z.number()),
  /** Number of questions whose results have been saved: the questions 0 to settled − 1. */
  settled: z.number(),
  /** Number of consecutive questions without an answer from anybody. */
  idle: z.number(),
  /** Ids of the players who voted to stop the round. */
  votes: z.array(z.string()).default([]),
  /** Whether the round pauses when the current question is over. */
  hold: z.boolean().default(false),
  /** When the round last changed, in ms since the epoch. The length of an outage is measured from this time. */
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
 * Time for a question in ms: `seconds` if set. Otherwise 8 s plus 0.3 s per word, limited to 12–60 s, then multiplied
 * by `clock`.
 */
export function answerTime({ seconds, questions, clock = 1 }: Quiz, question: number): number {
  if (seconds !== undefined) return seconds * 1_000;
  const asked = questions[question];
  const words = asked ? [asked.ask, ...asked.options].join(' ').split(/\s+/).length : 0;
  return Math.round(clock * Math.min(60_000, Math.max(12_000, 8_000 + 300 * words)));
}

/** The answers to a question; empty if there is no such question. */
export const answersTo = ({ answers }: Quiz, question: number): Quiz['answers'][number] => answers[question] ?? {};

/** The answer of `user` to a question; undefined if there is none. */
export function answerBy(quiz: Quiz, question: number, user: string): Quiz['answers'][number][string] | undefined {
  return ownValue(answersTo(quiz, question), user);
}

export function postQuestion(quiz: Quiz, question: number, at: number): Quiz {
  return { ...quiz, phase: { name: 'posting', question, since: at } };
}

export function endRound(quiz: Quiz, why: EndReason): Quiz {
  // The last card of a solo round is sent as the reply to the player's press. In a group round it still has to be
  // posted.
  return { ...quiz, phase: { name: 'ended', why, shown: quiz.mode === 'solo' } };
}

/** Marks the open question of a group round as void. It was interrupted, so nobody gets points for it. */
export function voidOpenQuestion(quiz: Quiz): Quiz {
  const { phase } = quiz;
  const open = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
  return open && quiz.mode === 'group' ? { ...quiz, void: [...quiz.void, phase.question] } : quiz;
}
