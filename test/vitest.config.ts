/**
 * Configuration of vitest. Test files share loaded modules (`isolate: false`). This saves time, and it is safe because
 * modules keep no state. There is only one vitest project, because a worker loads all modules again for each project.
 * The browser is started once, and the bot is built once, but only if the run has tests that need them.
 */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { isBrowserTest, isProgramTest } from './support/needed-by.ts';

/** Runs slow files first, so that no slow file runs alone at the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (isProgramTest(moduleId) ? 0 : isBrowserTest(moduleId) ? 1 : 2);
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build-once.ts', 'test/support/browser-once.ts', 'test/support/postgres-once.ts'],
    isolate: false,
    // There is one more worker than there are processors, because the slowest tests often wait for other processes.
    maxWorkers: availableParallelism() + 1,
    // Few concurrent tests and long timeouts, because the workers share the processors. No test asserts a duration.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    sequence: { sequencer: SlowFirst },
  },
});
