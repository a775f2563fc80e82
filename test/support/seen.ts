/**
 * Lets a test of a fault (`F13: …`) or of a threat (`T5: …`) add a short note about what it has observed.
 * `npm run test:faults` and `npm run test:threats` print tables with the names and the notes of these tests.
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
