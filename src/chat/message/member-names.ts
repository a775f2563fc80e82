/** Distinguishes members of a list who have the same name. */
import { escapeInline } from './escape-markdown.ts';

interface Named {
  readonly user: string;
  readonly name: string;
}

/**
 * Returns a function that gives the name of each member in a list, escaped and shortened. If several members of the
 * list have the same name, the last four digits of their ids are added. Members can look up these ids in Discord.
 */
export function distinctNames(members: readonly Named[], most = 32): (member: Named) => string {
  const shown = (name: string) => escapeInline(name, most);
  const users = new Map<string, Set<string>>();
  for (const { user, name } of members) {
    const key = shown(name).toLowerCase();
    users.set(key, (users.get(key) ?? new Set()).add(user));
  }
  return ({ user, name }) => {
    const isShared = (users.get(shown(name).toLowerCase())?.size ?? 0) > 1;
    return isShared ? `${shown(name)} (…${user.slice(-4)})` : shown(name);
  };
}
