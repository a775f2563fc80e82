/** Tests the messages of random rounds during which requests fail and the bot restarts. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { render } from '../../src/chat/quiz/render.ts';
import type { RenderStep } from '../../src/chat/quiz/render-step.ts';
import { eventAfter } from '../../src/chat/quiz/render-events.ts';
import type { Message } from '../../src/chat/message/message-components.ts';
import { dueAt, type Quiz, type QuizEvent, step } from '../../src/core/quiz/quiz.ts';
import { noted, nothingShown, type Outcome, type Shown } from '../../src/core/quiz/shown.ts';
import { ana, answer, ben, opened, start } from '../core/quiz-fixtures.ts';

/** Result of a request. `lost` means that the request takes effect, but the response does not reach the bot. */
type RequestResult = 'done' | 'lost' | 'failed' | 'forbidden';
type Action =
  | { readonly is: 'request'; readonly result: RequestResult }
  | { readonly is: 'timeUp' | 'restart' | 'start' | 'stop' | 'pause' }
  | { readonly is: 'answer'; readonly user: string; readonly option: number };

/** Simulates a channel with its messages, and a bot that loses its unsaved state at a restart. */
class Simulation {
  quiz: Quiz;
  shown: Shown = nothingShown;
  saved: { readonly quiz: Quiz; readonly shown: Shown };
  now = start;
  readonly messages = new Map<string, Message>([['lobby', { components: [] }]]);
  readonly nonces = new Map<string, string>();
  refusals = 0;

  constructor(questions: number) {
    this.quiz = step(opened('group', questions, 20), { type: 'shown', message: 'lobby', at: start }).quiz;
    this.saved = { quiz: this.quiz, shown: this.shown };
  }

  event(event: QuizEvent): void {
    const { quiz } = step(this.quiz, event);
    if (quiz === this.quiz) return;
    this.quiz = quiz;
    this.saved = { quiz, shown: this.shown };
  }

  act(action: Action): void {
    this.now += 500;
    const { phase } = this.quiz;
    switch (action.is) {
      case 'request':
        return this.request(action.result);
      case 'timeUp':
        this.now = Math.max(this.now, dueAt(this.quiz) ?? 0);
        return this.event({ type: 'timeUp', at: this.now });
      case 'restart':
        this.quiz = this.saved.quiz;
        this.shown = { ...this.saved.shown, stopping: false };
        if (this.quiz.phase.name !== 'ended') this.shown = { ...this.shown, resuming: this.now };
        return;
      case 'start':
        return this.event({ type: 'start', user: ana, moderator: false, at: this.now });
      case 'stop':
        return this.event({ type: 'stop', user: ana, moderator: false, at: this.now });
      case 'pause':
        if (!('question' in phase)) return;
        return this.event({ type: 'pause', user: ana, moderator: false, question: phase.question, at: this.now });
      case 'answer':
        if ('question' in phase) this.event(answer(action.user, phase.question, this.now, action.option));
    }
  }

  /** Sends the first pending request, as the renderer does. Does nothing if no request is pending. */
  request(result: RequestResult): void {
    const [next] = render(this.quiz, this.shown, this.now);
    if (!next) return;
    const outcome = this.carryOut(next, result);
    // If a request fails temporarily, the renderer sends it again. A request that posts a new question is different:
    // the quiz gets an event and decides when to post the question again.
    if (outcome.is === 'failed' && next.is !== 'question') return;
    const before = this.shown;
    this.shown = noted(this.shown, next, outcome);
    const event = eventAfter(this.quiz, before, next, outcome, this.now);
    if (event) this.event(event);
  }

  carryOut({ do: what }: RenderStep, result: RequestResult): Outcome {
    if (what.is === 'nothing' || what.is === 'followUp') return { is: 'done', message: '', at: this.now };
    if (what.is === 'confirm') return { is: 'done', message: what.message, at: what.at };
    if (what.is === 'token')
      return result === 'done' ? { is: result, message: what.message, at: this.now } : { is: 'forbidden' };
    if (result === 'forbidden') this.refusals += 1;
    if (result === 'failed' || result === 'forbidden') return { is: result };
    if (what.is === 'thread') return { is: 'done', message: 'thread', at: this.now };
    let message: string;
    if (what.is === 'edit') {
      ({ message } = what);
      if (!this.messages.has(message)) return { is: 'gone' };
      this.messages.set(message, what.card);
    } else {
      message = this.nonces.get(what.nonce) ?? `m${this.messages.size}`;
      if (!this.nonces.has(what.nonce)) this.messages.set(message, what.card);
      this.nonces.set(what.nonce, message);
    }
    return result === 'lost' ? { is: 'failed' } : { is: 'done', message, at: this.now };
  }

  /** Lets every request succeed until the round has ended and the last message is posted. */
  finish(): void {
    for (let turn = 0; turn < 500; turn++) {
      const { phase } = this.quiz;
      if (phase.name === 'ended' && phase.shown) return;
      if (render(this.quiz, this.shown, this.now).length > 0) this.act({ is: 'request', result: 'done' });
      else this.act({ is: 'timeUp' });
    }
    throw new Error(`the round does not end: ${JSON.stringify([this.quiz.phase, this.shown])}`);
  }

  texts(): readonly string[] {
    return [...this.messages.values()].map((message) => JSON.stringify(message));
  }
}

const results = fc.constantFrom<RequestResult>('done', 'done', 'done', 'done', 'lost', 'failed');
const actions = (result: fc.Arbitrary<RequestResult>) =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: result.map((one): Action => ({ is: 'request', result: one })) },
      { weight: 4, arbitrary: fc.constant<Action>({ is: 'timeUp' }) },
      { weight: 2, arbitrary: fc.constant<Action>({ is: 'restart' }) },
      { weight: 1, arbitrary: fc.constantFrom<Action>({ is: 'start' }, { is: 'pause' }) },
      {
        weight: 5,
        arbitrary: fc
          .tuple(fc.constantFrom(ana, ben), fc.integer({ min: 0, max: 3 }))
          .map(([user, option]): Action => ({ is: 'answer', user, option })),
      },
      { weight: 1, arbitrary: fc.constant<Action>({ is: 'stop' }) },
    ),
    { minLength: 20, maxLength: 120, size: 'max' },
  );

function everyGame(result: fc.Arbitrary<RequestResult>, check: (game: Simulation) => void, numRuns = 300): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), actions(result), (questions, script) => {
      const game = new Simulation(questions);
      for (const action of script) game.act(action);
      check(game);
    }),
    { numRuns },
  );
}

const isQuestion = (text: string): boolean => /Question \d+ of/.test(text);
const numberOf = (text: string): string => /Question (\d+) of/.exec(text)?.[1] ?? '';
const hasAnswers = (text: string): boolean => text.includes('quiz:answer:');

test('after a round, every posted question has exactly one message, and no message has answer buttons', () => {
  everyGame(results, (game) => {
    game.finish();
    const texts = game.texts();
    const numbers = texts.filter(isQuestion).map(numberOf);
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(texts.filter(hasAnswers)).toEqual([]);
    expect(texts.filter((text) => text.includes('Podium')).length).toBeLessThanOrEqual(1);
  });
});

test('after a round, the right answer of every answered question is shown, unless the question is void (gives no points)', () => {
  everyGame(results, (game) => {
    game.finish();
    const { quiz } = game;
    const revealed = game
      .texts()
      .filter((text) => text.includes('the right answer'))
      .map(numberOf);
    for (const [index, answers] of quiz.answers.entries())
      if (Object.keys(answers).length > 0 && !quiz.void.includes(index)) expect(revealed).toContain(String(index + 1));
  });
});

test('if no request is pending, only the open question has answer buttons', () => {
  everyGame(results, (game) => {
    for (let turn = 0; turn < 20; turn++) game.act({ is: 'request', result: 'done' });
    const { phase } = game.quiz;
    const open = phase.name === 'asking' || phase.name === 'paused' ? [String(phase.question + 1)] : [];
    expect(open).toEqual(expect.arrayContaining(game.texts().filter(hasAnswers).map(numberOf)));
  });
});

test('if the bot has no permission to post, the round ends after at most four refused requests', () => {
  fc.assert(
    fc.property(actions(fc.constant('done')), (script) => {
      const game = new Simulation(3);
      for (const action of script) if (action.is !== 'stop') game.act(action);
      for (let turn = 0; turn < 200 && game.quiz.phase.name !== 'ended'; turn++) {
        for (let more = 0; more < 5; more++) game.act({ is: 'request', result: 'forbidden' });
        game.act({ is: 'timeUp' });
      }
      expect(game.refusals).toBeLessThanOrEqual(4);
    }),
    { numRuns: 300 },
  );
});

test('if Discord refuses a message to the host for any reason, the message is not sent again', () => {
  const lost = step(opened('group', 1, 20), { type: 'lost', at: start }).quiz;
  for (const is of ['closed', 'locked', 'forbidden', 'blocked', 'gone', 'failed'] as const) {
    let shown: Shown = { ...nothingShown, gone: true };
    let requests = 0;
    for (; requests < 10; requests++) {
      const [next] = render(lost, shown, start);
      if (next?.is !== 'hostTold') break;
      expect(eventAfter(lost, shown, next, { is }, start)).toBeUndefined();
      shown = noted(shown, next, { is });
    }
    expect(requests, is).toBe(1);
  }
});

test('after enough successful requests, no request is pending', () => {
  everyGame(fc.constantFrom<RequestResult>('done', 'failed', 'forbidden'), (game) => {
    for (let turn = 0; turn < 30; turn++) game.act({ is: 'request', result: 'done' });
    expect(render(game.quiz, game.shown, game.now)).toEqual([]);
  });
});
