/** Reads the address of a PostgreSQL database. The password never appears in messages. */
import type { ClientConfig } from 'pg';

/** The schema in which the tables are created. Undefined for the default schema of the server. */
type Schema = string | undefined;

/** Whether `address` names a PostgreSQL database, and not a file. */
export const isDatabaseAddress = (address: string): boolean => /^postgres(ql)?:\/\//i.test(address);

/** The host and the name of the database, for messages: without the user and the password. */
export function databaseName(address: string): string {
  const url = new URL(address);
  const host = url.host === '' ? (url.searchParams.get('host') ?? 'this computer') : decodeURIComponent(url.host);
  return `${host}${decodeURIComponent(url.pathname)}`;
}

/** @param schema must exist before a statement uses a table */
export function clientConfig(address: string, schema: Schema): ClientConfig {
  const url = new URL(address);
  // Each connection has a name of its own (see NamedClient).
  url.searchParams.delete('application_name');
  if (schema !== undefined) {
    const options = url.searchParams.get('options') ?? '';
    // If an option occurs several times, the last one is used.
    url.searchParams.set('options', `${options} -c search_path=${schema}`.trim());
  }
  // URLSearchParams writes a space as +, which the package pg does not read as a space.
  return { connectionString: url.href.replaceAll('+', '%20') };
}
