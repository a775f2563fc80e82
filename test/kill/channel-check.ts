/**
 * Compares what stands in the channels after a game with what should stand there. Rounds and questions are told apart by
 * the buttons that a member saw. Deliberately absent: solo rounds, whose cards only their player sees.
 */
import { timestampOf } from '../../src/loopback/snowflake.ts';
import { flat, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import type { ChannelHistory, ServerHistory } from './channel-history.ts';

/** A restart edits the last note instead of posting another within this time, in ms. Not imported from the bot. */
const noteReused = 10 * 60_000;

interface SeenQuestion {
  readonly round: string;
  /** Counted from 0. */
  readonly question: number;
  /** The message that asks it. */
  readonly message: string;
  readonly channel: string;
}

interface SeenLobby {
  readonly round: string;
  readonly message: string;
  readonly channel: string;
}

/** The differences in words. Empty when every channel shows what it should. */
export function channelDifferences({ channels, states }: ServerHistory): readonly string[] {
  const standing = new Map(channels.flatMap(({ messages }) => messages.map((message) => [message.id, message])));
  const questions = questionsIn(states);
  const lobbies = lobbiesIn(states);
  const rounds = new Set([...lobbies, ...questions].map(({ round }) => round));
  const podiums = channels.flatMap(({ messages }) => messages.filter(isPodium));
  return [
    ...[...rounds].flatMap((round) => roundDifferences(round, questions, podiums, standing)),
    ...liveButtons([...standing.values()]),
    ...strayQuestions([...standing.values()], questions),
    ...podiumDifferences(channels, placesOf(rounds, questions, lobbies, { channels, standing })),
    ...channels.flatMap(noteDifferences),
  ];
}

/** The questions that were cut short, as `round question`, the question counted from 0. */
export function cutShortQuestions({ channels, states }: ServerHistory): ReadonlySet<string> {
  const cut = new Set(channels.flatMap(({ messages }) => messages.filter(isCutShort).map(({ id }) => id)));
  return new Set(
    questionsIn(states)
      .filter(({ message }) => cut.has(message))
      .map(({ round, question }) => `${round} ${question}`),
  );
}

const isPodium = (message: SeenMessage): boolean => textOf(message).startsWith('## Podium');
const isReveal = (message: SeenMessage): boolean => textOf(message).includes('the right answer');
const isCutShort = (message: SeenMessage): boolean => textOf(message).includes('This question was cut short');
const isCancelled = (message: SeenMessage): boolean => textOf(message).includes('was cancelled before it began');
const isLobby = (message: SeenMessage): boolean => textOf(message).startsWith('## Quiz round');
const isNote = (message: SeenMessage): boolean => textOf(message).startsWith('Back again');
/** The number of a question and how many its round has. */
const numberOf = (message: SeenMessage): readonly number[] =>
  /^-# Question (\d+) of (\d+)/m.exec(textOf(message))?.slice(1).map(Number) ?? [];

/** The parts of the custom_ids of a message that begin with `quiz`. */
const customIdsOf = ({ components }: SeenMessage): readonly (readonly string[])[] =>
  flat(components).flatMap(({ custom_id = '' }) => (custom_id.startsWith('quiz:') ? [custom_id.split(':')] : []));

/** Each message that once had buttons to answer a question. */
function questionsIn(states: readonly SeenMessage[]): readonly SeenQuestion[] {
  const found = new Map<string, SeenQuestion>();
  for (const message of states)
    for (const [, action = '', round = '', question] of customIdsOf(message))
      if (action === 'answer' || action === 'type')
        found.set(`${message.id} ${round} ${question}`, {
          round,
          question: Number(question),
          message: message.id,
          channel: message.channel_id,
        });
  return [...found.values()];
}

/** Each message that once had the button to start a round. */
function lobbiesIn(states: readonly SeenMessage[]): readonly SeenLobby[] {
  const found = new Map<string, SeenLobby>();
  for (const message of states)
    for (const [, action, round = ''] of customIdsOf(message))
      if (action === 'start') found.set(round, { round, message: message.id, channel: message.channel_id });
  return [...found.values()];
}

/** One message for each question that was asked, and each of them shows how the question ended. */
function roundDifferences(
  round: string,
  questions: readonly SeenQuestion[],
  podiums: readonly SeenMessage[],
  standing: ReadonlyMap<string, SeenMessage>,
): readonly string[] {
  const own = questions.filter((one) => one.round === round);
  const last = Math.max(-1, ...own.map(({ question }) => question));
  const podium = podiums.find((message) => roundOfPodium(message) === round);
  const problems: string[] = [];
  let asked = 0;
  for (let question = 0; question <= last; question++) {
    const words = `question ${question + 1} of round ${round}`;
    const messages = own.flatMap((one) => (one.question === question ? (standing.get(one.message) ?? []) : []));
    if (messages.length !== 1) problems.push(`${words} stands in ${messages.length} messages`);
    for (const message of messages) {
      const [number, all = 0] = numberOf(message);
      asked = Math.max(asked, all);
      if (number !== question + 1) problems.push(`${words} has the number ${number}`);
      const mayBeCutShort = question === last && (!podium || textOf(podium).includes('The round was stopped.'));
      if (isCutShort(message) ? !mayBeCutShort : !isReveal(message))
        problems.push(`${words} shows no reveal: ${textOf(message).slice(0, 200)}`);
    }
  }
  if (podium && textOf(podium).includes('That was the last question.') && asked !== last + 1)
    problems.push(`round ${round} is finished and asked ${last + 1} of ${asked} questions`);
  return problems;
}

/** The round of a podium; undefined when nobody played. */
const roundOfPodium = (message: SeenMessage): string | undefined =>
  customIdsOf(message).find(([, action]) => action === 'misses')?.[2];

/** Buttons to answer a question, or to join, start or cancel a round. */
const liveButtons = (messages: readonly SeenMessage[]): readonly string[] =>
  messages
    .filter(({ components }) =>
      flat(components).some(
        ({ custom_id = '', disabled = false }) =>
          /^quiz:(?:answer|type|join|start|cancel):/.test(custom_id) && !disabled,
      ),
    )
    .map((message) => `a message of a past round still has its buttons: ${textOf(message).slice(0, 200)}`);

/** Messages with a question that nobody could ever answer there. */
const strayQuestions = (messages: readonly SeenMessage[], questions: readonly SeenQuestion[]): readonly string[] =>
  messages
    .filter((message) => numberOf(message).length > 0 && !questions.some((one) => one.message === message.id))
    .map((message) => `a question was never open: ${textOf(message).slice(0, 200)}`);

/** The channels in which each round should have its podium: its own, and the channel of its thread. */
function placesOf(
  rounds: ReadonlySet<string>,
  questions: readonly SeenQuestion[],
  lobbies: readonly SeenLobby[],
  { channels, standing }: Pick<ServerHistory, 'channels'> & { readonly standing: ReadonlyMap<string, SeenMessage> },
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...rounds].map((round) => {
      const lobby = lobbies.find((one) => one.round === round);
      const closed = lobby && standing.get(lobby.message);
      if (closed && isCancelled(closed)) return [round, []];
      const thread = closed && /<#(\d+)>/.exec(textOf(closed))?.[1];
      const own = questions.find((one) => one.round === round)?.channel ?? thread ?? lobby?.channel ?? '';
      const parent = channels.find(({ id }) => id === own)?.parent;
      return [round, parent === undefined ? [own] : [own, parent]];
    }),
  );
}

function podiumDifferences(
  channels: readonly ChannelHistory[],
  places: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return channels.flatMap(({ id, messages }) => {
    const podiums = messages.filter(isPodium);
    const due = [...places].flatMap(([round, its]) => (its.includes(id) ? [round] : []));
    const named = podiums.flatMap((message) => roundOfPodium(message) ?? []);
    return [
      ...(podiums.length === due.length
        ? []
        : [`channel ${id} has ${podiums.length} podiums for ${due.length} rounds`]),
      ...named
        .filter((round, index) => !due.includes(round) || named.indexOf(round) !== index)
        .map((round) => `channel ${id} has a podium too many of round ${round}`),
    ];
  });
}

/** Within ten minutes a round posts one note. A lobby or a podium between two notes means that they are of two rounds. */
function noteDifferences({ id, messages }: ChannelHistory): readonly string[] {
  const problems: string[] = [];
  let before: number | undefined;
  for (const message of messages) {
    if (isLobby(message) || isPodium(message)) before = undefined;
    if (!isNote(message)) continue;
    const at = timestampOf(message.id);
    if (before !== undefined && at - before < noteReused)
      problems.push(`channel ${id} has two notes within ${Math.round((at - before) / 1_000)} seconds`);
    before = at;
  }
  return problems;
}
