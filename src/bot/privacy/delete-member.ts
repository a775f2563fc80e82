/**
 * Deletes everything that the bot stores about a member, and removes the deleted content from the files of the store.
 * Backups that `npm run backup` has made are not changed.
 */
import type { Rounds, Scores, Settings } from '../../chat/command-context.ts';
import type { Deletion } from '../../chat/member-data.ts';
import { type Log, newReference } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import { forgetInstaller } from '../packs/forget-installer.ts';
import type { PackLibrary } from '../packs/pack-library.ts';
import type { ServerPacks } from '../packs/server-packs.ts';
import type { Pictures } from '../ports/pictures.ts';
import type { ServerReports } from '../reports/server-reports.ts';
import type { UnseenFacts } from '../unseen-facts.ts';

interface Ports {
  readonly rounds: Rounds;
  readonly scores: Scores;
  readonly settings: Settings;
  readonly pictures: Pictures;
  readonly unseenFacts: UnseenFacts;
  readonly packs: Pick<ServerPacks, 'changeList' | 'forgetLists'>;
  readonly library: Pick<PackLibrary, 'forgetMember'>;
  readonly reports: Pick<ServerReports, 'forgetMember'>;
  readonly store: Store;
  /** Deletes the member's data in the other processes of the bot. Absent if the bot has only one process. */
  readonly forgetElsewhere?: ((user: string) => Promise<void>) | undefined;
  readonly log: Log;
}

export async function deleteMember(ports: Ports, user: string): Promise<Deletion> {
  const { rounds, scores, settings, pictures, unseenFacts, packs, library, reports, store, forgetElsewhere, log } =
    ports;
  try {
    // A running round could write new scores for this member. Therefore the member is removed from the rounds before
    // the scores are deleted.
    await rounds.forget(user);
    const deleted = await scores.forget(user);
    await settings.forgetMember(user);
    pictures.forget();
    await unseenFacts.forget(user);
    library.forgetMember(user);
    await forgetInstaller(store, packs, user);
    await reports.forgetMember(user);
    // Values that cannot be read are kept under this prefix. They may contain data of this member.
    for (const key of await store.keysContaining('broken/', user)) await store.delete(key);
    await forgetElsewhere?.(user);
    await store.purge();
    return deleted;
  } catch (error) {
    const reference = newReference();
    log.error({ err: error, reference }, 'not everything kept about a member could be deleted');
    return { reference };
  }
}
