/** A file of a pack as it comes in, and the error that says what is wrong with a pack. */
/** A file of a pack, already parsed from YAML. */
export interface PackFile {
  readonly name: string;
  readonly value: unknown;
  /** Line (from 1) of what stands at a path of keys and indices; of what is missing, the line of what it is missing from. */
  readonly lineOf?: (path: readonly PropertyKey[]) => number;
}

/** Everything that is wrong with a pack, each problem naming file, line, entry and field and what to write instead. */
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
