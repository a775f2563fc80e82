/**
 * Lets a test of a fault add a short note about what it has observed. `npm run test:faults` prints a table with the
 * name and the note of each such test. The name begins with the number of the fault: `F13: …`.
 */
import { TestRunner } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    seen?: string;
  }
}

/**
 * @param task the `task` of the test's context. Concurrent tests must pass it, because Vitest does not know which of
 * them is the current test.
 */
export function seen(text: string, task = TestRunner.getCurrentTest()): void {
  if (!task) throw new Error('seen() was called outside a test');
  task.meta.seen = text;
}
