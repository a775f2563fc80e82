/**
 * A Vitest reporter for `npm run test:faults` and `npm run test:threats`. It prints a row for each test whose name
 * begins with the number of a fault (F1) or of a threat (T1). The row contains the number, whether the test passed, the
 * name, and the test's note (see seen.ts). A table is printed only if at least one of its tests has run.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** The letter of each table, and the last number in the table. */
export const lastNumbers = { F: 30, T: 14 } as const;

interface Row {
  readonly letter: string;
  readonly number: number;
  readonly name: string;
  readonly state: string;
  readonly seen: string;
  readonly errors: readonly string[];
}

const rowOf = (test: TestCase): Row | undefined => {
  const [, letter, number, name] = /^([FT])(\d+): (.*)$/.exec(test.name) ?? [];
  const { state, errors = [] } = test.result();
  if (letter === undefined || name === undefined || state === 'skipped') return undefined;
  return {
    letter,
    number: Number(number),
    name,
    state,
    seen: test.meta().seen ?? '',
    errors: errors.map(({ message }) => message),
  };
};

function tableOf(letter: string, last: number, rows: readonly Row[]): readonly string[] {
  const lines = Array.from({ length: last }, (_, index) => index + 1).flatMap((number) => {
    const own = rows.filter((row) => row.number === number);
    const label = `${letter}${number}`.padEnd(4);
    if (own.length === 0) return [`${label}no test has run`];
    return own.flatMap(({ name, state, seen, errors }) => [
      `${label}${state === 'passed' ? 'pass' : 'FAIL'}  ${name}`,
      ...(seen === '' ? [] : [`          seen: ${seen}`]),
      ...errors.map((error) => `          error: ${error}`),
    ]);
  });
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  return ['', ...lines, '', `${count('passed')} passed, ${count('failed')} failed`];
}

export default class NumberedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.allTests()].flatMap((test) => rowOf(test) ?? []));
    const tables = Object.entries(lastNumbers).flatMap(([letter, last]) => {
      const own = rows.filter((row) => row.letter === letter);
      return own.length === 0 ? [] : tableOf(letter, last, own);
    });
    process.stdout.write(`${(tables.length > 0 ? tables : ['No numbered test has run.']).join('\n')}\n`);
  }
}
