/** Defines the type of a pack file that the parsers read, and the error that lists all mistakes in a pack. */

/** A file of a pack after its YAML has been parsed. */
export interface PackFile {
  readonly name: string;
  /** The file name in error messages. Set only if this file is a part of a larger file. The default is `name`. */
  readonly shownAs?: string;
  readonly value: unknown;
  /** Warnings about text that is valid YAML but probably not what its author meant. Each warning gives the line. */
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
 * and field, and says what to write instead. If there are too many mistakes, the last message gives only the number of
 * the remaining mistakes.
 */
export class PackError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const more = problems.length - maxProblems;
    // The worker that reads packs shortens a long list to maxProblems + 1 items. The last item gives the number of the
    // remaining mistakes. Such a list is not shortened again.
    const listed =
      more <= 1 ? problems : [...problems.slice(0, maxProblems), `and ${more} more mistakes; correct these first`];
    super(
      `The pack has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n- ${listed.join('\n- ')}`,
    );
    this.name = 'PackError';
    this.problems = listed;
  }
}
