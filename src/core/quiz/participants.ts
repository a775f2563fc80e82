/**
 * What the host, moderators, players and a majority of players may do in a round, and how a member's data is removed
 * from it.
 */
import { stepClosed, stepDone, type EventOf, type Step, stepWith } from './events.ts';
import { answersTo, endRound, missesUntilInactive, type Quiz, voidOpenQuestion } from './round.ts';

/** Prefix of the id that replaces a deleted member's id. A number follows. */
const deletedPrefix = 'deleted:';
/** Whether this id stands for a member whose data was deleted on request. */
export const isDeletedPlayer = (user: string): boolean => user.startsWith(deletedPrefix);

/** Whether a member may use the host controls. */
export const mayControl = (quiz: Quiz, { user, moderator }: { readonly user: string; readonly moderator: boolean }) =>
  user === quiz.host || (moderator && quiz.mode === 'group');

/** Whether a stop by this member ends the round or counts as a vote. */
export const mayStop = (quiz: Quiz, presser: { readonly user: string; readonly moderator: boolean }): boolean =>
  mayControl(quiz, presser) || (quiz.mode === 'group' && activePlayers(quiz).includes(presser.user));

/** Resets the idle count of the host if `user` is the host. */
export const resetHostIdle = (quiz: Quiz, user: string): Quiz =>
  user === quiz.host && quiz.hostIdle > 0 ? { ...quiz, hostIdle: 0 } : quiz;

export function addPlayer(quiz: Quiz, user: string, name: string): Quiz {
  return { ...quiz, players: { ...quiz.players, [user]: { name, misses: 0 } } };
}

/** Ids of the players who have not missed two consecutive questions, in the order in which they joined. */
const activePlayers = ({ players }: Quiz): readonly string[] =>
  Object.entries(players).flatMap(([user, { misses }]) => (misses < missesUntilInactive ? [user] : []));

/**
 * Ends the round if `user` is the host or a moderator. A request by another active player counts as a vote, and the
 * round ends when more than half of the active players have voted.
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
 * If the host was idle for two questions, the first player who answered one of these two questions becomes host. If
 * there is no such player, the host stays.
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
 * Replaces a member's id with a placeholder and removes the name. The answers stay, so the round does not change for
 * the other players.
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
    votes: quiz.votes.filter((id) => id !== user),
    host: quiz.host === user ? replacement : quiz.host,
  };
  if (quiz.mode === 'solo' && quiz.host === user) return endRound(without, 'stopped');
  if (without.host !== replacement || quiz.phase.name === 'ended') return without;
  const nextHost = activePlayers(without).find((id) => !isDeletedPlayer(id));
  // If no active player is left who could become host, the round ends.
  return nextHost === undefined
    ? endRound(voidOpenQuestion(without), 'stopped')
    : { ...without, host: nextHost, hostIdle: 0 };
}
