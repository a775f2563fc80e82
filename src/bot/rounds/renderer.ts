/**
 * Shows a round in its channel. Sends the requests that `render` returns, one at a time, and stores the outcome of each
 * request. A card that shows live counts is edited at most once every 3 s.
 */
import { render } from '../../chat/quiz/render.ts';
import type { RenderStep } from '../../chat/quiz/render-step.ts';
import { eventAfter } from '../../chat/quiz/render-events.ts';
import type { Outcome } from '../../core/quiz/shown.ts';
import { noted } from '../../core/quiz/shown.ts';
import { ChannelError } from '../ports/channels.ts';
import { aboutRound } from './about-round.ts';
import { hasLastingToken, showInReply } from './latest-interaction.ts';
import type { LiveRound } from './live-round.ts';
import type { Runtime } from './runtime.ts';
import { singleMessageChannels } from './single-message.ts';

/** Minimum time between two edits of a card that shows live counts, in ms. */
const editEvery = 3_000;
/**
 * Maximum number of times that the bot tries to post or edit a message. Within each try, discord.js makes its own
 * retries.
 */
const tries = 3;

/**
 * Renders a round whose quiz has changed. Does nothing if only the number of members or answers on the card can have
 * changed and the next edit of the card is already scheduled. That edit will show the new number.
 */
export function renderChange(runtime: Runtime, live: LiveRound): void {
  const isSame = live.planned?.phase === live.quiz.phase && live.planned.shown === live.shown;
  if (!isSame || !runtime.alarms.isSet(alarmKey(live))) renderRound(runtime, live);
}

/** Renders a round. If the round is already being rendered, it is rendered again afterwards. */
function renderRound(runtime: Runtime, live: LiveRound): void {
  runtime.retries.run(renderKey(live), {
    what: 'a round could not be rendered',
    about: aboutRound(runtime, live.quiz),
    tries,
    run: () => renderAll(runtime, live),
  });
}

/** Resolves when the round is not being rendered. */
export const rendered = ({ retries }: Runtime, live: LiveRound): Promise<void> => retries.idle(renderKey(live));

const renderKey = ({ quiz }: LiveRound): string => `render/${quiz.id}`;
const alarmKey = (live: LiveRound): string => `${renderKey(live)}/next`;
const stepKey = (live: LiveRound, step: RenderStep): string =>
  `${renderKey(live)}/${step.is}${'question' in step ? ` ${step.question}` : ''}${'place' in step ? ` ${step.place}` : ''}`;

async function renderAll(runtime: Runtime, live: LiveRound): Promise<void> {
  const { clock, retries, time } = runtime;
  const isWaiting = (step: RenderStep) => retries.isWaiting(stepKey(live, step));
  const isTooEarly = (step: RenderStep) => isThrottled(live, step) && clock.now() < live.lastEdit + editEvery;
  while (runtime.state !== 'closed') {
    const all = render(live.quiz, live.shown, time.now());
    const isPending = all.some(isWaiting);
    // The step `finished` must wait for all pending retries, because a finished round is deleted.
    const steps = all.filter((one) => !isWaiting(one) && !(isPending && one.is === 'finished'));
    const step = steps.find((one) => !isTooEarly(one));
    if (step) await carryOut(runtime, live, step);
    else return steps.length > 0 ? renderLater(runtime, live) : undefined;
  }
}

/**
 * Whether this step of rendering edits a card that shows a live count. Such cards are the lobby, with the number of
 * members, and an open question, with the number of answers.
 */
const isThrottled = ({ quiz: { phase } }: LiveRound, step: RenderStep): boolean =>
  step.is === 'running' && (phase.name === 'lobby' || phase.name === 'asking');

function renderLater(runtime: Runtime, live: LiveRound): void {
  const { alarms } = runtime;
  const key = alarmKey(live);
  live.planned = { phase: live.quiz.phase, shown: live.shown };
  if (!alarms.isSet(key)) alarms.set(key, live.lastEdit + editEvery, () => renderRound(runtime, live));
}

async function carryOut(runtime: Runtime, live: LiveRound, step: RenderStep): Promise<void> {
  const { clock, retries, time, log, dispatch } = runtime;
  const { quiz, shown } = live;
  const key = stepKey(live, step);
  const about = aboutRound(runtime, quiz);
  let outcome: Outcome;
  if (step.is === 'running') live.lastEdit = clock.now();
  try {
    outcome = await request(runtime, live, step);
  } catch (error) {
    outcome = { is: error instanceof ChannelError ? error.why : 'failed' };
    // If a new question could not be posted, the request is not retried in this function. The quiz gets an event
    // instead and decides when the question is posted again.
    const isPassing =
      outcome.is === 'failed' && step.is !== 'thread' && !(step.is === 'question' && quiz.phase.name !== 'asking');
    const what = `a round's ${step.is} could not be shown`;
    if (isPassing && retries.failed(key, error, { what, tries, about }, () => renderRound(runtime, live))) return;
    if (!isPassing) log.warn({ ...about, err: error, step: step.is }, what);
  }
  if (outcome.is === 'done') retries.succeeded(key);
  if (step.is === 'question') live.lastEdit = clock.now();
  live.shown = noted(live.shown, step, outcome);
  const event = eventAfter(quiz, shown, step, outcome, time.now());
  if (!event) return;
  try {
    await dispatch(live, event);
    retries.succeeded(key);
  } catch (error) {
    retries.failed(key, error, { what: 'what was shown could not be saved', tries: Infinity, about }, () =>
      renderRound(runtime, live),
    );
  }
}

/** Sends the request of one step. Throws ChannelError. */
async function request(runtime: Runtime, live: LiveRound, { do: what }: RenderStep): Promise<Outcome> {
  const { clock, time } = runtime;
  const channels = live.quiz.shownIn === 'reply' ? singleMessageChannels(live, time) : runtime.channels;
  switch (what.is) {
    case 'post': {
      const { id, at } = await channels.post(what.channel, what.card, what.nonce);
      time.observe(at);
      return { is: 'done', message: id, at };
    }
    case 'edit': {
      const { at } = await channels.edit(what.channel, what.message, what.card);
      if (at !== undefined) time.observe(at);
      return { is: 'done', message: what.message, at: at ?? time.now() };
    }
    case 'thread':
      return { is: 'done', message: await channels.thread(what.channel, what.message, what.name), at: clock.now() };
    case 'followUp':
      await live.interaction.followUp?.(what.card);
      return { is: 'done', message: '', at: clock.now() };
    case 'token':
      if (!hasLastingToken(runtime, live)) throw new ChannelError('forbidden', 'no token to edit a reply', undefined);
      showInReply(runtime, live);
      return { is: 'done', message: what.message, at: clock.now() };
    case 'confirm':
      return { is: 'done', message: what.message, at: what.at };
    case 'nothing':
      return { is: 'done', message: '', at: time.now() };
  }
}
