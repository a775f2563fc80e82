/** Tests the version of the data format, with the store in memory. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { exitCodeOf, startErrorMessage } from '../../src/cli/start-errors.ts';
import { dataFormat, FormatError, formatKey, noteFormat } from '../../src/store/format.ts';
import { memoryStore } from '../support/memory-store.ts';

test.each([
  ['a store without a version number', undefined],
  ['a store with the version number 1', 1],
  ['a store with the current version number', dataFormat],
])('after noteFormat, %s has the version number of the current data format', async (_, version) => {
  const store = memoryStore();
  if (version !== undefined) await store.set(formatKey, version);
  await noteFormat(store);
  expect(await store.get(formatKey, z.number())).toBe(dataFormat);
});

test('data of a newer version is refused with an error message and exit code 78, and the version number of the data stays the same', async () => {
  const store = memoryStore();
  await store.set(formatKey, dataFormat + 1);
  const error = await noteFormat(store).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FormatError);
  expect(exitCodeOf(error)).toBe(78);
  expect(startErrorMessage(error)).toMatch(
    new RegExp(
      `^The data was written by a newer version of Caspian \\(format ${dataFormat + 1}; this version reads formats up to ${dataFormat}\\).*restore FILE$`,
    ),
  );
  expect(await store.get(formatKey, z.number())).toBe(dataFormat + 1);
});
