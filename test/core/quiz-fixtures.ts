/** Test data for the quiz: rounds, events and questions. */
import type { Question } from '../../src/core/questions/question.ts';
import { begin, dueAt, type RoundSetup, type Quiz, type QuizEvent, step } from '../../src/core/quiz/quiz.ts';

export const start = Date.UTC(2026, 10, 23, 12);
export const question = (index: number): Question => ({
  id: `q${index}`,
  kind: 'where',
  about: ['rasht'],
  ask: `Where does line ${index} end?`,
  options: ['Rasht', 'Astara', 'Tehran', 'Baku'],
  right: index % 4,
  explanation: 'The article says so.',
  voice: 'reported',
  label: 'reported in the article',
  paragraphs: [1],
  notes: [],
  difficulty: 2,
});
const questions = (count: number) => Array.from({ length: count }, (_, index) => question(index));
const host = { id: '100', name: 'Ana' };
export const [ana, ben, cem] = ['100', '200', '300'] as const;

export function opened(mode: 'group' | 'solo', count = 3, seconds?: number, more: Partial<RoundSetup> = {}): Quiz {
  const agreed = { id: 'r', mode, scope: 'g', channel: 'c', host, seconds, questions: questions(count), at: start };
  return begin({ ...agreed, ...more });
}

/** Applies the events in order. `outcome` is the outcome of the last event. */
export function play(quiz: Quiz, ...events: readonly QuizEvent[]) {
  let outcome: unknown;
  for (const event of events) ({ quiz, outcome } = step(quiz, event));
  return { quiz, outcome };
}
export const after = (quiz: Quiz, ...events: readonly QuizEvent[]): Quiz => play(quiz, ...events).quiz;
export const answer = (user: string, question: number, at: number, option = 0): QuizEvent => ({
  type: 'answer',
  user,
  name: `<${user}>`,
  question,
  option,
  at,
});
/** Applies a `timeUp` event at the time for which the alarm of the round is set. */
export function onTime(quiz: Quiz): Quiz {
  const at = dueAt(quiz);
  if (at === undefined) throw new Error(`nothing is due while ${quiz.phase.name}`);
  return after(quiz, { type: 'timeUp', at });
}
export const posted = (quiz: Quiz, at: number): Quiz => {
  if (!('question' in quiz.phase)) throw new Error(`no question while ${quiz.phase.name}`);
  const { question } = quiz.phase;
  return after(quiz, { type: 'posted', question, message: `m${question}`, at });
};
/** A group round that `users` have joined. Its first question has just opened and stays open for 20 s. */
export function asking(users: readonly string[], count = 3): Quiz {
  const joins = users.map((user): QuizEvent => ({ type: 'join', user, name: user, at: start }));
  return posted(
    after(opened('group', count, 20), ...joins, { type: 'start', user: ana, moderator: false, at: start }),
    start,
  );
}
