/**
 * Keeps previews of imported files in memory until they are installed, but not longer than 15 minutes. Previews are not
 * stored, so they are lost in a restart. Each member has at most one preview in each server.
 */
import { randomBytes } from 'node:crypto';
import type { PackChanges, Preview } from '../../chat/packs/added-packs.ts';
import type { Clock } from '../../clock.ts';
import { createAlarms } from '../alarms.ts';
import type { MaterialRead, MaterialRequest } from './pack-reader.ts';

/**
 * How long a preview is kept, in ms. A preview is shown in the reply to an interaction. The token of an interaction is
 * valid for 15 minutes, and a preview is kept for the same time.
 */
const keptFor = 15 * 60_000;
/** Maximum size of all previews together, in bytes. */
const maxBytes = 64 * 1_024 * 1_024;

export interface KeptPreview extends MaterialRead {
  readonly id: string;
  readonly server: string;
  readonly user: string;
  /**
   * The request with which the file was read. If the member changes a choice in the preview, the file is read again
   * with a changed copy of this request.
   */
  readonly request: MaterialRequest;
  readonly changes?: PackChanges;
}

export interface PackPreviews {
  /**
   * Keeps a preview and drops the member's earlier preview in this server. Returns undefined if the previews of all
   * members together would exceed the maximum size.
   */
  keep(preview: Omit<KeptPreview, 'id'>, id?: string): KeptPreview | undefined;
  /** Finds a preview of this member in this server. */
  find(id: string, server: string, user: string): KeptPreview | undefined;
  forget(id: string): void;
  /** Forgets all previews of a member. */
  forgetMember(user: string): void;
  close(): void;
}

export function createPackPreviews(clock: Clock): PackPreviews {
  const previews = new Map<string, KeptPreview>();
  const alarms = createAlarms(clock);
  const forget = (id: string) => {
    previews.delete(id);
    alarms.clear(id);
  };
  return {
    keep(preview, id = randomBytes(9).toString('base64url')) {
      for (const one of previews.values())
        if (one.user === preview.user && one.server === preview.server) forget(one.id);
      const size = [...previews.values()].reduce((sum, one) => sum + sizeOf(one), sizeOf(preview));
      if (size > maxBytes) return undefined;
      const kept = { ...preview, id };
      previews.set(id, kept);
      alarms.set(id, clock.now() + keptFor, () => previews.delete(id));
      return kept;
    },
    find(id, server, user) {
      const found = previews.get(id);
      return found?.server === server && found.user === user ? found : undefined;
    },
    forget,
    forgetMember(user) {
      for (const one of previews.values()) if (one.user === user) forget(one.id);
    },
    close() {
      alarms.close();
      previews.clear();
    },
  };
}

const sizeOf = ({ request, pieces }: Pick<KeptPreview, 'request' | 'pieces'>): number =>
  pieces.reduce((sum, piece) => sum + 2 * piece.length, request.bytes.length);

/** The part of a preview that cards show. */
export const shownPreview = ({ id, material, changes }: KeptPreview): Preview => ({
  id,
  material,
  ...(changes && { changes }),
});
