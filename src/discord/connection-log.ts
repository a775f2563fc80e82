/** Logs each loss and each recovery of the gateway connection, and why discord.js itself closed a connection. */
import { type Client, Events } from 'discord.js';
import type { Log } from '../log.ts';

/**
 * discord.js tells the reason why it closes a connection only in its debug lines. On the left its words, on the right
 * ours.
 */
const reasons: Readonly<Record<string, string>> = {
  'Zombie connection': 'Discord did not acknowledge a heartbeat',
  'Something timed out or went wrong while waiting for an event': 'Discord sent no READY in time',
  'Invalid session': 'Discord declared the session invalid',
  'Told to reconnect by Discord': 'Discord asked for a reconnect',
};

/** The errors of discord.js after a final close. The close itself is reported where it ends the bot. */
const finalErrors: ReadonlySet<string> = new Set([
  'Authentication failed',
  'Invalid shard',
  'Sharding is required',
  'Used an invalid API version',
  'Used invalid intents',
  'Used disallowed intents',
]);

export function logConnection(client: Client, log: Log): void {
  /** The number of losses of each shard since its last session. */
  const losses = new Map<number, number>();
  const found = (shard: number, words: string) => {
    losses.delete(shard);
    log.info({ shard }, words);
  };
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js reported an error'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  // Without the stack trace, which shows only the inside of discord.js.
  client.on(Events.ShardError, ({ message }, shard) => {
    if (!finalErrors.has(message)) log.error({ shard, reason: message }, 'the gateway connection failed');
  });
  client.on(Events.ShardReconnecting, (shard) => {
    const count = (losses.get(shard) ?? 0) + 1;
    losses.set(shard, count);
    // While Discord is down, discord.js tries twice a second. Then only the 1st, 2nd, 4th, 8th … loss is logged.
    if (Number.isInteger(Math.log2(count))) log.warn({ shard, count }, 'the gateway connection is lost; reconnecting');
  });
  client.on(Events.ShardResume, (shard) => found(shard, 'the gateway connection is resumed'));
  client.on(Events.ShardReady, (shard) => found(shard, 'the gateway session has begun'));
  client.on(Events.Debug, (line) => {
    const shard = Number(/Shard (\d+)/.exec(line)?.[1]);
    const [, reason = ''] = /\tReason: (.*)/.exec(line) ?? [];
    const words = reasons[reason];
    if (words !== undefined) log.warn({ shard, reason: words }, 'the gateway connection is closed by the bot');
    if (line.includes('will attempt to resume: true'))
      log.warn({ shard, reason: reasons['Invalid session'] }, 'the gateway session is resumed on the same connection');
  });
}
