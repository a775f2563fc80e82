/**
 * Decides what the host, moderators and players may do in a round. Also replaces an idle host and removes the data of a
 * member from a round.
 */
import { stepClosed, stepDone, type EventOf, type Step, stepWith } from './events.ts';
import { answersTo, endRound, type Quiz, voidOpenQuestion } from './round.ts';
import { missesUntilInactive } from './timing.ts';

/**
 * Prefix of the placeholder that replaces the id of a member whose data was deleted. The prefix is followed by a
 * number.
 */
const deletedPrefix = 'deleted:';
/** Whether a player's id is a placeholder for a member whose data was deleted on request. */
export const isDeletedPlayer = (user: string): boolean => user.startsWith(deletedPrefix);

/** Whether a member may use the host controls. */
export const mayControl = (quiz: Quiz, { user, moderator }: { readonly user: string; readonly moderator: boolean }) =>
  user === quiz.host || (moderator && quiz.mode === 'group');

/**
 * Whether this member can stop the round or vote to stop it. The host and moderators can stop the round at once. A
 * request by another active player counts as a vote.
 */
export const mayStop = (quiz: Quiz, presser: { readonly user: string; readonly moderator: boolean }): boolean =>
  mayControl(quiz, presser) || (quiz.mode === 'group' && activePlayers(quiz).includes(presser.user));

/** If `user` is the host, sets `hostIdle` to 0. */
export const resetHostIdle = (quiz: Quiz, user: string): Quiz =>
  user === quiz.host && quiz.hostIdle > 0 ? { ...quiz, hostIdle: 0 } : quiz;

export function addPlayer(quiz: Quiz, user: string, name: string): Quiz {
  return { ...quiz, players: { ...quiz.players, [user]: { name, misses: 0 } } };
}

/**
 * Ids of the active players, in the order in which they joined. A player becomes inactive by missing two consecutive
 * questions.
 */
const activePlayers = ({ players }: Quiz): readonly string[] =>
  Object.entries(players).flatMap(([user, { misses }]) => (misses < missesUntilInactive ? [user] : []));

/**
 * Handles a request to stop the round. If the host or a moderator makes the request, the round ends immediately. A
 * request by another active player is a vote. The round ends as soon as more than half of the active players have
 * voted.
 */
export function stop(quiz: Quiz, event: EventOf<'stop'>): Step {
  if (quiz.phase.name === 'ended') return stepClosed(quiz);
  if (mayControl(quiz, event)) return stepDone(endRound(voidOpenQuestion(quiz), 'stopped'));
  if (!mayStop(quiz, event)) return stepWith(quiz, { is: 'not-host', host: quiz.host });
  const active = activePlayers(quiz);
  const votes = active.filter((user) => user === event.user || quiz.votes.includes(user));
  const needed = Math.floor(active.length / 2) + 1;
  if (votes.length >= needed) return stepDone(endRound(voidOpenQuestion(quiz), 'stopped'));
  const outcome = { is: 'voted', votes: votes.length, needed } as const;
  return stepWith(quiz.votes.includes(event.user) ? quiz : { ...quiz, votes: [...quiz.votes, event.user] }, outcome);
}

/**
 * Replaces the host if the host was idle for two questions. The new host is the player who joined first among those who
 * answered one of these questions. If there is no such player, the host does not change.
 */
export function replaceIdleHost(quiz: Quiz, question: number): Quiz {
  if (quiz.hostIdle < missesUntilInactive) return quiz;
  const answered = [question, question - 1].map((index) => answersTo(quiz, index));
  const next = Object.keys(quiz.players).find(
    (user) => user !== quiz.host && !isDeletedPlayer(user) && answered.some((answers) => Object.hasOwn(answers, user)),
  );
  return next === undefined ? quiz : { ...quiz, host: next, hostIdle: 0 };
}

/**
 * Replaces the id of a member with a placeholder and removes the name. The member's answers stay under the placeholder,
 * so nothing changes for the other players. If the member was the host, another active player becomes host.
 */
export function anonymise(quiz: Quiz, user: string): Quiz {
  const isIn = Object.hasOwn(quiz.players, user) || quiz.host === user;
  if (!isIn) return quiz;
  const replacement = `${deletedPrefix}${Object.keys(quiz.players).filter(isDeletedPlayer).length + 1}`;
  const renamed = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T = (value) => value) =>
    Object.fromEntries(
      Object.entries(record).map(([id, value]) => (id === user ? [replacement, change(value)] : [id, value])),
    );
  const without: Quiz = {
    ...quiz,
    players: renamed(quiz.players, ({ misses }) => ({ name: '', misses })),
    answers: quiz.answers.map((all) => renamed(all)),
    reduced: quiz.reduced.filter((one) => one.user !== user),
    votes: quiz.votes.filter((id) => id !== user),
    host: quiz.host === user ? replacement : quiz.host,
  };
  if (quiz.mode === 'solo' && quiz.host === user) return endRound(without, 'stopped');
  if (without.host !== replacement || quiz.phase.name === 'ended') return without;
  const nextHost = activePlayers(without).find((id) => !isDeletedPlayer(id));
  // If no active player can become the host, the round ends.
  return nextHost === undefined
    ? endRound(voidOpenQuestion(without), 'stopped')
    : { ...without, host: nextHost, hostIdle: 0 };
}
