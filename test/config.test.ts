/** Tests how the settings are read from environment variables, and whether `.env.example` describes all variables. */
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig, variables } from '../src/config.ts';
import { isInRange, parseShardRange, requestsPerSecond } from '../src/core/shard-range.ts';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
/** The variables in `.env.example`, with comments and values. */
const written = example
  .split(/\n{2,}/)
  .map((block) => block.split('\n').filter((line) => line !== ''))
  .flatMap((lines) => {
    const [assignment] = lines.filter((line) => !line.startsWith('#'));
    if (assignment === undefined) return [];
    const [name = '', value = ''] = assignment.split(/=(.*)/s);
    const comment = lines
      .filter((line) => line.startsWith('#'))
      .map((line) => line.replace(/^#\s*/, ''))
      .join(' ');
    return [{ name, value, comment }];
  });

test('.env.example lists all variables with their descriptions and defaults', () => {
  expect(written).toEqual(
    Object.entries(variables).map(([name, schema]) => ({
      name,
      value: String(schema.parse(undefined) ?? ''),
      comment: schema.description,
    })),
  );
});

test('reading an unchanged .env.example gives the default settings', () => {
  const asWritten = readConfig(Object.fromEntries(written.map(({ name, value }) => [name, value])));
  expect(asWritten).toEqual(readConfig({}));
  expect(asWritten).toEqual({
    token: undefined,
    api: undefined,
    dataDir: expect.stringMatching(/\/\.caspian$/),
    databaseUrl: undefined,
    shards: undefined,
    standby: 'refuse',
    playgroundPort: 8374,
    health: undefined,
    stopPatience: 8_000,
    packLimits: { packs: 5, entries: 10_000, size: 8 * 1_048_576 },
    logLevel: 'warn',
  });
});

test('if a variable is empty, the setting has its default value', () => {
  expect(
    readConfig({ DISCORD_TOKEN: '', DISCORD_API: '  ', DATA_DIR: '', PLAYGROUND_PORT: ' ', LOG_LEVEL: '' }),
  ).toEqual(readConfig({}));
});

test('values are trimmed, and a relative DATA_DIR becomes an absolute path', () => {
  const config = readConfig({
    DISCORD_TOKEN: ' a.b.c ',
    DISCORD_API: 'http://127.0.0.1:1/api',
    DATA_DIR: 'data-of-mine',
    PLAYGROUND_PORT: '0',
    LOG_LEVEL: 'debug',
  });
  expect(config).toMatchObject({ token: 'a.b.c', api: 'http://127.0.0.1:1/api', playgroundPort: 0, logLevel: 'debug' });
  expect(isAbsolute(config.dataDir)).toBe(true);
  expect(config.dataDir).toMatch(/\/data-of-mine$/);
  expect(readConfig({ DATA_DIR: '/somewhere/else' }).dataDir).toBe('/somewhere/else');
});

test('all invalid settings are reported together', () => {
  const env = { DISCORD_TOKEN: 'two words', DISCORD_API: 'discord', PLAYGROUND_PORT: '70000', LOG_LEVEL: 'loud' };
  const read = () => readConfig(env);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(
    [
      'DISCORD_TOKEN: write the bot token as the Developer Portal shows it, without spaces.',
      'DISCORD_API: write an address such as http://127.0.0.1:8374/api, or leave it empty.',
      'PLAYGROUND_PORT: write a port number from 0 to 65535; 0 takes any free port.',
      'LOG_LEVEL: write debug, info, warn, error or silent.',
    ].join('\n'),
  );
});

test.each(['eight', '-1', '65536', '80.5', '0x50'])('%s is rejected as a port number', (port) => {
  expect(() => readConfig({ PLAYGROUND_PORT: port })).toThrow('PLAYGROUND_PORT: write a port number from 0 to 65535');
});

test.each([
  ['9464', { host: '127.0.0.1', port: 9464 }],
  ['0', { host: '127.0.0.1', port: 0 }],
  ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
  ['localhost:9464', { host: 'localhost', port: 9464 }],
  ['[::]:9464', { host: '::', port: 9464 }],
])('HEALTH_PORT=%s sets the address of the health checks', (text, health) => {
  expect(readConfig({ HEALTH_PORT: text }).health).toEqual(health);
});

test.each(['eighty', '65536', '-1', '::1:9464', '0.0.0.0:', 'http://0.0.0.0:9464', 'a b:1', '1:2:3'])(
  'HEALTH_PORT=%s is refused',
  (text) => {
    const read = () => readConfig({ HEALTH_PORT: text });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/^HEALTH_PORT: write a port number such as 9464, or a host and a port/);
  },
);

test('error messages never contain the token', () => {
  let message = '';
  try {
    readConfig({ DISCORD_TOKEN: 'secret secret' });
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('DISCORD_TOKEN');
  expect(message).not.toContain('secret');
});

test.each([
  'postgres://localhost/caspian',
  'postgresql://user:pass%2Fword@db.example:5433/caspian?sslmode=require',
  'postgres:///caspian?host=/var/run/postgresql',
])('the database address %s is accepted', (address) => {
  expect(readConfig({ DATABASE_URL: address }).databaseUrl).toBe(address);
});

test.each([
  ['another kind of database', 'mysql://user:a-secret@host/caspian'],
  ['no name of a database', 'postgres://user:a-secret@host'],
  ['a slash in the password', 'postgres://user:a-secret/x@host/caspian'],
  ['a number sign in the password', 'postgres://user:a-secret#x@host/caspian'],
  ['a port that is no number', 'postgres://user:a-secret@host:port/caspian'],
  ['no address at all', 'a-secret'],
])('a database address with %s is refused, and the error message does not contain the password', (_, address) => {
  const refuse = () => readConfig({ DATABASE_URL: address });
  expect(refuse).toThrow(/^DATABASE_URL: write an address such as postgres:/);
  expect(refuse).not.toThrow('a-secret');
});

const database = 'postgres://127.0.0.1/caspian';

test.each([
  ['0-15/64', { first: 0, last: 15, total: 64 }],
  ['3/4', { first: 3, last: 3, total: 4 }],
  ['auto', undefined],
])('SHARDS=%s is parsed as the shards of this process', (text, shards) => {
  expect(readConfig({ SHARDS: text, DATABASE_URL: database }).shards).toEqual(shards);
});

test.each(['0-15', '16-15/64', '0-64/64', '-1-3/4', '0-3/4/5', 'all', '0 - 3/4', '0-0/0'])(
  'SHARDS=%s is refused, and the error message contains an example of a valid value',
  (text) => {
    expect(() => readConfig({ SHARDS: text, DATABASE_URL: database })).toThrow(
      /^SHARDS: write auto, or a range such as 0-15\/64: the first and the last shard of this process/,
    );
  },
);

test('without DATABASE_URL, a range in SHARDS and STANDBY=wait are rejected', () => {
  expect(() => readConfig({ SHARDS: '0-15/64', STANDBY: 'wait' })).toThrow(
    'SHARDS: processes share their data only on PostgreSQL. Set DATABASE_URL, or write auto.\n' +
      'STANDBY: processes share their data only on PostgreSQL. Set DATABASE_URL, or write refuse.',
  );
});

test('a server belongs to the range that contains its shard; a private conversation belongs to the range that contains shard 0', () => {
  // Discord documentation, events/gateway#sharding: shard_id = (guild_id >> 22) % num_shards.
  const server = String((21n << 22n) + 7n);
  const ranges = ['0/16', '1-7/16', '8-15/16', 'auto'].map((text) => parseShardRange(text));
  expect(ranges.map((range) => isInRange(range, server))).toEqual([false, true, false, true]);
  expect(ranges.map((range) => isInRange(range, undefined))).toEqual([true, false, false, true]);
});

test('the limit of 50 requests per second is divided among the processes in proportion to their numbers of shards', () => {
  const shares = ['0-31/64', '32-47/64', '48-62/64', '63/64'].map((text) => {
    const range = parseShardRange(text);
    return range && requestsPerSecond(range);
  });
  expect(shares).toEqual([25, 12, 11, 1]);
});
