/**
 * Logs lost and restored gateway connections, and servers that add or remove the bot. If discord.js itself closed a
 * connection, the reason is logged too.
 */
import { type Client, Events } from 'discord.js';
import type { Log } from '../log.ts';

/**
 * The reasons why discord.js closes a connection. discord.js writes these reasons only to its debug lines. Each key is
 * the text of discord.js, and each value is the text for the bot's log.
 */
const reasons: Readonly<Record<string, string>> = {
  'Zombie connection': 'Discord did not acknowledge a heartbeat',
  'Something timed out or went wrong while waiting for an event': 'Discord sent no READY in time',
  'Invalid session': 'Discord declared the session invalid',
  'Told to reconnect by Discord': 'Discord asked for a reconnect',
};

/**
 * The errors that discord.js emits if the close code of a connection does not allow a reconnect. They are not logged
 * here, because the bot then ends and reports the reason.
 */
const finalErrors: ReadonlySet<string> = new Set([
  'Authentication failed',
  'Invalid shard',
  'Sharding is required',
  'Used an invalid API version',
  'Used invalid intents',
  'Used disallowed intents',
]);

export function logConnection(client: Client, log: Log): void {
  /** For each shard: the number of lost connections and failed reconnects since the shard was last ready. */
  const losses = new Map<number, number>();
  const found = (shard: number, words: string) => {
    losses.delete(shard);
    log.info({ shard }, words);
  };
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js reported an error'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  // The stack trace is not logged because it shows only internal functions of discord.js.
  client.on(Events.ShardError, ({ message }, shard) => {
    if (!finalErrors.has(message)) log.error({ shard, reason: message }, 'the gateway connection failed');
  });
  client.on(Events.ShardReconnecting, (shard) => {
    const count = (losses.get(shard) ?? 0) + 1;
    losses.set(shard, count);
    // While Discord is down, discord.js reconnects twice a second. To keep the log short, only the 1st, 2nd, 4th, 8th …
    // loss is logged.
    if (Number.isInteger(Math.log2(count))) log.warn({ shard, count }, 'the gateway connection is lost; reconnecting');
  });
  client.on(Events.GuildCreate, ({ id, shardId }) =>
    log.info({ server: id, shard: shardId }, 'a server added the bot'),
  );
  client.on(Events.GuildDelete, ({ id, shardId }) =>
    log.info({ server: id, shard: shardId }, 'a server removed the bot, or was deleted'),
  );
  client.on(Events.ClientReady, ({ guilds, ws }) =>
    log.info({ servers: guilds.cache.size, shards: ws.shards.size }, 'the bot has joined Discord'),
  );
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
