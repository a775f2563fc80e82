/**
 * Checks whether the bot can do its work: the saved quiz rounds are loaded, all shards are connected, Discord
 * acknowledges heartbeats and accepts the token, the store can be written, and this process still owns its shards (see
 * `Lease`).
 */
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { type Check, createProbe } from './probe.ts';
import type { RunningParts } from './running-parts.ts';

/**
 * Maximum age of the last acknowledged heartbeat, in ms. Discord requests a heartbeat about every 41 s, so after 90 s
 * two heartbeats have been missed. Source: Discord documentation, events/gateway#sending-heartbeats.
 */
const oldestHeartbeat = 90_000;
const storeProbe = { freshFor: 10_000, patience: 3_000 };
const discordProbe = { freshFor: 30_000, patience: 5_000 };
const probeKey = 'probe';

export interface Report {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, Check>>;
}

export interface Readiness {
  /** Never rejects. */
  check(): Promise<Report>;
}

/** Checks that the store can be written: overwrites a value that nothing reads. Throws StoreError. */
export const writeProbe = (store: Pick<Store, 'set'>, at: number): Promise<void> => store.set(probeKey, { at });

/** @param state returns the parts of the running bot, or the reason why it is not running */
export function createReadiness(clock: Clock, state: () => RunningParts | string): Readiness {
  let probed: { readonly parts: RunningParts; readonly checks: () => Promise<Report['checks']> } | undefined;
  return {
    async check() {
      const parts = state();
      if (typeof parts === 'string') return reportOf({ rounds: { ok: false, why: parts } });
      if (probed?.parts !== parts) probed = { parts, checks: checksOf(clock, parts) };
      return reportOf({ rounds: { ok: true }, ...(await probed.checks()) });
    },
  };
}

const reportOf = (checks: Report['checks']): Report => ({
  ready: Object.values(checks).every(({ ok }) => ok),
  checks,
});

function checksOf(clock: Clock, { discord, store, lease }: RunningParts): () => Promise<Report['checks']> {
  const written = createProbe({ clock, ...storeProbe, run: () => writeProbe(store, clock.now()) });
  const confirmed = createProbe({ clock, ...discordProbe, run: () => discord.confirm() });
  return async () => {
    const [storeCheck, discordCheck] = await Promise.all([written(), confirmed()]);
    return {
      shards: shardCheck(discord),
      heartbeat: heartbeatCheck(discord),
      store: storeCheck,
      discord: discordCheck,
      ...(lease && { lease: lease.isHeld() ? { ok: true } : { ok: false, why: 'another process may own the shards' } }),
    };
  };
}

function shardCheck({ shards }: RunningParts['discord']): Check {
  const all = shards();
  if (all.length === 0) return { ok: false, why: 'no shard is connected' };
  const missing = all.flatMap(({ shard, isReady }) => (isReady ? [] : [shard]));
  return missing.length === 0 ? { ok: true } : { ok: false, why: `not connected: ${summaryOf(missing)}` };
}

function heartbeatCheck({ shards }: RunningParts['discord']): Check {
  const late = shards().filter(({ heartbeatAge = Infinity }) => heartbeatAge > oldestHeartbeat);
  if (late.length === 0) return { ok: true };
  const why = `no heartbeat was acknowledged for ${oldestHeartbeat / 1_000} s: ${summaryOf(late.map(({ shard }) => shard))}`;
  return { ok: false, why };
}

/** Lists at most five shards. */
const summaryOf = (shards: readonly number[]): string =>
  `shard ${shards.slice(0, 5).join(', ')}${shards.length > 5 ? ` and ${shards.length - 5} more` : ''}`;
