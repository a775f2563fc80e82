/**
 * A quiz round as a value: what happened so far, and what each event makes of it. Time rides in on the events, the
 * questions were drawn beforehand, and nothing here knows where the round is shown. Deliberately absent: clocks, dice,
 * storage, sentences.
 */
import { z } from 'zod';
import { isAnswer } from './questions/answers.ts';
import { type Question, questionKinds } from './questions/question.ts';

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
} as const;

/** Questions in a row without a single answer: the second brings a warning, the third ends the round. */
const idleEnd = 3;

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

/** `option` is an index into the options, or the year typed. */
const given = z.object({ option: z.number(), at: z.number() });

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
    /** Absent in a solo round: no clock runs. */
    closesAt: z.number().optional(),
    /** When the question's message was found to be removed; it is posted anew once. */
    lostAt: z.number().optional(),
  }),
  z.object({
    name: z.literal('reveal'),
    question: z.number(),
    message: z.string().optional(),
    until: z.number().optional(),
  }),
  /** The question could not be shown; it is tried again until `since` lies too far back. */
  z.object({ name: z.literal('paused'), question: z.number(), since: z.number(), retryAt: z.number() }),
  z.object({
    name: z.literal('ended'),
    why: z.enum(['finished', 'stopped', 'cancelled', 'idle', 'refused', 'removed', 'away']),
    /** The last message of the round has been shown. */
    shown: z.boolean(),
  }),
]);

export const quizSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  mode: z.enum(['group', 'solo']),
  /** Whose scores the round counts for: a server, or one member in a private conversation. */
  home: z.string(),
  channel: z.string(),
  host: z.string(),
  /** What the round is about, in words, where it is not about everything. */
  topic: z.string().optional(),
  /** The message of the lobby, once it stands. */
  lobby: z.string().optional(),
  /** Seconds for each question; absent means by the length of the question. */
  seconds: z.number().optional(),
  questions: z.array(questionSchema),
  players: z.record(z.string(), player),
  /** Per question: player → answer. */
  answers: z.array(z.record(z.string(), given)),
  /** Questions that do not count for anybody. */
  void: z.array(z.number()),
  /** Questions 0 … settled − 1 have had their results written. */
  settled: z.number(),
  idle: z.number(),
  /** When this state came to be, in ms since the epoch; what an outage is measured from. */
  at: z.number(),
  phase,
});

export type Quiz = Readonly<z.output<typeof quizSchema>>;
export type Phase = Quiz['phase'];
export type EndReason = Extract<Phase, { name: 'ended' }>['why'];

/** `at` is in ms since the epoch, by the clock that stamps the presses. */
export type QuizEvent =
  | { readonly type: 'shown'; readonly message: string; readonly at: number }
  | { readonly type: 'join'; readonly user: string; readonly name: string; readonly at: number }
  | { readonly type: 'start'; readonly user: string; readonly at: number }
  | { readonly type: 'cancel'; readonly user: string; readonly at: number }
  | { readonly type: 'posted'; readonly question: number; readonly message: string; readonly at: number }
  | { readonly type: 'refused'; readonly at: number }
  | {
      readonly type: 'answer';
      readonly user: string;
      readonly name: string;
      readonly question: number;
      readonly option: number;
      readonly at: number;
    }
  | { readonly type: 'next'; readonly user: string; readonly question: number; readonly at: number }
  | { readonly type: 'stop'; readonly user: string; readonly moderator: boolean; readonly at: number }
  | { readonly type: 'timeUp'; readonly at: number }
  | { readonly type: 'settled'; readonly questions: number; readonly at: number }
  /** The process is back after an outage; `at` is the stamp of the note that says so. */
  | { readonly type: 'resumed'; readonly at: number }
  /** The message of the running question is gone. */
  | { readonly type: 'removed'; readonly message: string; readonly at: number }
  | { readonly type: 'told'; readonly at: number };

/** What an event came to, for the member behind it. */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'joined'; readonly already: boolean }
  /** `elapsed` in ms; unknown while the question's own stamp is. */
  | { readonly is: 'locked'; readonly question: number; readonly option: number; readonly elapsed?: number }
  | { readonly is: 'same'; readonly question: number; readonly option: number }
  | { readonly is: 'final'; readonly question: number; readonly option: number }
  | { readonly is: 'too-late'; readonly by: number }
  | { readonly is: 'closed' }
  | { readonly is: 'not-host'; readonly host: string }
  | { readonly is: 'not-yours' };

export interface Step {
  readonly quiz: Quiz;
  readonly outcome: Outcome;
}

export interface Opening {
  readonly id: string;
  readonly mode: 'group' | 'solo';
  readonly home: string;
  readonly channel: string;
  readonly host: { readonly id: string; readonly name: string };
  readonly topic?: string | undefined;
  readonly seconds?: number | undefined;
  readonly questions: readonly Question[];
  readonly at: number;
}

/** A new round: a group's begins with a lobby, a solo one with its first question. */
export function begin(opening: Opening): Quiz {
  const { id, mode, home, channel, host, topic, seconds, questions, at } = opening;
  return {
    v: 1,
    id,
    mode,
    home,
    channel,
    host: host.id,
    ...(topic !== undefined && { topic }),
    ...(seconds !== undefined && { seconds }),
    questions: questions.map((question) => ({ ...question })),
    players: { [host.id]: { name: host.name, misses: 0 } },
    answers: questions.map(() => ({})),
    void: [],
    settled: 0,
    idle: 0,
    at,
    phase:
      mode === 'group' ? { name: 'lobby', endsAt: at + timing.lobby } : { name: 'asking', question: 0, opensAt: at },
  };
}

/** When the round next wants a `timeUp`, in ms since the epoch; undefined when it waits for people alone. */
export function dueAt(quiz: Quiz): number | undefined {
  const { phase } = quiz;
  switch (phase.name) {
    case 'lobby':
      return phase.endsAt;
    case 'posting':
      return phase.since + timing.postAnswer;
    case 'asking':
      return phase.closesAt === undefined ? undefined : phase.closesAt + timing.drain;
    case 'reveal':
      return phase.until;
    case 'paused':
      return phase.retryAt;
    case 'ended':
      return undefined;
  }
}

/** Time for one question in ms: what was asked for, or by reading: 8 s and 0.3 s a word, between 12 and 60 s. */
export function answerTime(quiz: Quiz, question: number): number {
  if (quiz.seconds !== undefined) return quiz.seconds * 1_000;
  const asked = quiz.questions[question];
  const words = asked ? [asked.ask, ...asked.options].join(' ').split(/\s+/).length : 0;
  return Math.min(60_000, Math.max(12_000, 8_000 + 300 * words));
}

/** Questions whose answers are final and whose results are not written yet, oldest first. */
export function owed(quiz: Quiz): readonly number[] {
  const { phase } = quiz;
  const open = phase.name === 'ended' ? quiz.questions.length : phase.name === 'lobby' ? 0 : phase.question;
  const closed = phase.name === 'reveal' ? open + 1 : open;
  const asked = phase.name === 'ended' ? lastAsked(quiz) + 1 : closed;
  return Array.from({ length: Math.max(0, asked - quiz.settled) }, (_, index) => quiz.settled + index);
}

/** Index of the last question anybody answered, −1 when none. */
function lastAsked(quiz: Quiz): number {
  return quiz.answers.findLastIndex((answers) => Object.keys(answers).length > 0);
}

/** The round after `event`, and what to tell whoever caused it. An event that does not fit changes nothing. */
export function step(quiz: Quiz, event: QuizEvent): Step {
  const next = react(quiz, event);
  return next.quiz === quiz ? next : { ...next, quiz: { ...next.quiz, at: Math.max(quiz.at, event.at) } };
}

function react(quiz: Quiz, event: QuizEvent): Step {
  const { phase } = quiz;
  switch (event.type) {
    case 'shown':
      return done({ ...quiz, lobby: event.message });
    case 'join': {
      if (phase.name === 'ended') return told(quiz, { is: 'closed' });
      if (Object.hasOwn(quiz.players, event.user)) return told(quiz, { is: 'joined', already: true });
      return { quiz: withPlayer(quiz, event.user, event.name), outcome: { is: 'joined', already: false } };
    }
    case 'start':
      if (phase.name !== 'lobby') return told(quiz, { is: 'closed' });
      if (event.user !== quiz.host) return told(quiz, { is: 'not-host', host: quiz.host });
      return done(posting(quiz, 0, event.at));
    case 'cancel':
      if (phase.name !== 'lobby') return told(quiz, { is: 'closed' });
      if (event.user !== quiz.host) return told(quiz, { is: 'not-host', host: quiz.host });
      return done(ended(quiz, 'cancelled'));
    case 'posted':
      return posted(quiz, event);
    case 'refused':
      return done(refused(quiz, event.at));
    case 'answer':
      return answer(quiz, event);
    case 'next':
      if (event.user !== quiz.host) return told(quiz, { is: 'not-yours' });
      if (phase.name !== 'reveal' || phase.question !== event.question) return told(quiz, { is: 'closed' });
      return done(afterReveal(quiz, phase.question, event.at));
    case 'stop':
      if (phase.name === 'ended') return told(quiz, { is: 'closed' });
      if (event.user !== quiz.host && !event.moderator) return told(quiz, { is: 'not-host', host: quiz.host });
      return done(ended(voidOpen(quiz), 'stopped'));
    case 'timeUp':
      return done(timeUp(quiz, event.at));
    case 'settled':
      return done(event.questions > quiz.settled ? { ...quiz, settled: event.questions } : quiz);
    case 'resumed':
      return done(resumed(quiz, event.at));
    case 'removed':
      return done(removed(quiz, event));
    case 'told':
      return done(phase.name === 'ended' && !phase.shown ? { ...quiz, phase: { ...phase, shown: true } } : quiz);
  }
}

const done = (quiz: Quiz): Step => ({ quiz, outcome: { is: 'done' } });
const told = (quiz: Quiz, outcome: Outcome): Step => ({ quiz, outcome });

function withPlayer(quiz: Quiz, user: string, name: string): Quiz {
  return { ...quiz, players: { ...quiz.players, [user]: { name, misses: 0 } } };
}

function posting(quiz: Quiz, question: number, at: number): Quiz {
  return { ...quiz, phase: { name: 'posting', question, since: at } };
}

function ended(quiz: Quiz, why: EndReason): Quiz {
  // The last card of a solo round is the answer to its player's own press; a group's is posted.
  return { ...quiz, phase: { name: 'ended', why, shown: quiz.mode === 'solo' } };
}

/** A question that is cut short counts for nobody. */
function voidOpen(quiz: Quiz): Quiz {
  const { phase } = quiz;
  const open = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
  return open && quiz.mode === 'group' ? { ...quiz, void: [...quiz.void, phase.question] } : quiz;
}

function posted(quiz: Quiz, event: Extract<QuizEvent, { type: 'posted' }>): Step {
  const { phase } = quiz;
  if (phase.name === 'asking' && phase.question === event.question && phase.lostAt !== undefined && !phase.message) {
    const left = Math.max(timing.afterRestart, (phase.closesAt ?? event.at) - phase.lostAt);
    return done({ ...quiz, phase: { ...phase, message: event.message, closesAt: event.at + left } });
  }
  const awaited = phase.name === 'posting' || phase.name === 'paused';
  if (!awaited || phase.question !== event.question) return done(quiz);
  const { question } = phase;
  const closesAt = event.at + answerTime(quiz, question);
  const asking = { name: 'asking', question, message: event.message, opensAt: event.at, closesAt } as const;
  return done(closedEarly({ ...quiz, phase: asking }, event.at));
}

function refused(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'posting') return quiz;
  const since = phase.stuckSince ?? phase.since;
  if (at - since >= timing.longestPause) return ended(voidOpen(quiz), 'refused');
  return { ...quiz, phase: { name: 'paused', question: phase.question, since, retryAt: at + timing.retryPost } };
}

function answer(quiz: Quiz, event: Extract<QuizEvent, { type: 'answer' }>): Step {
  const { phase } = quiz;
  if (quiz.mode === 'solo' && event.user !== quiz.host) return told(quiz, { is: 'not-yours' });
  // Members may see the question before its post is answered here, so answers are taken while it is being posted.
  const open = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
  if (!open || phase.question !== event.question) return told(quiz, { is: 'closed' });
  const { question } = phase;
  const asked = quiz.questions[question];
  if (!asked || !isAnswer(asked, event.option)) return told(quiz, { is: 'closed' });
  const before = quiz.answers[question]?.[event.user];
  if (before)
    return told(quiz, { is: before.option === event.option ? 'same' : 'final', question, option: before.option });
  if (phase.name === 'asking' && phase.closesAt !== undefined && event.at > phase.closesAt)
    return told(quiz, { is: 'too-late', by: event.at - phase.closesAt });

  const known = quiz.players[event.user];
  const players = { ...quiz.players, [event.user]: { name: event.name, misses: known?.misses ?? 0 } };
  const answers = quiz.answers.map((all, index) =>
    index === question ? { ...all, [event.user]: { option: event.option, at: event.at } } : all,
  );
  const after: Quiz = { ...quiz, players, answers };
  if (phase.name !== 'asking') return { quiz: after, outcome: { is: 'locked', question, option: event.option } };
  const elapsed = Math.max(0, event.at - phase.opensAt);
  const locked: Outcome = { is: 'locked', question, option: event.option, elapsed };
  if (quiz.mode === 'solo') return { quiz: { ...after, phase: { name: 'reveal', question } }, outcome: locked };
  return { quiz: closedEarly(after, event.at), outcome: locked };
}

/** A question that everybody still awaited has answered closes, but never within its first five seconds. */
function closedEarly(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.closesAt === undefined || !everyoneAnswered(quiz, phase.question)) return quiz;
  const closesAt = Math.min(phase.closesAt, Math.max(at, phase.opensAt + timing.earliestClose));
  return { ...quiz, phase: { ...phase, closesAt } };
}

/** Everybody the round still waits for has answered. */
function everyoneAnswered(quiz: Quiz, question: number): boolean {
  const answers = quiz.answers[question] ?? {};
  return Object.entries(quiz.players).every(([user, { misses }]) => misses >= 2 || Object.hasOwn(answers, user));
}

function timeUp(quiz: Quiz, at: number): Quiz {
  const due = dueAt(quiz);
  if (due === undefined || at < due) return quiz;
  const { phase } = quiz;
  switch (phase.name) {
    case 'lobby':
      return posting(quiz, 0, at);
    case 'posting':
      return refused(quiz, at);
    case 'paused':
      return { ...quiz, phase: { name: 'posting', question: phase.question, since: at, stuckSince: phase.since } };
    case 'asking':
      return reveal(quiz, phase, at);
    case 'reveal':
      return afterReveal(quiz, phase.question, at);
    case 'ended':
      return quiz;
  }
}

function reveal(quiz: Quiz, phase: Extract<Phase, { name: 'asking' }>, at: number): Quiz {
  const { question } = phase;
  const answers = quiz.answers[question] ?? {};
  const players = Object.fromEntries(
    Object.entries(quiz.players).map(([user, { name, misses }]) => [
      user,
      { name, misses: Object.hasOwn(answers, user) ? 0 : misses + 1 },
    ]),
  );
  const idle = Object.keys(answers).length === 0 ? quiz.idle + 1 : 0;
  return {
    ...quiz,
    players,
    idle,
    phase: {
      name: 'reveal',
      question,
      until: at + timing.reveal,
      ...(phase.message !== undefined && { message: phase.message }),
    },
  };
}

function afterReveal(quiz: Quiz, question: number, at: number): Quiz {
  if (quiz.idle >= idleEnd) return ended(quiz, 'idle');
  if (question + 1 >= quiz.questions.length) return ended(quiz, 'finished');
  return quiz.mode === 'group'
    ? posting(quiz, question + 1, at)
    : { ...quiz, phase: { name: 'asking', question: question + 1, opensAt: at } };
}

function resumed(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (quiz.mode === 'solo' || phase.name === 'ended') return quiz;
  if (at - quiz.at > timing.longestOutage) return ended(voidOpen(quiz), 'away');
  switch (phase.name) {
    case 'lobby':
      return { ...quiz, phase: { ...phase, endsAt: Math.max(phase.endsAt, at + timing.afterRestart) } };
    case 'posting':
      return posting(quiz, phase.question, at);
    case 'asking': {
      if (phase.closesAt === undefined) return quiz;
      const left = Math.max(timing.afterRestart, phase.closesAt - quiz.at);
      // The outage is taken out of everybody's time: the clock goes on where it stood when last saved.
      return { ...quiz, phase: { ...phase, opensAt: phase.opensAt + Math.max(0, at - quiz.at), closesAt: at + left } };
    }
    case 'reveal':
    case 'paused':
      return quiz;
  }
}

function removed(quiz: Quiz, event: Extract<QuizEvent, { type: 'removed' }>): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.message !== event.message) return quiz;
  if (phase.lostAt !== undefined) return ended(voidOpen(quiz), 'removed');
  const { message: _, ...open } = phase;
  return { ...quiz, phase: { ...open, lostAt: event.at } };
}
