/**
 * Recognises files that the bot cannot read. The kind of a file is recognised by its first characters and not by its
 * extension, because files are often renamed. The error message says how to get a file that the bot can read.
 */
// oxlint-disable no-control-regex -- the patterns must match control characters in binary files
import { PackError } from '../core/pack/pack-file.ts';

const asCsv = 'open it in the program it is from and save it as CSV or as text with tabs';

/** For each kind of file: its first bytes as Latin-1 characters, what the file is, and what to do instead. */
const kinds: readonly (readonly [start: RegExp, what: string, instead: string])[] = [
  [/^PK[\x03\x05\x07]/, 'an archive, such as an Excel workbook (.xlsx) or an Anki deck (.apkg)', zipAdvice()],
  [/^\xd0\xcf\x11\xe0/, 'an old Excel or Word file', 'open it and save it as “CSV UTF-8”'],
  [/^%PDF-/, 'a PDF', 'copy its rows into a spreadsheet and save that as CSV'],
  [/^\{\\rtf/, 'a document with formats (RTF)', 'save it as plain text with one card a line'],
  [
    /^\x89PNG|^\xff\xd8\xff|^GIF8|^BM.{4}\0\0\0\0|^RIFF.{4}WEBP|^II\*\0|^MM\0\*/s,
    'a picture',
    'type its cards into a table',
  ],
  [/^SQLite format 3\0/, 'a database', 'in Anki choose Export, “Notes in Plain Text (.txt)”'],
  [
    /^\x1f\x8b|^7z\xbc\xaf|^Rar!|^BZh|^\xfd7zXZ|^\x28\xb5\x2f\xfd/,
    'a compressed file',
    'unpack it and send the table in it',
  ],
  [/^ID3|^OggS|^fLaC|^RIFF.{4}WAVE|^.{4}ftyp/s, 'a sound or a film', 'send a table of cards'],
  [/^\x7fELF|^MZ/, 'a program', 'send a table of cards'],
];

function zipAdvice(): string {
  return 'in Excel save it as “CSV UTF-8”; in Anki choose Export, “Notes in Plain Text (.txt)”';
}

/** Throws {@link PackError} if the first bytes show that the file is not a text, or is in UTF-32. */
export function refuseBinary(bytes: Uint8Array, fileName: string): void {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1');
  for (const [pattern, what, instead] of kinds)
    if (pattern.test(start)) throw new PackError([`${fileName}: is ${what}, not a table; ${instead}`]);
  if (/^(\0\0\xfe\xff|\xff\xfe\0\0)/.test(start))
    throw new PackError([`${fileName}: is written in UTF-32; save it again with the encoding UTF-8`]);
}

/** Throws {@link PackError} if the text is empty, a web page or JSON. */
export function refuseUnsupportedText(text: string, fileName: string): void {
  if (!/[^\s\0]/.test(text))
    throw new PackError([`${fileName}: is empty; write one card a line, such as: word;meaning`]);
  const start = text.slice(0, 2_000).trimStart();
  if (/^<!doctype html|^<html|^<\?xml|^<(head|body|svg|table|div)\b/i.test(start))
    throw new PackError([
      `${fileName}: is a web page, not a table; if it came from a shared sheet, sign in and download the sheet as CSV, or ${asCsv}`,
    ]);
  if (isJson(text, start))
    throw new PackError([
      `${fileName}: is JSON, which the bot does not read; save the cards as a table (CSV) with the columns front and back, or as a YAML pack; /pack template gives files to fill in`,
    ]);
}

function isJson(text: string, start: string): boolean {
  if (!/^(\[\s*[[{"]|\{\s*")/.test(start)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
