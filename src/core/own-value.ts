/**
 * The value of a record's own key. For records whose keys come from outside: a member called `constructor` must not find
 * what every object inherits.
 */
export const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
