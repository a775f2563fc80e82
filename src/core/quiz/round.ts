/** A round as it is stored: its settings, what has happened, and its phase. Plain JSON. Older rounds are read with defaults. */
import { z } from 'zod';
import { type Question, questionKinds } from '../questions/question.ts';
import { ownValue } from '../own-value.ts';
import { isObject } from '../type-guards.ts';

/** All durations in milliseconds. */
export const timing = {
  lobby: 15_000,
  /** How long after closing a press is still accepted that was made in time and arrives late. */
  drain: 1_000,
  reveal: 7_000,
  /** A question stays open at least this long, even when everybody has answered. */
  earliestClose: 5_000,
  /** The least time that a question has left after a restart. */
  afterRestart: 8_000,
  /** After a longer outage the open question is void. */
  longestOutage: 10 * 60_000,
  /** The first wait after a post that failed. */
  retryPost: 20_000,
  /** A private round nobody touched for this long ends. */
  soloKept: 7 * 86_400_000,
  /** A round whose question cannot be posted for this long ends. */
  longestPause: 5 * 60_000,
  /** A post that Discord has not confirmed after this long is tried again. */
  postAnswer: 15_000,
  /** What Extend adds to a question. */
  extension: 15_000,
  /** How long a round at the host's pace waits for Next before it goes on by itself. */
  hostPatience: 5 * 60_000,
  /** A round that its host paused ends after this long. */
  longestHalt: 30 * 60_000,
  /** Where a question has no timestamp of its own: how long its way to the player may take, before its clock begins. */
  privateStart: 2_000,
} as const;

/** After this many questions in a row without any answer the round ends; one earlier there is a warning. */
export const idleQuestionsUntilEnd = 3;
/** After this many missed questions in a row a player is inactive: not waited for, and no longer host. */
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
  /** Questions in a row that this player did not answer. */
  misses: z.number(),
});

const given = z.object({
  /** Index into the options, or the typed year. */
  option: z.number(),
  at: z.number(),
  /** Ms from the opening to the answer. Only where speed counts, and once the opening is known. */
  took: z.number().optional(),
});

const phase = z.discriminatedUnion('name', [
  z.object({ name: z.literal('lobby'), endsAt: z.number() }),
  /** The question is being posted. `since`: start of this attempt; `stuckSince`: start of the first attempt that failed. */
  z.object({
    name: z.literal('posting'),
    question: z.number(),
    since: z.number(),
    stuckSince: z.number().optional(),
  }),
  z.object({
    name: z.literal('asking'),
    question: z.number(),
    /** Absent in a solo round, and while a deleted message is being posted again. */
    message: z.string().optional(),
    opensAt: z.number(),
    /** Absent in a solo round without a clock. */
    closesAt: z.number().optional(),
    /** When the message was found to be deleted. It is posted again once. */
    lostAt: z.number().optional(),
  }),
  z.object({
    name: z.literal('reveal'),
    question: z.number(),
    message: z.string().optional(),
    until: z.number().optional(),
    /** The host was idle, so another player has become host. */
    newHost: z.boolean().optional(),
  }),
  /** Stopped before `question`, by the host or by a restart. After the host's pause the round ends at `until`. */
  z.object({
    name: z.literal('halted'),
    question: z.number(),
    by: z.enum(['host', 'restart']),
    until: z.number().optional(),
  }),
  /** The question could not be posted. It is tried again at `retryAt`, for five minutes from `since`. */
  z.object({ name: z.literal('paused'), question: z.number(), since: z.number(), retryAt: z.number() }),
  z.object({
    name: z.literal('ended'),
    why: z.enum(['finished', 'stopped', 'cancelled', 'idle', 'refused', 'removed', 'away', 'halted', 'lost', 'quiet']),
    /** Whether the last message of the round has been posted. */
    shown: z.boolean(),
  }),
]);

const currentSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  mode: z.enum(['group', 'solo']),
  /** study: the same points for every right answer; speed: a bonus for quick answers; first: a race. */
  style: z.enum(['study', 'speed', 'first']).default('study'),
  /** What brings the next question: the clock or the host. */
  pace: z.enum(['auto', 'host']).default('auto'),
  /** Whether answers may be changed until time is up. Then the last one counts. */
  changes: z.boolean().default(false),
  /** Factor for the time of a solo round; absent: the round has no clock. */
  clock: z.number().optional(),
  /** Where the scores count: in a server, or for one member in a private conversation. */
  scope: z.string(),
  /** Id of the pack that the questions are from. */
  pack: z.string().default(''),
  /** Where the questions are posted: the thread if there is one, otherwise the channel of the command. */
  channel: z.string(),
  /** The channel of the command, if the questions are posted in a thread. */
  parent: z.string().optional(),
  /** Whether the round posts messages of its own or edits the one reply to its command. */
  shownIn: z.enum(['channel', 'reply']).default('channel'),
  /** Whether a thread has yet to be made. */
  thread: z.boolean().default(false),
  host: z.string(),
  /** Questions in a row in which the host neither answered nor used a control. */
  hostIdle: z.number().default(0),
  /** Title of the topic; absent: the round is about everything. */
  topic: z.string().optional(),
  /** Id of the lobby's message, once it is posted. */
  lobby: z.string().optional(),
  /** Seconds for each question; absent: by the length of the question. */
  seconds: z.number().optional(),
  questions: z.array(questionSchema),
  /** How many questions at the end are repeats of missed ones. */
  repeats: z.number().default(0),
  players: z.record(z.string(), player),
  /** For each question: player → answer. */
  answers: z.array(z.record(z.string(), given)),
  /** Indexes of questions that do not count. */
  void: z.array(z.number()),
  /** The results of questions 0 to settled − 1 are saved. */
  settled: z.number(),
  /** Questions in a row without any answer. */
  idle: z.number(),
  /** Players who voted to stop the round. */
  votes: z.array(z.string()).default([]),
  /** Whether the round pauses after this question. */
  hold: z.boolean().default(false),
  /** When this state was reached, in ms since the epoch. An outage is measured from here. */
  at: z.number(),
  phase,
});

/** Old name of a stored field → its name now. */
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

/** Time for a question in ms: `seconds` if set, otherwise 8 s plus 0.3 s a word, from 12 to 60 s, times `clock`. */
export function answerTime({ seconds, questions, clock = 1 }: Quiz, question: number): number {
  if (seconds !== undefined) return seconds * 1_000;
  const asked = questions[question];
  const words = asked ? [asked.ask, ...asked.options].join(' ').split(/\s+/).length : 0;
  return Math.round(clock * Math.min(60_000, Math.max(12_000, 8_000 + 300 * words)));
}

/** The answers to a question; none if there is no such question. */
export const answersTo = ({ answers }: Quiz, question: number): Quiz['answers'][number] => answers[question] ?? {};

/** What `user` answered, if anything. */
export function answerBy(quiz: Quiz, question: number, user: string): Quiz['answers'][number][string] | undefined {
  return ownValue(answersTo(quiz, question), user);
}

export function postQuestion(quiz: Quiz, question: number, at: number): Quiz {
  return { ...quiz, phase: { name: 'posting', question, since: at } };
}

export function endRound(quiz: Quiz, why: EndReason): Quiz {
  // The last card of a solo round is the reply to its player's press; that of a group round has yet to be posted.
  return { ...quiz, phase: { name: 'ended', why, shown: quiz.mode === 'solo' } };
}

/** Marks the open question of a group round as void: it is cut short, so it counts for nobody. */
export function voidOpenQuestion(quiz: Quiz): Quiz {
  const { phase } = quiz;
  const open = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
  return open && quiz.mode === 'group' ? { ...quiz, void: [...quiz.void, phase.question] } : quiz;
}
