/**
 * The value of a key that the record itself has, otherwise undefined. Properties that every object inherits, such as
 * `constructor`, are not found. This matters for keys that come from outside, such as member ids.
 */
export const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
