import { problem, throwIfAny } from './api-errors.ts';

/** Reads a query parameter as an id. Undefined if the parameter is missing. Throws error 50035 if it is not an id. */
export function queryId(query: URLSearchParams, name: string): bigint | undefined {
  const id = query.get(name);
  if (id === null) return undefined;
  if (!/^\d{1,20}$/.test(id)) throwIfAny([problem([name], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)]);
  return BigInt(id);
}

/**
 * Reads a query parameter as an ISO 8601 time, and converts it to ms since the epoch. Undefined if the parameter is
 * missing. Throws error 50035 if it is not a time.
 */
export function queryTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throwIfAny([problem([name], 'DATE_TIME_TYPE_PARSE', `Could not parse ${text}.`)]);
  return time;
}

/** Reads the parameter `limit`, by default `preset`. Throws error 50035 unless it is an integer from 1 to `most`. */
export function queryLimit(query: URLSearchParams, most: number, preset: number): number {
  const limit = Number(query.get('limit') ?? preset);
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    throwIfAny([problem(['limit'], 'NUMBER_TYPE_MAX', `int value should be between 1 and ${most}.`)]);
  return limit;
}
