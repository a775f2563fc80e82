/** Opens rounds and randomly draws their questions. */
import { randomBytes } from 'node:crypto';
import type { CommandContext, OpenResult, RoundOptions } from '../../chat/command-context.ts';
import { boardWords } from '../../chat/words/board-words.ts';
import type { Question } from '../../core/questions/question.ts';
import { begin, type Quiz } from '../../core/quiz/quiz.ts';
import { nothingShown } from '../../core/quiz/shown.ts';
import type { ServedPack } from '../packs/pack-by-guild.ts';
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
  const { who, where } = context;
  // The pack is awaited before the checks below. There must be no await between these checks and the registration of
  // the round. Otherwise another command could open a round in the meantime, and the results of the checks would no
  // longer be true.
  const served = await runtime.packs.at(where.scope);
  if (runtime.state !== 'open') return { is: 'stopping' };
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
  return open(runtime, 'group', options, context, served, new Set());
}

/**
 * Opens a solo round. If the member already has a solo round in this server or private conversation, no second round is
 * opened. Throws StoreError if the round could not be saved.
 */
export async function openSolo(runtime: Runtime, options: RoundOptions, context: CommandContext): Promise<OpenResult> {
  const { who, where } = context;
  const served = await runtime.packs.at(where.scope);
  const known = await questionsAskedBefore(runtime, [who.id], served.facts.pack.id);
  // There must be no await between this check and the registration of the round. Otherwise another command of this
  // member could open a second round in the meantime.
  if (runtime.state !== 'open') return { is: 'stopping' };
  const before = runtime.places.soloOf(who.id, where.scope);
  return before ? { is: 'running', quiz: before.quiz } : open(runtime, 'solo', options, context, served, known);
}

async function open(
  runtime: Runtime,
  mode: Quiz['mode'],
  options: RoundOptions,
  context: CommandContext,
  served: ServedPack,
  known: ReadonlySet<string>,
): Promise<OpenResult> {
  const { who, where, at } = context;
  const { facts, edition } = served;
  const { topic, about, weakest, seconds, style, pace, changes, clock, thread, shownIn } = options;
  const drawing: Drawing = {
    seed: runtime.randomSeed(),
    count: options.questions,
    ...(topic !== undefined && { topic }),
    ...(about !== undefined && { about: [...about] }),
    ...(edition !== undefined && { edition }),
  };
  const questions = draw(served, drawing, known);
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
 * Saves a new round and starts to show it. The round is registered before the first await, because otherwise two
 * concurrent commands could both open a round in the same channel. If the round cannot be saved, it is removed from
 * memory again. Throws StoreError.
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
 * Draws the questions again for a round that is in its lobby. Prefers questions that are new to the members who joined.
 * Returns an empty list if the round should keep its questions.
 */
export async function drawForPlayers(runtime: Runtime, live: LiveRound): Promise<readonly Question[]> {
  const { quiz, drawing } = live;
  if (!drawing) return [];
  const known = await questionsAskedBefore(runtime, Object.keys(quiz.players), quiz.pack);
  if (known.size === 0) return [];
  const served = await packInUse(runtime, quiz.scope);
  // If the server uses another pack or another version of the pack by now, the round keeps its questions.
  const isSame = served?.facts.pack.id === quiz.pack && served.edition === drawing.edition;
  return isSame ? draw(served, drawing, known) : [];
}

/** The pack that a server uses now. Undefined if it cannot be read. */
async function packInUse({ packs, log }: Runtime, scope: string): Promise<ServedPack | undefined> {
  try {
    return await packs.at(scope);
  } catch (error) {
    log.warn({ err: error }, 'the pack of a server could not be read, so a round keeps its questions');
    return undefined;
  }
}

function draw({ drawRound }: ServedPack, drawing: Drawing, seen: ReadonlySet<string>): readonly Question[] {
  const { seed, count, topic, about } = drawing;
  return drawRound({
    seed,
    count,
    seen,
    ...(topic !== undefined && { topic }),
    ...(about !== undefined && { about }),
  });
}

/**
 * Returns the ids of the questions of `pack` that were already asked to at least one of these members. Empty if the
 * history cannot be read.
 */
async function questionsAskedBefore(
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
