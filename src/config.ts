/**
 * Reads the settings from environment variables. If variables are invalid, the error lists all of them and says how to
 * correct each one.
 */
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseShardRange, type ShardRange } from './core/shard-range.ts';

/** The folder of the bot's package.json. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.resolve('#data/README.md')));
/** The path of the file with settings. */
export const envFile = resolve(projectFolder, '.env');

/**
 * Whether a text is the address of a PostgreSQL database. The address must not be shown in messages, because it may
 * contain a password.
 */
const isDatabaseUrl = (address: string): boolean =>
  /^postgres(ql)?:\/\//.test(address) && URL.canParse(address) && /^\/[^/]+$/.test(new URL(address).pathname);

/** The schema of a variable whose value is a whole number in decimal digits. */
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `write a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((number) => number >= min && number <= max, `write a whole number from ${min} to ${max}`);

/** Reads a port, or a host and a port. An IPv6 address must be in brackets. Undefined for any other text. */
function healthAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, host = bracketed ?? '127.0.0.1', digits = ''] =
    /^(?:(?:\[([\da-f:.]+)\]|([\w.-]+)):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  return digits === '' || port > 65_535 ? undefined : { host, port };
}

/** The schema and description of each variable. A test checks that `.env.example` contains the same variables. */
export const variables = {
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/, 'write the bot token as the Developer Portal shows it, without spaces')
    .optional()
    .describe(
      'Token of your bot from the Discord Developer Portal. Without a token, a local playground opens instead.',
    ),
  DISCORD_API: z
    .url({ protocol: /^https?$/, error: 'write an address such as http://127.0.0.1:8374/api, or leave it empty' })
    .optional()
    .describe(
      'Address of another Discord-compatible server, for tests and emulators. Leave it empty for Discord itself.',
    ),
  DATA_DIR: z
    .string()
    .default('.caspian')
    .describe(
      'Folder for scores, rounds and the playground, relative to this folder. The bot creates it at the first start.',
    ),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'write an address such as postgres://user:password@host:5432/database, or leave it empty')
    .optional()
    .describe(
      'Address of a PostgreSQL database for scores and rounds, such as postgres://user:password@host:5432/database. Without it, they are in a file in DATA_DIR.',
    ),
  SHARDS: z
    .string()
    .refine(
      (text) => text === 'auto' || parseShardRange(text) !== undefined,
      'write auto, or a range such as 0-15/64: the first and the last shard of this process, and the number of all shards',
    )
    .default('auto')
    .describe(
      'Shards of this process: auto (all of them), or a range such as 0-15/64 (shards 0 to 15 of 64). Several processes need ranges that do not overlap, the same number of all shards, and PostgreSQL.',
    ),
  STANDBY: z
    .enum(['refuse', 'wait'], 'write refuse or wait')
    .default('refuse')
    .describe(
      'What this process does while another process owns its shards: refuse (it ends) or wait (it starts when the other one ends; needs PostgreSQL).',
    ),
  PLAYGROUND_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'write a port number from 0 to 65535; 0 takes any free port')
    .transform(Number)
    .refine((port) => port <= 65_535, 'write a port number from 0 to 65535; 0 takes any free port')
    .default(8374)
    .describe('Port of the playground on 127.0.0.1. With 0, the playground takes any free port.'),
  HEALTH_PORT: z
    .string()
    .refine(
      (text) => healthAddress(text) !== undefined,
      'write a port number such as 9464, or a host and a port such as 0.0.0.0:9464 or [::1]:9464, or leave it empty',
    )
    .optional()
    .describe(
      'Port of the health checks /live and /ready and of /metrics, such as 9464 on 127.0.0.1 or 0.0.0.0:9464. Leave it empty for none; the playground has none. Never open it to the Internet.',
    ),
  STOP_PATIENCE: z
    .string()
    .regex(/^\d{1,3}$/, 'write whole seconds from 0 to 300')
    .transform(Number)
    .refine((seconds) => seconds <= 300, 'write whole seconds from 0 to 300')
    .default(8)
    .describe(
      'Maximum time in seconds for stopping the bot. Open questions may end, then each round shows that it is paused.',
    ),
  PACKS_PER_SERVER: wholeNumber(0, 24)
    .default(5)
    .describe('Maximum number of packs that each server may add with /pack import, from 0 to 24.'),
  PACK_ENTRIES: wholeNumber(1, 20_000)
    .default(10_000)
    .describe('Maximum number of entries or cards in a pack that a server adds, from 1 to 20000.'),
  PACK_MEGABYTES: wholeNumber(1, 8)
    .default(8)
    .describe('Maximum size of a file that a server imports, in MiB, from 1 to 8.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'write debug, info, warn, error or silent')
    .default('warn')
    .describe('The least severe messages that are logged: debug, info, warn, error or silent (no messages).'),
} as const;

const environment = z.object(variables).superRefine(({ SHARDS, STANDBY, DATABASE_URL }, context) => {
  if (DATABASE_URL !== undefined) return;
  const needs = 'processes share their data only on PostgreSQL. Set DATABASE_URL, or write';
  if (SHARDS !== 'auto') context.addIssue({ code: 'custom', path: ['SHARDS'], message: `${needs} auto` });
  if (STANDBY === 'wait') context.addIssue({ code: 'custom', path: ['STANDBY'], message: `${needs} refuse` });
});

export interface Config {
  readonly token: string | undefined;
  readonly api: string | undefined;
  /** The absolute path of the data folder. */
  readonly dataDir: string;
  /** The address of a PostgreSQL database. Undefined if the data is in the data folder. */
  readonly databaseUrl: string | undefined;
  /** The shards of this process. Undefined if this process has all shards. */
  readonly shards: ShardRange | undefined;
  /**
   * What this process does at its start if another process owns the same shards: end with an error (`refuse`), or wait
   * until the other process ends (`wait`).
   */
  readonly standby: 'refuse' | 'wait';
  readonly playgroundPort: number;
  /** Where the health checks and metrics are served. Undefined if they are turned off. */
  readonly health: { readonly host: string; readonly port: number } | undefined;
  /** Maximum time that stopping the bot may take, in ms. */
  readonly stopPatience: number;
  /** The limits of packs that servers add. `size` is in bytes. */
  readonly packLimits: { readonly packs: number; readonly entries: number; readonly size: number };
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/**
 * Thrown if settings are invalid. The message has one line for each mistake. The process then ends with exit code 78
 * (EX_CONFIG in sysexits.h).
 */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads the settings from `env`. A blank variable counts as unset. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(variables).map((name) => [name, env[name]?.trim() === '' ? undefined : env[name]?.trim()]),
  );
  const read = environment.safeParse(given);
  if (!read.success)
    throw new ConfigError(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`));
  const { DISCORD_TOKEN, DISCORD_API, DATA_DIR, DATABASE_URL, SHARDS, STANDBY } = read.data;
  const { PLAYGROUND_PORT, HEALTH_PORT, STOP_PATIENCE, LOG_LEVEL } = read.data;
  const { PACKS_PER_SERVER, PACK_ENTRIES, PACK_MEGABYTES } = read.data;
  return {
    token: DISCORD_TOKEN,
    api: DISCORD_API,
    dataDir: resolve(projectFolder, DATA_DIR),
    databaseUrl: DATABASE_URL,
    shards: parseShardRange(SHARDS),
    standby: STANDBY,
    playgroundPort: PLAYGROUND_PORT,
    health: HEALTH_PORT === undefined ? undefined : healthAddress(HEALTH_PORT),
    stopPatience: STOP_PATIENCE * 1_000,
    packLimits: { packs: PACKS_PER_SERVER, entries: PACK_ENTRIES, size: PACK_MEGABYTES * 1_048_576 },
    logLevel: LOG_LEVEL,
  };
}
