/** Who may do what in a round (host, moderators, a majority), and how a member is taken out of it. */
import { stepClosed, stepDone, type EventOf, type Step, stepWith } from './events.ts';
import { answersTo, endRound, missesUntilInactive, type Quiz, voidOpenQuestion } from './round.ts';

/** Followed by a number: the id that replaces a deleted member. */
const deletedPrefix = 'deleted:';
/** Whether this id replaces a member who asked to be deleted. */
export const isDeletedPlayer = (user: string): boolean => user.startsWith(deletedPrefix);

/** Whether a member may use the host controls. */
export const mayControl = (quiz: Quiz, { user, moderator }: { readonly user: string; readonly moderator: boolean }) =>
  user === quiz.host || (moderator && quiz.mode === 'group');

/** Sets the idle count of the host back to zero if `user` is the host. */
export const resetHostIdle = (quiz: Quiz, user: string): Quiz =>
  user === quiz.host && quiz.hostIdle > 0 ? { ...quiz, hostIdle: 0 } : quiz;

export function addPlayer(quiz: Quiz, user: string, name: string): Quiz {
  return { ...quiz, players: { ...quiz.players, [user]: { name, misses: 0 } } };
}

/** Players who did not miss two questions in a row, in the order in which they joined. */
const activePlayers = ({ players }: Quiz): readonly string[] =>
  Object.entries(players).flatMap(([user, { misses }]) => (misses < missesUntilInactive ? [user] : []));

/** Ends the round for its host or a moderator. Any other active player votes; more than half of them end it. */
export function stop(quiz: Quiz, event: EventOf<'stop'>): Step {
  if (quiz.phase.name === 'ended') return stepClosed(quiz);
  if (mayControl(quiz, event)) return stepDone(endRound(voidOpenQuestion(quiz), 'stopped'));
  const active = activePlayers(quiz);
  if (quiz.mode === 'solo' || !active.includes(event.user)) return stepWith(quiz, { is: 'not-host', host: quiz.host });
  const votes = active.filter((user) => user === event.user || quiz.votes.includes(user));
  const needed = Math.floor(active.length / 2) + 1;
  if (votes.length >= needed) return stepDone(endRound(voidOpenQuestion(quiz), 'stopped'));
  const outcome = { is: 'voted', votes: votes.length, needed } as const;
  return stepWith(quiz.votes.includes(event.user) ? quiz : { ...quiz, votes: [...quiz.votes, event.user] }, outcome);
}

/** Replaces a host who was idle for two questions by the first player who answered one of them, if there is any. */
export function replaceIdleHost(quiz: Quiz, question: number): Quiz {
  if (quiz.hostIdle < missesUntilInactive) return quiz;
  const answered = [question, question - 1].map((index) => answersTo(quiz, index));
  const next = Object.keys(quiz.players).find(
    (user) => user !== quiz.host && !isDeletedPlayer(user) && answered.some((answers) => Object.hasOwn(answers, user)),
  );
  return next === undefined ? quiz : { ...quiz, host: next, hostIdle: 0 };
}

/** Replaces a member by an id without a name. The answers stay, so the other players' round does not change. */
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
  // Without anybody to host it the round ends.
  return nextHost === undefined
    ? endRound(voidOpenQuestion(without), 'stopped')
    : { ...without, host: nextHost, hostIdle: 0 };
}
