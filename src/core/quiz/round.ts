/** A round as it is stored: what was agreed, what happened so far, where it stands. Plain JSON; older rounds read with defaults. */
import { z } from 'zod';
import { type Question, questionKinds } from '../questions/question.ts';
import { ownValue } from '../own-value.ts';
import { isObject } from '../type-guards.ts';

/** All durations in milliseconds. */
export const timing = {
  lobby: 15_000,
  /** Presses stamped in time but delivered late are still taken for this long. */
  drain: 1_000,
  reveal: 7_000,
  /** A question stays open at least this long, however fast everybody answers. */
  earliestClose: 5_000,
  /** What is left of a question after a restart is never less than this. */
  afterRestart: 8_000,
  /** After a longer outage the interrupted question is void. */
  longestOutage: 10 * 60_000,
  retryPost: 20_000,
  /** A round that cannot be shown for this long ends. */
  longestPause: 5 * 60_000,
  /** A post whose answer never came is tried again after this long. */
  postAnswer: 15_000,
  /** What a host adds to a question. */
  extension: 15_000,
  /** A host who sets the pace is waited for this long, then the round goes on by itself. */
  hostPatience: 5 * 60_000,
  /** A round that its host halted ends after this long. */
  longestHalt: 30 * 60_000,
  /** Without a stamp of the question's own its clock begins this long after what is known: nobody pays for the way there. */
  privateStart: 2_000,
} as const;

/** Questions in a row without a single answer: the second brings a warning, the third ends the round. */
export const idleQuestionsUntilEnd = 3;
/** Questions let pass after which a player is no longer waited for, and a host no longer host. */
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
  /** Questions in a row this player let pass; at two the round no longer waits for them. */
  misses: z.number(),
});

const given = z.object({
  /** An index into the options, or the year typed. */
  option: z.number(),
  at: z.number(),
  /** Ms from the opening to the answer, where speed counts; absent until the opening is known. */
  took: z.number().optional(),
});

const phase = z.discriminatedUnion('name', [
  z.object({ name: z.literal('lobby'), endsAt: z.number() }),
  /** The question is about to be shown; `since` is when this attempt began, `stuckSince` when the first one failed. */
  z.object({
    name: z.literal('posting'),
    question: z.number(),
    since: z.number(),
    stuckSince: z.number().optional(),
  }),
  z.object({
    name: z.literal('asking'),
    question: z.number(),
    /** Absent in a solo round, and in a group round whose message was removed and is about to be posted again. */
    message: z.string().optional(),
    opensAt: z.number(),
    /** Absent in a solo round without a clock. */
    closesAt: z.number().optional(),
    /** When the question's message was found to be removed; it is posted anew once. */
    lostAt: z.number().optional(),
  }),
  z.object({
    name: z.literal('reveal'),
    question: z.number(),
    message: z.string().optional(),
    until: z.number().optional(),
    /** The host was idle and another player has become host. */
    newHost: z.boolean().optional(),
  }),
  /** Between two questions; `question` comes next. A host's halt ends by itself at `until`, a restart's when it is over. */
  z.object({
    name: z.literal('halted'),
    question: z.number(),
    by: z.enum(['host', 'restart']),
    until: z.number().optional(),
  }),
  /** The question could not be shown; it is tried again until `since` lies too far back. */
  z.object({ name: z.literal('paused'), question: z.number(), since: z.number(), retryAt: z.number() }),
  z.object({
    name: z.literal('ended'),
    why: z.enum(['finished', 'stopped', 'cancelled', 'idle', 'refused', 'removed', 'away', 'halted', 'lost', 'quiet']),
    /** The last message of the round has been shown. */
    shown: z.boolean(),
  }),
]);

const currentSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  mode: z.enum(['group', 'solo']),
  /** study: all who are right get the same; speed: a bonus for being quick; first: a race. */
  style: z.enum(['study', 'speed', 'first']).default('study'),
  /** Who brings the next question: the clock or the host. */
  pace: z.enum(['auto', 'host']).default('auto'),
  /** Answers may be changed until time is up; then the last one counts, with its time. */
  changes: z.boolean().default(false),
  /** What the time of a solo round with a clock is multiplied by for its player; absent: no clock. */
  clock: z.number().optional(),
  /** Whose scores the round counts for: a server, or one member in a private conversation. */
  scope: z.string(),
  /** The pack that the questions are from. */
  pack: z.string().default(''),
  /** Where the questions are posted: the thread, once there is one. */
  channel: z.string(),
  /** The channel of the lobby, when the questions are posted in a thread of it. */
  parent: z.string().optional(),
  /** What the round is shown by: messages of its own, or the one message that answered the command. */
  shownIn: z.enum(['channel', 'reply']).default('channel'),
  /** A thread is to be made when the round begins. */
  thread: z.boolean().default(false),
  host: z.string(),
  /** Questions in a row in which the host neither answered nor used the controls. */
  hostIdle: z.number().default(0),
  /** What the round is about, in words, where it is not about everything. */
  topic: z.string().optional(),
  /** The message of the lobby, once it stands. */
  lobby: z.string().optional(),
  /** Seconds for each question; absent means by the length of the question. */
  seconds: z.number().optional(),
  questions: z.array(questionSchema),
  /** How many of the last questions are missed ones asked once more. */
  repeats: z.number().default(0),
  players: z.record(z.string(), player),
  /** Per question: player → answer. */
  answers: z.array(z.record(z.string(), given)),
  /** Questions that do not count for anybody. */
  void: z.array(z.number()),
  /** Questions 0 … settled − 1 have had their results written. */
  settled: z.number(),
  idle: z.number(),
  /** Players who want the round to stop. */
  votes: z.array(z.string()).default([]),
  /** The round halts after this question. */
  hold: z.boolean().default(false),
  /** When this state came to be, in ms since the epoch; what an outage is measured from. */
  at: z.number(),
  phase,
});

/** Names that fields had in rounds saved by an earlier version. */
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

/** Time for one question in ms: what was asked for, or by reading: 8 s and 0.3 s a word, between 12 and 60 s. */
export function answerTime({ seconds, questions, clock = 1 }: Quiz, question: number): number {
  if (seconds !== undefined) return seconds * 1_000;
  const asked = questions[question];
  const words = asked ? [asked.ask, ...asked.options].join(' ').split(/\s+/).length : 0;
  return Math.round(clock * Math.min(60_000, Math.max(12_000, 8_000 + 300 * words)));
}

/** The answers to a question; none where it is not there. */
export const answersTo = ({ answers }: Quiz, question: number): Quiz['answers'][number] => answers[question] ?? {};

/** What `user` answered, if anything. */
export function answerBy(quiz: Quiz, question: number, user: string): Quiz['answers'][number][string] | undefined {
  return ownValue(answersTo(quiz, question), user);
}

// ---- Phases that many things lead to

export function postQuestion(quiz: Quiz, question: number, at: number): Quiz {
  return { ...quiz, phase: { name: 'posting', question, since: at } };
}

export function endRound(quiz: Quiz, why: EndReason): Quiz {
  // The last card of a solo round is the answer to its player's own press; a group's is posted.
  return { ...quiz, phase: { name: 'ended', why, shown: quiz.mode === 'solo' } };
}

/** A question that is cut short counts for nobody. */
export function voidOpenQuestion(quiz: Quiz): Quiz {
  const { phase } = quiz;
  const open = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
  return open && quiz.mode === 'group' ? { ...quiz, void: [...quiz.void, phase.question] } : quiz;
}
