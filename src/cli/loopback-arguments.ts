/** The arguments of `npm run loopback`. */
import { parseArgs } from 'node:util';

export interface LoopbackArguments {
  readonly fresh: boolean;
  readonly strict: boolean;
  readonly seed?: string | undefined;
}

/** Parses the options of `npm run loopback`. Returns undefined if there is an unknown option. */
export function parseLoopbackArguments(args: readonly string[]): LoopbackArguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { fresh: { type: 'boolean' }, strict: { type: 'boolean' }, seed: { type: 'string' } },
    });
    return { fresh: values.fresh ?? false, strict: values.strict ?? false, seed: values.seed };
  } catch {
    return undefined;
  }
}
