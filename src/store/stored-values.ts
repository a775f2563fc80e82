/** Converts values to the texts that are stored, and back. Every failure becomes a StoreError. */
import type { z } from 'zod';
import type { Keyv } from 'keyv';
import type { Row } from './backend.ts';
import { codeOf, StoreError, type Summary } from './store.ts';
import { withSummary } from './summary.ts';

/** Parses a stored text. Undefined if the value has expired. Throws StoreError. */
export const valueOf = async (keyv: Keyv, { key, value }: Row): Promise<unknown> =>
  (await guarded('reading', key, () => keyv.deserializeData(value)))?.value;

/**
 * Converts a value to the text that is stored. In this text, the summary stands before the value, so that databases can
 * read it without reading the whole text (see `summary.ts`).
 */
export async function textOf(keyv: Keyv, value: unknown, summary?: Summary): Promise<string> {
  const text = await keyv.serializeData({ value });
  if (typeof text !== 'string') throw new TypeError('the value cannot be written as text');
  return summary ? withSummary(text, summary) : text;
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
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`${doing} "${what}" failed: ${reason}`, doing, {
      cause: error,
      code: codeOf(error),
      // A SyntaxError means that the stored text is not JSON.
      ...(error instanceof SyntaxError && { unreadable: what }),
    });
  }
}
