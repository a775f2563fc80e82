/**
 * Files of messages and interactions. The width and height of images are not emulated. Discord docs,
 * reference#uploading-files.
 */
import type { ServerResponse } from 'node:http';
import { apiError, type Path, problem, throwIfAny } from './api-errors.ts';
import { type Context, newId } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import type { Attachment, World } from './world.ts';

/** Content types by file extension. They override the content type that the client sends. */
const typeByExtension: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  png: 'image/png',
  txt: 'text/plain',
  webp: 'image/webp',
};

/** An uploaded file. The form field has the name `files[n]`. */
export interface UploadedFile {
  readonly n: string;
  readonly name: string;
  readonly type: string;
  readonly data: Buffer;
}
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

export interface AttachmentsBody {
  readonly attachments?: readonly AttachmentEntry[] | null;
  readonly files: readonly UploadedFile[];
}

/** Parses a multipart form. The body is the field `payload_json`, if it exists, or else all text fields. */
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
 * Returns the attachments of a new or edited message. Throws error 30015 if there are too many, 40005 if a file is too
 * large, and 50035 if an entry has no file. Discord docs, reference#editing-message-attachments.
 */
export function nextAttachments(
  context: Context,
  channelId: string,
  before: readonly Attachment[],
  { attachments: listed, files }: AttachmentsBody,
  at: Path,
): Attachment[] {
  if (listed === undefined && files.length === 0) return [...before];
  // If the body has no list of attachments, the files are added to the existing attachments of the message.
  const entries = listed ?? before.map(({ id }): AttachmentEntry => ({ id }));
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
    return [{ ...storeFile(context, file, `/attachments/${channelId}`, filename ?? file.name), ...changes }];
  });
}

/** Stores a file under `folder/ID/name`. `until` is the time at which the file is deleted, in ms since the epoch. */
function storeFile(context: Context, file: UploadedFile, folder: string, filename: string, until?: number): Attachment {
  const id = newId(context);
  const name = filename.replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
  const path = `${folder}/${id}/${encodeURIComponent(name)}`;
  const type = typeByExtension[name.replace(/^.*\./, '').toLowerCase()] ?? (file.type || 'application/octet-stream');
  const { files } = context.world;
  files[id] = { path, type, data: file.data.toString('base64'), ...(until !== undefined && { until }) };
  deleteOldestFiles(files);
  const address = context.url + path;
  const common = { id, filename: name, size: file.data.length, url: address, proxy_url: address };
  return { ...common, content_type: type };
}

/** Deletes the oldest files until the total size is within the limit. Requests for deleted files get status 404. */
function deleteOldestFiles(files: World['files']): void {
  let size = Object.values(files).reduce((sum, { data }) => sum + data.length, 0);
  for (const [id, { data }] of Object.entries(files)) {
    if (size <= storedCharacters) return;
    size -= data.length;
    delete files[id];
  }
}

/** Maximum total length of all stored files in base64 characters. This is enough for 48 MiB of files. */
const storedCharacters = 64 * 1_048_576;

/**
 * Stores a file until the interaction token expires. Discord docs, resources/message#attachment-object (`ephemeral`).
 */
export function storeInteractionFile(context: Context, applicationId: string, file: UploadedFile): Attachment {
  const { world, clock, alarm } = context;
  const deleteExpired = () => {
    for (const [id, { until = Infinity }] of Object.entries(world.files))
      if (until <= clock.now()) delete world.files[id];
  };
  deleteExpired();
  const until = clock.now() + discordLimits.tokenMs;
  alarm(until, deleteExpired);
  return { ...storeFile(context, file, `/ephemeral-attachments/${applicationId}`, file.name, until), ephemeral: true };
}

/** Deletes the files that are not attached to a message. Files of interactions are kept until they expire. */
export function deleteUnusedFiles(world: World): void {
  const listed = new Set(world.posts.flatMap(({ message }) => message.attachments.map(({ id }) => id)));
  for (const [id, { until }] of Object.entries(world.files))
    if (until === undefined && !listed.has(id)) delete world.files[id];
}

/**
 * Replaces each `attachment://name` with the URL of the attachment `name`. Throws error 50035 if there is no attachment
 * of this name. Discord docs, reference#uploading-files, components/reference#file and #unfurled-media-item.
 */
export function resolveAttachmentUrls<T>(part: T, attachments: readonly Attachment[], at: Path): T {
  if (Array.isArray(part))
    return part.map((each: unknown, index) => resolveAttachmentUrls(each, attachments, [...at, index])) as T;
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([key, value]: [string, unknown]) => {
    const path = [...at, key];
    if (key !== 'url' || typeof value !== 'string') return [key, resolveAttachmentUrls(value, attachments, path)];
    const found = attachments.find(({ filename, url }) => `attachment://${filename}` === value || url === value);
    if (found) return [key, found.url];
    if (value.startsWith('attachment://') || at.at(-1) === 'file')
      throwIfAny([problem(path, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `${value} is not attached`)]);
    if (at.at(-1) === 'media' && !/^https?:/.test(value))
      throwIfAny([problem(path, 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of (http, https).')]);
    return [key, value];
  });
  return Object.fromEntries(entries) as T;
}

/** Serves a file. Returns false if no file has this path. The headers prevent scripts in HTML files from running. */
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
