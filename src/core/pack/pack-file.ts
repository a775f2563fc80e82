/** A file of a pack as the parsers receive it, and the error that lists all mistakes in a pack. */

/** A file of a pack whose YAML has already been parsed. */
export interface PackFile {
  readonly name: string;
  /** The name in error messages, if the file was a part of another file. By default it is `name`. */
  readonly shownAs?: string;
  readonly value: unknown;
  /** Messages about text that is valid YAML but probably not what its author meant. Each message gives the line. */
  readonly warnings?: readonly string[];
  /**
   * The line number (from 1) of the value at a path of keys and indexes. If there is no value at this path, returns the
   * line of the nearest parent value.
   */
  readonly lineOf?: (path: readonly PropertyKey[]) => number;
}

/** Maximum number of mistakes that are reported. One wrong line at the top can cause thousands of mistakes. */
export const maxProblems = 200;

/**
 * The error for an invalid pack. `problems` lists the mistakes in the pack. Each message gives the file, line, entry
 * and field, and says what to write instead. If there are too many mistakes, the last message only gives the number of
 * the others.
 */
export class PackError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const more = problems.length - maxProblems;
    // A list of maxProblems + 1 items is kept, because the worker that reads packs has already shortened it.
    const listed =
      more <= 1 ? problems : [...problems.slice(0, maxProblems), `and ${more} more mistakes; correct these first`];
    super(
      `The pack has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n- ${listed.join('\n- ')}`,
    );
    this.name = 'PackError';
    this.problems = listed;
  }
}
