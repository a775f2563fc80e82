/**
 * Determines which test files need the built program, and which test files need the browser. A run builds the program
 * only if one of its test files needs the program, and starts the browser only if one of them needs the browser.
 */
import type { TestProject } from 'vitest/node';

const programTests = [
  '/test/start.test.ts',
  '/test/faults/kill.test.ts',
  '/test/faults/sleeping-process.test.ts',
  '/test/faults/full-disk.test.ts',
] as const;

/** Whether the tests in the file `path` need the built program. */
export const isProgramTest = (path: string): boolean => programTests.some((end) => path.endsWith(end));

export const isBrowserTest = (path: string): boolean => path.includes('/test/browser/');

/** Whether this run has a test file for which `isSuch` returns true. */
export const hasTest = ({ vitest }: TestProject, isSuch: (path: string) => boolean): boolean =>
  vitest.state.getPaths().some(isSuch);
