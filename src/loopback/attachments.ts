/**
 * Attachments: uploads them as multipart forms, serves them at a URL, and deletes files that no message lists.
 * https://discord.com/developers/docs/reference#uploading-files. Absent: image sizes, uploads in modals.
 */
import type { ServerResponse } from 'node:http';
import { apiError, type Path, problem, throwIfAny } from './api-errors.ts';
import { type Context, newId } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import type { Attachment, World } from './world.ts';

/** Content types by file extension. Clients send no content type. */
const typeByExtension: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  png: 'image/png',
  txt: 'text/plain',
  webp: 'image/webp',
};

/** An uploaded file, the form field `files[n]`. */
export interface UploadedFile {
  readonly n: string;
  readonly name: string;
  readonly type: string;
  readonly data: Buffer;
}
/** A JSON body and the files uploaded with it. */
export interface RequestBody {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}
/** An entry of `attachments`. `id` is the number `n` of an uploaded file, or the id of an existing attachment. */
export interface AttachmentEntry {
  readonly id: string | number;
  readonly filename?: string | null;
  readonly description?: string | null;
}

/** Parses a multipart form. If there is no `payload_json` field, the other text fields form the body. */
export async function parseFormData(raw: Buffer<ArrayBuffer>, type: string): Promise<RequestBody> {
  const data = await new Response(raw, { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  const texts: Record<string, string> = {};
  for (const [key, value] of data.entries())
    if (typeof value === 'string') texts[key] = value;
    else {
      const n = /^files\[(\d+)\]$/.exec(key)?.[1] ?? String(files.length);
      files.push({ n, name: value.name, type: value.type, data: Buffer.from(await value.arrayBuffer()) });
    }
  const { payload_json: payload, ...rest } = texts;
  return { body: payload === undefined ? rest : (JSON.parse(payload) as unknown), files };
}

/**
 * The attachments of a message after it was created or edited. An edit removes attachments that it does not list.
 * Discord docs, reference#editing-message-attachments. Throws 30015, 40005, 50035.
 */
export function nextAttachments(
  context: Context,
  channelId: string,
  before: readonly Attachment[],
  listed: readonly AttachmentEntry[] | null | undefined,
  files: readonly UploadedFile[],
  at: Path,
): Attachment[] {
  const { world, url } = context;
  if (listed === undefined && files.length === 0) return [...before];
  const entries = listed ?? files.map(({ n }): AttachmentEntry => ({ id: n }));
  const unlisted = files.filter(({ n }) => !entries.some(({ id }) => String(id) === n));
  const all = [...entries, ...unlisted.map(({ n }): AttachmentEntry => ({ id: n }))];
  if (all.length > discordLimits.attachments) throw apiError('tooManyAttachments');
  if (files.some(({ data }) => data.length > discordLimits.attachmentBytes)) throw apiError('tooLarge');
  return all.flatMap(({ id, filename, description }, index): Attachment[] => {
    const changes = typeof description === 'string' ? { description } : {};
    const existing = before.find((attachment) => attachment.id === String(id));
    if (existing) return [{ ...existing, ...changes }];
    const file = files.find(({ n }) => n === String(id));
    if (!file) {
      throwIfAny([problem([...at, 'attachments', index], 'ATTACHMENT_NOT_FOUND', 'Attachment data not found')]);
      return [];
    }
    const fresh = newId(context);
    const name = (filename ?? file.name).replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
    const path = `/attachments/${channelId}/${fresh}/${encodeURIComponent(name)}`;
    const type = typeByExtension[name.replace(/^.*\./, '').toLowerCase()] ?? (file.type || 'application/octet-stream');
    world.files[fresh] = { path, type, data: file.data.toString('base64') };
    const address = url + path;
    const common = { id: fresh, filename: name, size: file.data.length, url: address, proxy_url: address };
    return [{ ...common, content_type: type, ...changes }];
  });
}

/** Deletes all files that no message lists, including files of requests that failed. */
export function deleteUnusedFiles(world: World): void {
  const listed = new Set(world.posts.flatMap(({ message }) => message.attachments.map(({ id }) => id)));
  for (const id of Object.keys(world.files)) if (!listed.has(id)) delete world.files[id];
}

/**
 * Replaces `attachment://name` by the URL of that attachment.
 * Discord docs, reference#uploading-files. Throws 50035.
 */
export function resolveAttachmentUrls<T>(part: T, attachments: readonly Attachment[], at: Path): T {
  if (Array.isArray(part))
    return part.map((each: unknown, index) => resolveAttachmentUrls(each, attachments, [...at, index])) as T;
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([key, value]: [string, unknown]) => {
    if (key !== 'url' || typeof value !== 'string' || !value.startsWith('attachment://'))
      return [key, resolveAttachmentUrls(value, attachments, [...at, key])];
    const found = attachments.find(({ filename }) => `attachment://${filename}` === value);
    if (!found)
      throwIfAny([
        problem([...at, key], 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `${value} is not attached`),
      ]);
    return [key, found?.url];
  });
  return Object.fromEntries(entries) as T;
}

/** Serves a file, or returns false if no file has this path. The headers keep an uploaded page from running scripts. */
export function serveFile({ files }: World, path: string, response: ServerResponse): boolean {
  const file = Object.values(files).find((file) => file.path === path);
  if (!file) return false;
  response
    .writeHead(200, {
      'content-type': file.type,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    .end(Buffer.from(file.data, 'base64'));
  return true;
}
