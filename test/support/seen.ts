/**
 * What a test of a fault has seen, as a short text. `npm run test:faults` prints it in its table, beside the name of the
 * test. The name begins with the number of the fault: `F13: …`.
 */
import { TestRunner } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    seen?: string;
  }
}

/** @param task the `task` of the test's context. Concurrent tests must pass their own. */
export function seen(text: string, task = TestRunner.getCurrentTest()): void {
  if (!task) throw new Error('seen() was called outside a test');
  task.meta.seen = text;
}
