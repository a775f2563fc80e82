/**
 * Checks after the rounds of a test that the channels contain exactly the expected messages. Rounds and questions are
 * identified by the buttons that a member saw. Solo rounds are not checked, because only their players see the cards.
 */
import { timestampOf } from '../../src/loopback/snowflake.ts';
import { flat, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import type { ChannelHistory, ServerHistory } from './channel-history.ts';

/**
 * If the bot restarts less than this time (ms) after it posted a "Back again" note, it edits this note and posts no new
 * note. The value is not imported from the bot, so that the check is independent.
 */
const noteReused = 10 * 60_000;

interface SeenQuestion {
  readonly round: string;
  /** Index of the question in its round, from 0. */
  readonly question: number;
  /** The id of the message that asks the question. */
  readonly message: string;
  readonly channel: string;
}

interface SeenLobby {
  readonly round: string;
  readonly message: string;
  readonly channel: string;
}

/**
 * Returns descriptions of the differences. Empty if every channel shows the expected messages. `unseenRounds` is the
 * maximum number of rounds that no member saw. If such a round is stopped, it posts a podium without players.
 */
export function channelDifferences({ channels, states }: ServerHistory, unseenRounds: number): readonly string[] {
  const current = new Map(channels.flatMap(({ messages }) => messages.map((message) => [message.id, message])));
  const questions = questionsIn(states);
  const lobbies = lobbiesIn(states);
  const rounds = new Set([...lobbies, ...questions].map(({ round }) => round));
  const podiums = channels.flatMap(({ messages }) => messages.filter(isPodium));
  return [
    ...[...rounds].flatMap((round) => roundDifferences(round, questions, podiums, current)),
    ...liveButtons([...current.values()]),
    ...strayQuestions([...current.values()], questions),
    ...podiumDifferences(channels, placesOf(rounds, questions, lobbies, { channels, current }), unseenRounds),
    ...channels.flatMap(noteDifferences),
  ];
}

/**
 * Returns the questions that were cut short and therefore count for nobody. Each value is `ROUND QUESTION`: an id and
 * an index from 0.
 */
export function cutShortQuestions({ channels, states }: ServerHistory): ReadonlySet<string> {
  const cut = new Set(channels.flatMap(({ messages }) => messages.filter(isCutShort).map(({ id }) => id)));
  return new Set(
    questionsIn(states)
      .filter(({ message }) => cut.has(message))
      .map(({ round, question }) => `${round} ${question}`),
  );
}

const isPodium = (message: SeenMessage): boolean => textOf(message).startsWith('## Podium');
const hasNobody = (message: SeenMessage): boolean => textOf(message).includes('Nobody has points this time.');
const isReveal = (message: SeenMessage): boolean => textOf(message).includes('the right answer');
const isCutShort = (message: SeenMessage): boolean => textOf(message).includes('This question was cut short');
const isCancelled = (message: SeenMessage): boolean => textOf(message).includes('was cancelled before it began');
const isLobby = (message: SeenMessage): boolean => textOf(message).startsWith('## Quiz round');
const isNote = (message: SeenMessage): boolean => textOf(message).startsWith('Back again');
/** Returns the numbers 3 and 10 if the message shows "Question 3 of 10". Empty if it shows no question. */
const numberOf = (message: SeenMessage): readonly number[] =>
  /^-# Question (\d+) of (\d+)/m.exec(textOf(message))?.slice(1).map(Number) ?? [];

/** Returns the custom_ids of a message that begin with `quiz:`. Each custom_id is split at its colons. */
const customIdsOf = ({ components }: SeenMessage): readonly (readonly string[])[] =>
  flat(components).flatMap(({ custom_id = '' }) => (custom_id.startsWith('quiz:') ? [custom_id.split(':')] : []));

/** Returns the questions whose messages have answer buttons or had answer buttons before. */
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

/** Returns the lobbies whose messages have a start button or had a start button before. */
function lobbiesIn(states: readonly SeenMessage[]): readonly SeenLobby[] {
  const found = new Map<string, SeenLobby>();
  for (const message of states)
    for (const [, action, round = ''] of customIdsOf(message))
      if (action === 'start') found.set(round, { round, message: message.id, channel: message.channel_id });
  return [...found.values()];
}

/** Checks that each asked question has exactly one message and that this message shows how the question ended. */
function roundDifferences(
  round: string,
  questions: readonly SeenQuestion[],
  podiums: readonly SeenMessage[],
  current: ReadonlyMap<string, SeenMessage>,
): readonly string[] {
  const own = questions.filter((one) => one.round === round);
  const last = Math.max(-1, ...own.map(({ question }) => question));
  const podium = podiums.find((message) => roundOfPodium(message) === round);
  const problems: string[] = [];
  let asked = 0;
  for (let question = 0; question <= last; question++) {
    const name = `question ${question + 1} of round ${round}`;
    const messages = own.flatMap((one) => (one.question === question ? (current.get(one.message) ?? []) : []));
    if (messages.length !== 1) problems.push(`${name} stands in ${messages.length} messages`);
    for (const message of messages) {
      const [number, all = 0] = numberOf(message);
      asked = Math.max(asked, all);
      if (number !== question + 1) problems.push(`${name} has the number ${number}`);
      const mayBeCutShort = question === last && (!podium || textOf(podium).includes('The round was stopped.'));
      if (isCutShort(message) ? !mayBeCutShort : !isReveal(message))
        problems.push(`${name} shows no reveal: ${textOf(message).slice(0, 200)}`);
    }
  }
  if (podium && textOf(podium).includes('That was the last question.') && asked !== last + 1)
    problems.push(`round ${round} is finished and asked ${last + 1} of ${asked} questions`);
  return problems;
}

/** Returns the id of the round to which this podium belongs. Undefined if nobody played in this round. */
const roundOfPodium = (message: SeenMessage): string | undefined =>
  customIdsOf(message).find(([, action]) => action === 'misses')?.[2];

/**
 * Reports messages that still have a working button. Only buttons for answering a question and for joining, starting or
 * cancelling a round are checked.
 */
export const liveButtons = (messages: readonly SeenMessage[]): readonly string[] =>
  messages
    .filter(({ components }) =>
      flat(components).some(
        ({ custom_id = '', disabled = false }) =>
          /^quiz:(?:answer|type|join|start|cancel):/.test(custom_id) && !disabled,
      ),
    )
    .map((message) => `a message of a past round still has its buttons: ${textOf(message).slice(0, 200)}`);

/** Reports messages that show a question but never had answer buttons. */
const strayQuestions = (messages: readonly SeenMessage[], questions: readonly SeenQuestion[]): readonly string[] =>
  messages
    .filter((message) => numberOf(message).length > 0 && !questions.some((one) => one.message === message.id))
    .map((message) => `a question was never open: ${textOf(message).slice(0, 200)}`);

/**
 * Returns the channels in which each round should have a podium. A round in a thread also has a podium in the parent
 * channel.
 */
function placesOf(
  rounds: ReadonlySet<string>,
  questions: readonly SeenQuestion[],
  lobbies: readonly SeenLobby[],
  { channels, current }: Pick<ServerHistory, 'channels'> & { readonly current: ReadonlyMap<string, SeenMessage> },
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...rounds].map((round) => {
      const lobby = lobbies.find((one) => one.round === round);
      const closed = lobby && current.get(lobby.message);
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
  unseenRounds: number,
): readonly string[] {
  return channels.flatMap(({ id, messages }) => {
    const podiums = messages.filter(isPodium);
    const unseen = Math.min(unseenRounds, podiums.filter(hasNobody).length);
    const due = [...places].flatMap(([round, expected]) => (expected.includes(id) ? [round] : []));
    const named = podiums.flatMap((message) => roundOfPodium(message) ?? []);
    return [
      ...(podiums.length >= due.length && podiums.length - due.length <= unseen
        ? []
        : [
            `channel ${id} has ${podiums.length} podiums for ${due.length} rounds: ` +
              podiums.map((message) => textOf(message).slice(0, 200)).join(' | '),
          ]),
      ...named
        .filter((round, index) => !due.includes(round) || named.indexOf(round) !== index)
        .map((round) => `channel ${id} has a podium too many of round ${round}`),
    ];
  });
}

/**
 * Checks that each round posts at most one "Back again" note within ten minutes. Two notes belong to different rounds
 * if there is a lobby or a podium between them.
 */
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
