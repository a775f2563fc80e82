/**
 * If a member changes a question or a note, and the submitted form contains mistakes, the form is kept in memory. The
 * member can then correct the mistakes without typing all texts again. Each member has at most one form in each server.
 * All forms are lost in a restart.
 */
import { LRUCache } from 'lru-cache';
import type { ItemName, NoteForm } from '../../chat/reports/reports.ts';
import type { Clock } from '../../clock.ts';
import type { MendForm } from '../../core/reports/mend-question.ts';

/** How long a form is kept, in ms. */
const keptFor = 15 * 60_000;
const maxDrafts = 500;

interface Draft {
  readonly item: ItemName;
  readonly form: MendForm | NoteForm;
}

export interface MendDrafts {
  keep(server: string, user: string, draft: Draft): void;
  find(server: string, user: string): Draft | undefined;
  forget(server: string, user: string): void;
  /** Drops the forms of a member in all servers. */
  forgetMember(user: string): void;
}

export function createMendDrafts(clock: Clock): MendDrafts {
  const drafts = new LRUCache<string, Draft & { readonly until: number }>({ max: maxDrafts });
  const keyOf = (server: string, user: string) => `${server}/${user}`;
  return {
    keep: (server, user, draft) => void drafts.set(keyOf(server, user), { ...draft, until: clock.now() + keptFor }),
    find(server, user) {
      const found = drafts.get(keyOf(server, user));
      return found && clock.now() < found.until ? found : undefined;
    },
    forget: (server, user) => void drafts.delete(keyOf(server, user)),
    forgetMember(user) {
      for (const key of drafts.keys()) if (key.endsWith(`/${user}`)) drafts.delete(key);
    },
  };
}
