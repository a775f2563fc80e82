/**
 * The value of a record's own key; undefined if the record has no such key. For keys that come from outside: looking up
 * a member id such as `constructor` must not return a property that every object inherits.
 */
export const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
