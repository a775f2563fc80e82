/** Reads request bodies. Bodies larger than 1 MiB are read one after another, to limit the use of memory. */
import type { IncomingMessage } from 'node:http';
import { type ApiError, apiError } from './api-errors.ts';
import { parseFormData, type RequestBody } from './attachments.ts';

const mebibyte = 1_048_576;
/** Maximum size of a small body, in bytes. Larger bodies, and bodies of unknown size, are read one after another. */
const smallBody = mebibyte;
/** The routes that accept files. Discord docs, reference#uploading-files. */
const filePaths = /\/messages(?:\/:message)?$|^\/interactions|^\/webhooks/;

/** Maximum size of a body in bytes. The largest list of commands is smaller than 4 MiB. */
export const bodyLimit = (route: string): number => (filePaths.test(route) ? 25 : 4) * mebibyte;

export function discardBody(request: IncomingMessage): RequestBody {
  request.resume();
  return { body: undefined, files: [] };
}

export type ReadBody = (request: IncomingMessage, limit: number) => Promise<RequestBody | ApiError>;

/** Returns a function that reads bodies. The function resolves to an error if the body is invalid or too large. */
export function createBodyReader(): ReadBody {
  let last: Promise<unknown> = Promise.resolve();
  return (request, limit) => {
    const size = Number(request.headers['content-length'] ?? Infinity);
    if (size <= smallBody) return readBody(request, limit);
    const turn = last.then(() => readBody(request, limit));
    last = turn;
    return turn;
  };
}

async function readBody(request: IncomingMessage, limit: number): Promise<RequestBody | ApiError> {
  const type = request.headers['content-type'] ?? '';
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      discardBody(request);
      return apiError('tooLarge');
    }
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    }
    if (size > limit) return apiError('tooLarge');
    if (size === 0) return { body: undefined, files: [] };
    const raw = Buffer.concat(chunks);
    chunks.length = 0;
    if (type.startsWith('multipart/form-data')) return await parseFormData(raw, type);
    return { body: JSON.parse(raw.toString()) as unknown, files: [] };
  } catch {
    return apiError('invalidJson');
  }
}
