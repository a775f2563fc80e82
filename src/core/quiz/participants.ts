/** Who may do what in a round: its host, moderators, the majority; and what remains of a member who asked to be forgotten. */
import { stepClosed, stepDone, type EventOf, type Step, stepWith } from './events.ts';
import { answersTo, endRound, missesUntilInactive, type Quiz, voidOpenQuestion } from './round.ts';

/** Before the number of a seat whose member asked to be forgotten. */
const deletedPrefix = 'deleted:';
/** Whether this seat belongs to a member who asked to be forgotten. */
export const isDeletedPlayer = (user: string): boolean => user.startsWith(deletedPrefix);

/** Whether this member may use the controls of the round. */
export const mayControl = (quiz: Quiz, { user, moderator }: { readonly user: string; readonly moderator: boolean }) =>
  user === quiz.host || (moderator && quiz.mode === 'group');

/** The same round, its host known to be there. */
export const resetHostIdle = (quiz: Quiz, user: string): Quiz =>
  user === quiz.host && quiz.hostIdle > 0 ? { ...quiz, hostIdle: 0 } : quiz;

export function addPlayer(quiz: Quiz, user: string, name: string): Quiz {
  return { ...quiz, players: { ...quiz.players, [user]: { name, misses: 0 } } };
}

/** Players who let fewer than two questions in a row pass, in the order in which they came. */
const activePlayers = ({ players }: Quiz): readonly string[] =>
  Object.entries(players).flatMap(([user, { misses }]) => (misses < missesUntilInactive ? [user] : []));

/** The round ends when its host or a moderator says so, or more than half of the active players. */
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

/** A host who was idle for two questions hands over to the first player who was not; the same round when there is none. */
export function replaceIdleHost(quiz: Quiz, question: number): Quiz {
  if (quiz.hostIdle < missesUntilInactive) return quiz;
  const answered = [question, question - 1].map((index) => answersTo(quiz, index));
  const next = Object.keys(quiz.players).find(
    (user) => user !== quiz.host && !isDeletedPlayer(user) && answered.some((answers) => Object.hasOwn(answers, user)),
  );
  return next === undefined ? quiz : { ...quiz, host: next, hostIdle: 0 };
}

/** The round with a nameless seat in the member's place: answers stay, whose they were does not. */
export function anonymise(quiz: Quiz, user: string): Quiz {
  const isIn = Object.hasOwn(quiz.players, user) || quiz.host === user;
  if (!isIn) return quiz;
  const seat = `${deletedPrefix}${Object.keys(quiz.players).filter(isDeletedPlayer).length + 1}`;
  const renamed = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T = (value) => value) =>
    Object.fromEntries(
      Object.entries(record).map(([id, value]) => (id === user ? [seat, change(value)] : [id, value])),
    );
  const without: Quiz = {
    ...quiz,
    players: renamed(quiz.players, ({ misses }) => ({ name: '', misses })),
    answers: quiz.answers.map((all) => renamed(all)),
    votes: quiz.votes.filter((id) => id !== user),
    host: quiz.host === user ? seat : quiz.host,
  };
  if (quiz.mode === 'solo' && quiz.host === user) return endRound(without, 'stopped');
  const heir = activePlayers(without).find((id) => !isDeletedPlayer(id));
  return without.host === seat && heir !== undefined ? { ...without, host: heir, hostIdle: 0 } : without;
}
