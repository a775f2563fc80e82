/**
 * A Vitest reporter for `npm run test:faults`. It prints a row for each test whose name begins with the number of a
 * fault. The row contains the number, whether the test passed, the name, and the test's note (see seen.ts).
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export const lastFault = 30;

interface Row {
  readonly fault: number;
  readonly name: string;
  readonly state: string;
  readonly seen: string;
  readonly errors: readonly string[];
}

const rowOf = (test: TestCase): Row | undefined => {
  const [, number] = /^F(\d+): /.exec(test.name) ?? [];
  if (number === undefined) return undefined;
  const { state, errors = [] } = test.result();
  const name = test.name.replace(/^F\d+: /, '');
  return {
    fault: Number(number),
    name,
    state,
    seen: test.meta().seen ?? '',
    errors: errors.map(({ message }) => message),
  };
};

export default class FaultsTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.allTests()].flatMap((test) => rowOf(test) ?? []));
    const lines = Array.from({ length: lastFault }, (_, index) => index + 1).flatMap((fault) => {
      const own = rows.filter((row) => row.fault === fault && row.state !== 'skipped');
      const label = `F${fault}`.padEnd(4);
      if (own.length === 0) return [`${label}no test has run`];
      return own.flatMap(({ name, state, seen, errors }) => [
        `${label}${state === 'passed' ? 'pass' : 'FAIL'}  ${name}`,
        ...(seen === '' ? [] : [`          seen: ${seen}`]),
        ...errors.map((error) => `          error: ${error}`),
      ]);
    });
    process.stdout.write(`\n${lines.join('\n')}\n`);
    const count = (state: string) => rows.filter((row) => row.state === state).length;
    process.stdout.write(`\n${count('passed')} passed, ${count('failed')} failed\n`);
  }
}
