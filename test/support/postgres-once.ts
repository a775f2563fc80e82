/** Gives the tests the address of a PostgreSQL server. Vitest runs this file before the tests. */
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a PostgreSQL database. Empty if there is none. The PostgreSQL tests are then skipped. */
    readonly postgres: string;
  }
}

/** @throws {Error} There is no server and the environment variable CI is "true". */
export function setup({ provide }: TestProject): void {
  const address = process.env['TEST_DATABASE_URL'] ?? '';
  provide('postgres', address);
  if (address !== '') return;
  if (process.env['CI'] === 'true')
    throw new Error('There is no PostgreSQL for the tests. Set TEST_DATABASE_URL to an address such as postgres://…');
  process.stderr.write('PostgreSQL tests are skipped. Set TEST_DATABASE_URL to the address of a database for tests.\n');
}
