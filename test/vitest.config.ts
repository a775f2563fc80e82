/**
 * How the tests run. Files share their modules (`isolate: false`), because the code keeps no state in modules; that saves
 * loading everything again for each of them. What is slow to prepare is prepared once: a browser, and the built bot.
 */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const programs = ['test/start.test.ts', 'test/faults/kill.test.ts'];
const browser = 'test/browser/**/*.test.ts';
/** In the order in which they run: the slow ones first, so that no worker waits at the end for a long file. */
const projects = [
  { name: 'programs', include: programs, globalSetup: 'test/support/build-once.ts' },
  { name: 'browser', include: [browser], globalSetup: 'test/support/browser-once.ts' },
  { name: 'others', include: ['test/**/*.test.ts'], exclude: [...programs, browser] },
];
const order = projects.map(({ name }) => name);

/** Keeps the files of a project together: a worker loads the modules again whenever the project changes. */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name));
  }
}

export default defineConfig({
  test: {
    projects: projects.map((project) => ({ extends: true, test: project })),
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Generous, because the workers compete for the processors; no test asserts a duration.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    sequence: { sequencer: ByProject },
  },
});
