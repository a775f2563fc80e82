/**
 * Returns the value of a key if the object itself has this key, otherwise undefined. Properties that every object
 * inherits, such as `constructor`, are not found. Use this function for keys that come from outside, such as member
 * ids.
 */
export const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
