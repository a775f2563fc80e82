/**
 * Reads the error code in a response of Discord. A body can be read only once, so a new response with the same body is
 * created for the caller.
 */
import type { ResponseLike } from 'discord.js';
import { isObject } from '../core/type-guards.ts';

/** Reads the JSON error code of a response. `original` returns a new response with the same content. */
export async function errorOf(
  answer: ResponseLike,
): Promise<{ readonly code: unknown; readonly original: () => Response }> {
  const text = await answer.text();
  return {
    code: codeIn(text),
    original: () => new Response(text, { status: answer.status, headers: [...answer.headers] }),
  };
}

/**
 * The error code in a body. Undefined if the body does not have the format of a Discord error, for example if it is an
 * HTML page.
 */
function codeIn(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body['code'] : undefined;
  } catch {
    return undefined;
  }
}
