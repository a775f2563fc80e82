/** Deletes everything that the bot stores about a member. */
import type { Rounds, Scores, Settings } from '../chat/command-context.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Pictures } from './ports/pictures.ts';
import type { UnseenFacts } from './unseen-facts.ts';

interface Ports {
  readonly rounds: Pick<Rounds, 'forget'>;
  readonly scores: Pick<Scores, 'forget'>;
  readonly settings: Pick<Settings, 'forgetMember'>;
  readonly pictures: Pick<Pictures, 'forget'>;
  readonly unseenFacts: Pick<UnseenFacts, 'forget'>;
  readonly store: Pick<Store, 'vacuum'>;
  readonly log: Log;
}

/**
 * Returns the number of servers and private conversations that had scores of this member. Returns undefined if
 * something could not be deleted.
 */
export async function deleteMember(
  { rounds, scores, settings, pictures, unseenFacts, store, log }: Ports,
  user: string,
): Promise<number | undefined> {
  try {
    // A running round could write new scores for this member. Therefore the member is removed from the rounds before
    // the scores are deleted.
    await rounds.forget(user);
    const places = await scores.forget(user);
    await settings.forgetMember(user);
    pictures.forget();
    await unseenFacts.forget(user);
    // This may take long, so the member does not wait for it. The store repeats it if the database is out of reach.
    store.vacuum().catch((error: unknown) => {
      log.error({ err: error }, 'the space of deleted values could not be cleared; the database does this later');
    });
    return places;
  } catch (error) {
    log.error({ err: error }, 'not everything kept about a member could be deleted');
    return undefined;
  }
}
