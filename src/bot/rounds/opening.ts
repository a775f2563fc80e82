/** Opens rounds and randomly draws their questions. */
import { randomBytes } from 'node:crypto';
import type { CommandContext, OpenResult, RoundOptions } from '../../chat/command-context.ts';
import { boardWords } from '../../chat/words/board-words.ts';
import type { Question } from '../../core/questions/question.ts';
import { begin, type Quiz } from '../../core/quiz/quiz.ts';
import { nothingShown } from '../../core/quiz/shown.ts';
import { aboutRound } from './about-round.ts';
import { keepInteraction, showInReply } from './latest-interaction.ts';
import { type LiveRound, newLiveRound } from './live-round.ts';
import { register, type Runtime, unregister } from './runtime.ts';
import { saveRound } from './save-round.ts';
import { type Drawing, isOver, type SavedRound } from './saved-round.ts';

const roundsPerServer = 5;
const roundsPerHost = 2;

/**
 * Opens a group round. If a limit is reached, no round is opened, and the result says which limit. Throws StoreError if
 * the round could not be saved.
 */
export async function openGroup(runtime: Runtime, options: RoundOptions, context: CommandContext): Promise<OpenResult> {
  if (runtime.state !== 'open') return { is: 'stopping' };
  const { who, where } = context;
  const running = runtime.places.inChannel(where.channel);
  if (running) return { is: 'running', quiz: running.quiz };
  let ofHost = 0;
  let ofServer = 0;
  for (const { quiz } of runtime.rounds.values()) {
    if (quiz.mode !== 'group' || isOver(quiz)) continue;
    if (quiz.host === who.id) ofHost++;
    if (quiz.scope === where.scope) ofServer++;
  }
  if (ofHost >= roundsPerHost) return { is: 'hosting' };
  if (ofServer >= roundsPerServer) return { is: 'enough-rounds' };
  return open(runtime, 'group', options, context, new Set());
}

/**
 * Opens a solo round. If the member already has a solo round in this server or private conversation, no second round is
 * opened. Throws StoreError if the round could not be saved.
 */
export async function openSolo(runtime: Runtime, options: RoundOptions, context: CommandContext): Promise<OpenResult> {
  if (runtime.state !== 'open') return { is: 'stopping' };
  const { who, where } = context;
  const known = await knownTo(runtime, [who.id], runtime.packs.at(where.scope).facts.pack.id);
  const before = runtime.places.soloOf(who.id, where.scope);
  return before ? { is: 'running', quiz: before.quiz } : open(runtime, 'solo', options, context, known);
}

async function open(
  runtime: Runtime,
  mode: Quiz['mode'],
  options: RoundOptions,
  context: CommandContext,
  known: ReadonlySet<string>,
): Promise<OpenResult> {
  const { who, where, at } = context;
  const { facts } = runtime.packs.at(where.scope);
  const { topic, about, weakest, seconds, style, pace, changes, clock, thread, shownIn } = options;
  const drawing: Drawing = {
    seed: runtime.randomSeed(),
    count: options.questions,
    ...(topic !== undefined && { topic }),
    ...(about !== undefined && { about: [...about] }),
  };
  const questions = draw(runtime, where.scope, drawing, known);
  if (questions.length === 0) return { is: 'no-questions' };
  const aboutTitle = weakest ? boardWords.weakestFacts : facts.entry(about?.[0] ?? '')?.title;
  const topicTitle = facts.pack.topics.find(({ id }) => id === topic)?.title;
  const quiz = begin({
    id: randomBytes(6).toString('base64url'),
    mode,
    scope: where.scope,
    pack: facts.pack.id,
    channel: where.channel,
    host: who,
    topic: about === undefined ? topicTitle : aboutTitle,
    seconds,
    style,
    pace,
    changes,
    clock,
    thread,
    shownIn,
    questions,
    at,
  });
  await start(runtime, { quiz, shown: nothingShown, drawing, saves: 0 }, context);
  return { is: 'opened', quiz, fewer: about === undefined && questions.length < options.questions };
}

/**
 * Registers the round before the first await. Otherwise two concurrent commands could both open a round in the same
 * channel.
 */
async function start(runtime: Runtime, round: SavedRound, context: CommandContext): Promise<void> {
  const live = register(runtime, newLiveRound(round, runtime.clock.now()));
  keepInteraction(runtime, live, context);
  if (round.quiz.shownIn === 'reply') showInReply(runtime, live);
  try {
    await saveRound(runtime.store, live, round.quiz, []);
  } catch (error) {
    unregister(runtime, live);
    throw error;
  }
  const questions = round.quiz.questions.length;
  runtime.log.info({ ...aboutRound(runtime, round.quiz), questions }, 'a round is opened');
  runtime.wake(live);
}

/**
 * Draws the questions of a lobby again and prefers questions that are new to the members who joined. Returns an empty
 * list if the round should keep its questions.
 */
export async function drawForPlayers(runtime: Runtime, live: LiveRound): Promise<readonly Question[]> {
  const { quiz, drawing } = live;
  if (!drawing) return [];
  const known = await knownTo(runtime, Object.keys(quiz.players), quiz.pack);
  return known.size === 0 ? [] : draw(runtime, quiz.scope, drawing, known);
}

function draw({ packs }: Runtime, scope: string, drawing: Drawing, seen: ReadonlySet<string>): readonly Question[] {
  const { seed, count, topic, about } = drawing;
  return packs.at(scope).drawRound({
    seed,
    count,
    seen,
    ...(topic !== undefined && { topic }),
    ...(about !== undefined && { about }),
  });
}

/** Returns the questions of `pack` that these members have already been asked. Empty if the history cannot be read. */
async function knownTo(
  { history, log }: Runtime,
  users: readonly string[],
  pack: string,
): Promise<ReadonlySet<string>> {
  try {
    return await history.known(users, pack);
  } catch (error) {
    log.warn({ err: error }, 'what players know could not be read');
    return new Set();
  }
}
