/**
 * Limits how often an expensive check runs, for example a check that sends a request. The result is cached for some
 * time, and two runs never overlap. Therefore frequent calls do not cause many requests.
 */
import type { Clock } from '../clock.ts';

export interface Check {
  readonly ok: boolean;
  /** Why the check failed. Absent if it passed. */
  readonly why?: string;
}

interface ProbeOptions {
  readonly clock: Clock;
  /** Rejects if the check fails. The message of the error is shown to the operator. */
  readonly run: () => Promise<void>;
  /** How long a result is cached, in ms. */
  readonly freshFor: number;
  /** Maximum time of a run, in ms. If a run takes longer, the check counts as failed until the run has ended. */
  readonly patience: number;
}

interface Run {
  readonly result: Promise<Check>;
  readonly began: number;
}

/** Returns a function that returns the result of the check. The returned function never rejects. */
export function createProbe({ clock, run, freshFor, patience }: ProbeOptions): () => Promise<Check> {
  let last: { readonly check: Check; readonly at: number } | undefined;
  let current: Run | undefined;
  const start = (): Run => {
    const began = clock.now();
    const ended = (check: Check): Check => {
      last = { check, at: clock.now() };
      current = undefined;
      return check;
    };
    const result = run().then(
      () => ended({ ok: true }),
      (error: unknown) => ended({ ok: false, why: error instanceof Error ? error.message : String(error) }),
    );
    return { result, began };
  };
  return async () => {
    if (last && !current && clock.now() - last.at < freshFor) return last.check;
    current ??= start();
    let cancel = () => {};
    const late = new Promise<Check>((resolve) => {
      const why = `no answer within ${patience / 1_000} s`;
      cancel = clock.alarm(Math.max(clock.now(), (current?.began ?? 0) + patience), () => resolve({ ok: false, why }));
    });
    const check = await Promise.race([current.result, late]);
    cancel();
    return check;
  };
}
