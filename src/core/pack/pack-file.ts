/** One file of a pack as the parsers receive it, and the error that lists what is wrong with a pack. */

/** A file of a pack, already parsed from YAML. */
export interface PackFile {
  readonly name: string;
  readonly value: unknown;
  /** Line, counted from 1, of the value at a path of keys and indices. For a missing value: the line of its parent. */
  readonly lineOf?: (path: readonly PropertyKey[]) => number;
}

/** Lists every problem of a pack. Each names file, line, entry and field, and says what to write instead. */
export class PackError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The pack has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n- ${problems.join('\n- ')}`,
    );
    this.name = 'PackError';
    this.problems = problems;
  }
}
