/** Reads the address of a PostgreSQL database. The password never appears in messages. */
import type { ClientConfig } from 'pg';

/** The schema in which the tables are created. Undefined for the default schema of the server. */
type Schema = string | undefined;

/** Whether `address` is the address of a PostgreSQL database and not the path of a file. */
export const isDatabaseAddress = (address: string): boolean => /^postgres(ql)?:\/\//i.test(address);

/** The host and the name of the database, for use in messages. Contains neither the user nor the password. */
export function databaseName(address: string): string {
  const url = new URL(address);
  const host = url.host === '' ? (url.searchParams.get('host') ?? 'this computer') : decodeURIComponent(url.host);
  return `${host}${decodeURIComponent(url.pathname)}`;
}

/** @param schema the schema must exist before the first statement that uses a table */
export function clientConfig(address: string, schema: Schema): ClientConfig {
  const url = new URL(address);
  // NamedClient sets an application_name for each connection.
  url.searchParams.delete('application_name');
  if (schema !== undefined) {
    const options = url.searchParams.get('options') ?? '';
    // If the address contains the same option several times, PostgreSQL uses the last one.
    url.searchParams.set('options', `${options} -c search_path=${schema}`.trim());
  }
  // URLSearchParams encodes a space as +, but the package pg does not decode + as a space.
  return { connectionString: url.href.replaceAll('+', '%20') };
}
