/**
 * Recognises the errors of a PostgreSQL server and of the network. This module does not load the package pg, because
 * bots without PostgreSQL also use this module.
 */
import { databaseName } from './postgres-address.ts';
import { codeOf } from './store.ts';

/** Error codes of Node that mean that a server cannot be reached. ENOENT means that a Unix socket does not exist. */
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

/**
 * Codes of PostgreSQL (PostgreSQL documentation, Appendix A): the server is being stopped, has crashed, is starting, or
 * has no free connection.
 */
const serverCodes: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '53300']);

/** Codes of PostgreSQL for failures that a concurrent transaction causes: serialization failure and deadlock. */
const raceCodes: ReadonlySet<string> = new Set(['40001', '40P01']);

/** PostgreSQL's code "connection_failure". */
const connectionFailure = '08006';

/** The messages of the package pg for a lost connection. These errors have no code. */
const lostMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout exceeded when trying to connect|timeout expired)/;

/** Whether this code means that the server cannot be reached now. */
const isUnreachable = (code: string | undefined): boolean =>
  code !== undefined && (networkCodes.has(code) || serverCodes.has(code) || code.startsWith('08'));

/** Whether an operation that failed with this code is worth repeating. */
export const isWorthRepeating = (code: string | undefined): boolean =>
  isUnreachable(code) || (code !== undefined && raceCodes.has(code));

/** Thrown if the server cannot be reached. Always has a code, even if the error of the package pg has none. */
export class ConnectionLost extends Error {
  readonly code: string;

  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
    this.name = 'ConnectionLost';
    this.code = codeOf(cause) ?? connectionFailure;
  }
}

/**
 * Thrown if the server refuses the connection or the table, or if another process uses the database. The message says
 * what the user can do.
 */
export class DatabaseUnusable extends Error {
  constructor(address: string, why: string, cause?: unknown) {
    super(`The database ${databaseName(address)} cannot be used: ${why}`, { cause });
    this.name = 'DatabaseUnusable';
  }
}

/** Thrown if another process uses the data, or owns the same shards. */
export class DatabaseTaken extends DatabaseUnusable {
  /** @param shards the name of the range of shards; undefined if this process has all shards */
  constructor(address: string, shards?: string) {
    super(
      address,
      shards === undefined
        ? 'another Caspian is running with it. Stop that one first, or set DATABASE_URL to another database.'
        : `another Caspian owns the shards ${shards} there. Stop that one first, or set STANDBY=wait to take over when it ends.`,
    );
    this.name = 'DatabaseTaken';
  }
}

/**
 * Thrown if the shards of another process overlap with those of this process, or if the two processes have different
 * total numbers of shards. The parameters `own` and `other` are the names of the two ranges.
 */
export class ShardsTaken extends DatabaseUnusable {
  constructor(address: string, own: string, other: string) {
    super(
      address,
      `another Caspian runs there with SHARDS=${other}, which does not go together with SHARDS=${own} of this one. Ranges must not overlap, and all processes need the same number of all shards. Stop the other one, or correct SHARDS.`,
    );
    this.name = 'ShardsTaken';
  }
}

/** Thrown if this process no longer owns its shards. Nothing may be written or sent to Discord. */
export class LeaseLost extends Error {
  readonly code = 'LEASE_LOST';

  constructor(message: string) {
    super(message);
    this.name = 'LeaseLost';
  }
}

/** Converts the errors of lost connections to ConnectionLost. Returns all other errors unchanged. */
export function withCode(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ConnectionLost) return error;
  return isUnreachable(codeOf(error)) || (codeOf(error) === undefined && lostMessages.test(error.message))
    ? new ConnectionLost(error)
    : error;
}

/**
 * Returns the message of an error. If a host name has several addresses and none can be reached, Node throws an
 * AggregateError without a message.
 */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
