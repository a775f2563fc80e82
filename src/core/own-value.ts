/**
 * Returns the value of a key if the key is an own property of the object, otherwise undefined. Inherited properties,
 * such as `constructor`, are not found. Use this function for keys that come from users or files, such as member ids.
 */
export const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
