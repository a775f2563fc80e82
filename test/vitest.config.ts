/**
 * Configuration of vitest. Test files share loaded modules (`isolate: false`), which saves time and is safe because
 * modules keep no state. The browser is started once, and the bot is built once.
 */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const programs = [
  'test/start.test.ts',
  'test/faults/kill.test.ts',
  'test/faults/sleeping-process.test.ts',
  'test/faults/full-disk.test.ts',
];
const postgres = 'test/support/postgres-once.ts';
const browser = 'test/browser/**/*.test.ts';
/** Test projects in the order in which they run. Slow files come first, so that no slow file runs alone at the end. */
const projects = [
  { name: 'programs', include: programs, globalSetup: ['test/support/build-once.ts', postgres] },
  { name: 'browser', include: [browser], globalSetup: 'test/support/browser-once.ts' },
  { name: 'others', include: ['test/**/*.test.ts'], exclude: [...programs, browser], globalSetup: postgres },
];
const order = projects.map(({ name }) => name);

/** Runs the files of a project one after another, because a worker reloads all modules when the project changes. */
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
    // Long timeouts, because the workers share the processors. No test asserts a duration.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    sequence: { sequencer: ByProject },
  },
});
