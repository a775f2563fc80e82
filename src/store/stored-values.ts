/** Converts values to the texts that are stored, and back. Every failure becomes a StoreError. */
import type { z } from 'zod';
import { deserialize, type Row, serialize } from './backend.ts';
import { codeOf, StoreError, type Summary } from './store.ts';
import { withSummary } from './summary.ts';

/** Parses a stored text. Throws StoreError. */
export function valueOf({ key, value }: Row): unknown {
  try {
    const stored: { readonly value?: unknown } | null = deserialize(value);
    return stored?.value;
  } catch (error) {
    throw storeErrorOf(error, 'reading', key);
  }
}

/**
 * Converts a value to the text that is stored. In this text, the summary comes before the value, so that databases can
 * read it without reading the whole text (see `summary.ts`). Throws StoreError.
 */
export function textOf(key: string, value: unknown, summary?: Summary): string {
  try {
    const text = serialize({ value });
    return summary ? withSummary(text, summary) : text;
  } catch (error) {
    throw storeErrorOf(error, 'writing', key);
  }
}

export function readAs<T>(schema: z.ZodType<T>, key: string, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw unreadable(key, read.error);
}

const unreadable = (key: string, error: z.ZodError): StoreError =>
  new StoreError(`"${key}" is stored in a form this version does not know: ${error.issues[0]?.message}`, 'reading', {
    cause: error,
    unreadable: key,
  });

/** Runs an operation and converts its error to a StoreError. */
export async function guarded<T>(doing: StoreError['doing'], what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw storeErrorOf(error, doing, what);
  }
}

function storeErrorOf(error: unknown, doing: StoreError['doing'], what: string): StoreError {
  if (error instanceof StoreError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreError(`${doing} "${what}" failed: ${reason}`, doing, {
    cause: error,
    code: codeOf(error),
    // A SyntaxError means that the stored text is not JSON.
    ...(error instanceof SyntaxError && { unreadable: what }),
  });
}
