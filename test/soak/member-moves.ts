/** The random moves of members: they answer questions, press buttons, choose from menus, fill in forms and type commands. */
import type { Dice } from '../../src/core/dice.ts';
import type { Question } from '../../src/core/questions/question.ts';
import type { LoopbackMember, Outcome } from '../../src/loopback/loopback-member.ts';
import type { Component } from '../../src/loopback/component-json.ts';
import { flat, type SeenMessage } from '../../src/loopback/seen-message.ts';
import { answerQuestion, isAnswer, isContinueLabel } from '../tally/answers.ts';
import type { StudyServer } from './study-servers.ts';

export interface MoveSetting {
  readonly bank: readonly Question[];
  readonly chance: Dice;
  /**
   * The custom_ids of buttons that a member has pressed, each as `member custom_id`. If a member has answered a
   * question, all answer buttons of the question count as pressed.
   */
  readonly pressedBefore: Set<string>;
}

/** If a member has already pressed a button, the probability that the member presses it again is 1/8. */
const repeatedPressEvery = 8;
/**
 * With a probability of 1/4, a move is a command, even if the members could answer a question or continue a round
 * instead.
 */
const commandEvery = 4;
const queries = [
  'rasht',
  'caspian sea',
  'teh crimea',
  'july 2022',
  'drones',
  'mir cards',
  'Решт',
  'zzz',
  'putin tehran',
];
const topics = ['economy', 'nuclear', 'syria', 'nothing'];
/**
 * {@link useCard} does not use these components, because they answer questions, open or stop rounds, or delete data.
 */
const unusedByCard = /^(?:quiz:(?:answer|type|stop|end|cancel|about|practise|again|new):|me:delete)/;

/**
 * Makes one random move in a server. Rejects with RefusedRequest if Discord refuses the request, for example because
 * the button is on a deleted message.
 */
export async function makeMove(server: StudyServer, setting: MoveSetting): Promise<void> {
  const { chance } = setting;
  const steps =
    chance.below(commandEvery) === 0 ? [] : server.members.flatMap((member) => nextSteps(server, member, setting));
  if (steps.length > 0) await randomItem(steps, chance)();
  else await typeCommand(server, randomItem(server.members, chance), setting);
}

/**
 * The possible moves of a member in rounds: answers to open questions, and presses on buttons such as "Next" or "Join".
 */
function nextSteps(
  server: StudyServer,
  member: LoopbackMember,
  setting: MoveSetting,
): readonly (() => Promise<unknown>)[] {
  const open = member.seen().filter((message) => mayPress(member, message, isAnswer, setting));
  // The member who deletes their data answers only in solo rounds. In a group round, the points of the other players
  // depend on who has answered.
  const own = deletesData(server, member) ? open.filter(({ flags }) => flags & 64) : open;
  const next = member.seen().findLast((message) => mayPress(member, message, isContinueButton, setting));
  const button = next && flat(next.components).find(isContinueButton);
  return [
    ...own.map((message) => () => answer(server, member, message, setting)),
    ...(next && button ? [() => pressContinue(member, next, button, setting)] : []),
  ];
}

async function pressContinue(
  member: LoopbackMember,
  message: SeenMessage,
  button: Component,
  { pressedBefore }: MoveSetting,
): Promise<void> {
  pressedBefore.add(keyOf(member, button));
  await member.press(message, button.custom_id ?? '');
}

async function answer(
  { pressed }: StudyServer,
  member: LoopbackMember,
  message: SeenMessage,
  { bank, chance, pressedBefore }: MoveSetting,
): Promise<void> {
  for (const button of flat(message.components).filter(isAnswer)) pressedBefore.add(keyOf(member, button));
  await answerQuestion(member, message, { bank, chance, pressed });
}

const isContinueButton = ({ label, disabled = false }: Component): boolean =>
  !disabled && (isContinueLabel(label) || label === 'Join');

const keyOf = (member: LoopbackMember, { custom_id = '' }: Component): string => `${member.id} ${custom_id}`;

/**
 * Whether the message has a button for which `fits` returns true and which the member may press. If the member has
 * already pressed the button, the result is random and usually false.
 */
function mayPress(
  member: LoopbackMember,
  { components }: SeenMessage,
  fits: (component: Component) => boolean,
  { chance, pressedBefore }: MoveSetting,
): boolean {
  const button = flat(components).find(fits);
  return button !== undefined && (!pressedBefore.has(keyOf(member, button)) || chance.below(repeatedPressEvery) === 0);
}

/** Whether this member sometimes deletes their data. In servers with the purpose `forgetting`, the last member does. */
const deletesData = ({ purpose, members }: StudyServer, member: LoopbackMember): boolean =>
  purpose === 'forgetting' && member === members.at(-1);

async function typeCommand(server: StudyServer, member: LoopbackMember, { chance }: MoveSetting): Promise<void> {
  const channel = randomItem(server.channels, chance);
  const isPrivate = chance.below(3) > 0;
  const about = randomItem(queries, chance);
  const lookUps = ['/event', '/dispute', '/fact'].map(
    (line) => () => member.command(channel, line, { about, private: isPrivate }),
  );
  const moves: readonly (() => Promise<unknown>)[] = [
    ...Array.from({ length: 4 }, () => () => openGroup(server, member, channel, chance)),
    ...Array.from({ length: 4 }, () => () => member.command(channel, '/quiz solo', { questions: 3 })),
    ...lookUps,
    () => member.command(channel, '/timeline', { from: 1900 + chance.below(120), private: isPrivate }),
    () => member.command(channel, '/timeline', { topic: randomItem(topics, chance), private: isPrivate }),
    () => member.command(channel, '/leaderboard', { by: randomItem(['points', 'accuracy', 'streak'], chance) }),
    () =>
      member.command(channel, '/leaderboard', { window: randomItem(['week', 'round'], chance), private: isPrivate }),
    () => member.command(channel, '/profile'),
    () => member.command(channel, '/me settings'),
    () => member.command(channel, '/help'),
    () => member.command(channel, '/quiz status'),
    () => member.command(channel, '/fact', { private: isPrivate }),
    () => requestSuggestions(member, channel, about.slice(0, 1 + chance.below(about.length))),
    ...(chance.below(6) === 0 ? [() => member.command(channel, '/quiz stop')] : []),
    ...(member === server.owner ? [() => member.command(channel, '/setup show')] : []),
  ];
  const outcome = (await randomItem(moves, chance)()) as Outcome | undefined;
  if (chance.below(2) === 0 && outcome?.kind === 'answered' && outcome.message)
    await useCard(member, outcome.message, chance);
}

async function openGroup(server: StudyServer, member: LoopbackMember, channel: string, chance: Dice): Promise<void> {
  if (deletesData(server, member)) return;
  const thread = randomItem(['auto', 'no'], chance);
  server.unseenLobbies++;
  const outcome = await member.command(channel, '/quiz group', {
    questions: 3,
    seconds: 10 + chance.below(11),
    thread,
  });
  if (outcome.kind === 'answered') server.unseenLobbies--;
}

/**
 * Requests suggestions. Ignores the error that `autocomplete` throws if it gets no suggestions, because an injected
 * fault may be the reason.
 */
async function requestSuggestions(member: LoopbackMember, channel: string, typed: string): Promise<void> {
  await member.autocomplete(channel, '/event', 'about', typed).catch((error: unknown) => {
    if (!(error instanceof Error) || !error.message.startsWith('Suggestions for')) throw error;
  });
}

/** Presses a random button of the message, or chooses a random option of a menu in the message. */
async function useCard(member: LoopbackMember, message: SeenMessage, chance: Dice): Promise<void> {
  const usable = flat(message.components).filter(
    ({ custom_id, disabled = false }) => custom_id !== undefined && !disabled && !unusedByCard.test(custom_id),
  );
  if (usable.length === 0) return;
  const { custom_id = '', options } = randomItem(usable, chance);
  await member.press(message, custom_id, options && [randomItem(options, chance).value]);
}

export function randomItem<T>(list: readonly T[], chance: Dice): T {
  const index = chance.below(list.length);
  if (index >= list.length) throw new Error('there is nothing to choose from');
  return list[index] as T;
}
