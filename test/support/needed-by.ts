/** Says which test files need the built program or the browser. Other runs do without them and start sooner. */
import type { TestProject } from 'vitest/node';

const programTests = [
  '/test/start.test.ts',
  '/test/faults/kill.test.ts',
  '/test/faults/sleeping-process.test.ts',
  '/test/faults/full-disk.test.ts',
] as const;

/** Whether the tests in the file `path` start the program, so that it must be built. */
export const isProgramTest = (path: string): boolean => programTests.some((end) => path.endsWith(end));

export const isBrowserTest = (path: string): boolean => path.includes('/test/browser/');

/** Whether this run has such a test file. */
export const hasTest = ({ vitest }: TestProject, isSuch: (path: string) => boolean): boolean =>
  vitest.state.getPaths().some(isSuch);
