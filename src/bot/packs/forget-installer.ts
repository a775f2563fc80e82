/** Removes a member's id and name from the packs that this member installed. The packs themselves are kept. */
import type { Store } from '../../store/store.ts';
import type { ServerPacks } from './server-packs.ts';
import { packListPrefix } from './stored-packs.ts';

/** Throws StoreError. */
export async function forgetInstaller(
  store: Store,
  packs: Pick<ServerPacks, 'changeList' | 'forgetLists'>,
  user: string,
): Promise<void> {
  for (const key of await store.keysContaining(packListPrefix, user))
    await packs.changeList(key.slice(packListPrefix.length), (old) => ({
      ...old,
      packs: old.packs.map((pack) => {
        const { by, ...rest } = pack;
        return by?.id === user ? rest : pack;
      }),
    }));
  packs.forgetLists();
}
