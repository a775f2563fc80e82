/**
 * Manages the packs of servers as the bot does, but with a fake reader. The reader does not parse a file, but puts the
 * text of the file into the title of the pack.
 */
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import { defaultPackLimits } from '../../src/bot/packs/library-state.ts';
import type { PackReader } from '../../src/bot/packs/pack-reader.ts';
import { createPackRuntime, type PackRuntime } from '../../src/bot/packs/pack-runtime.ts';
import { type ShardOwner, soleOwner } from '../../src/bot/ports/shard-owner.ts';
import { createRetries } from '../../src/bot/retries.ts';
import { createLog } from '../../src/log.ts';
import { settled, type VirtualClock, virtualClock } from '../../src/loopback/virtual-clock.ts';
import type { Store } from '../../src/store/store.ts';
import { polarFirsts } from '../support/caspian.ts';
import { fixtureDownloads } from '../support/fixture-files.ts';

export interface FakePacks extends PackRuntime {
  readonly clock: VirtualClock;
  /** How often a pack was read from the store. */
  loads(): number;
  /** Imports a text as a pack with this name and installs the pack. Returns the kind of the outcome. */
  install(text: string, name?: string, server?: string): Promise<string>;
  /**
   * The title of the pack that a server uses. The title of an installed pack is its name, a colon and its text, such as
   * `Rivers: abc`. The title of the shipped pack is `shipped`.
   */
  used(server?: string): Promise<string>;
}

export const manager = { id: 'id-manager', name: 'manager' };

/** Each character is a piece of its own, so that even a short text has several pieces. */
const piecesOf = (text: string): readonly string[] => text.split('');

export function fakePacks(
  store: Store,
  clock: VirtualClock = virtualClock(),
  owner: ShardOwner = soleOwner,
): FakePacks {
  let loads = 0;
  const reader: PackReader = {
    async stored({ pieces, name }) {
      loads++;
      return { ...polarFirsts, pack: { ...polarFirsts.pack, title: `${name}: ${pieces.join('')}` } };
    },
    material: async ({ bytes, name = 'Rivers' }) => ({
      material: {
        kind: 'pack',
        name,
        readAs: 'A text.',
        entries: 20_000,
        questions: 0,
        cards: [],
        leftOut: [],
        remarks: [],
        strategies: [],
      },
      pieces: piecesOf(new TextDecoder().decode(bytes)),
    }),
    changes: async () => ({ added: [], changed: [], gone: [] }),
    exported: async () => ({ fileName: '', text: '', lost: [] }),
  };
  const log = createLog('silent');
  const runtime = createPackRuntime({
    defaults: createPackByGuild({ ...polarFirsts, pack: { ...polarFirsts.pack, title: 'shipped' } }),
    store,
    owner,
    clock,
    reader,
    downloads: fixtureDownloads,
    limits: defaultPackLimits,
    retries: createRetries(clock, log),
    log,
  });
  return {
    ...runtime,
    clock,
    loads: () => loads,
    async install(text, name = 'Rivers', server = 'guild') {
      const packs = runtime.library.at(server);
      const previewed = await packs.preview({ text, name }, manager.id);
      if (previewed.is !== 'preview') return previewed.is;
      const { is } = await packs.install(previewed.preview.id, manager, clock.now());
      await settled();
      return is;
    },
    used: async (server = 'guild') => (await runtime.packs.at(server)).facts.pack.title,
  };
}
