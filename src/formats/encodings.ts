/**
 * Finds out in which encoding a file was written, and decodes it. Spreadsheets write UTF-8, UTF-16 or the old encoding
 * of the computer's language, and say it nowhere. UTF-8 and UTF-16 are recognised for certain. Among the old encodings,
 * the one is taken whose text looks most like words. Its name is always told, so that nothing is mangled in silence.
 */
import { type Alphabet, plausibility } from './plausibility.ts';

export interface Decoded {
  readonly text: string;
  /** The encoding in words, such as "UTF-8" or "Windows-1252 (a guess)". */
  readonly encoding: string;
  /** A sentence about an encoding that may be wrong. */
  readonly remark?: string;
}

/**
 * The old encodings that spreadsheets write, with their usual names. Of equally good encodings the first is taken. A rare
 * encoding has to be better than a frequent one by the number that stands beside it.
 */
const oldEncodings: readonly (readonly [label: string, name: string, alphabet: Alphabet, rareness: number])[] = [
  ['windows-1252', 'Windows-1252 (Western European)', 'western', 0],
  ['macintosh', 'Mac OS Roman', 'western', 0],
  ['windows-1251', 'Windows-1251 (Cyrillic)', 'cyrillic', 0],
  ['x-mac-cyrillic', 'Mac OS Cyrillic', 'cyrillic', 0.02],
  ['windows-1254', 'Windows-1254 (Turkish)', 'turkish', 0.04],
  ['windows-1250', 'Windows-1250 (Central European)', 'central', 0.12],
  ['windows-1257', 'Windows-1257 (Baltic)', 'baltic', 0.15],
  ['windows-1253', 'Windows-1253 (Greek)', 'greek', 0.03],
  ['windows-1255', 'Windows-1255 (Hebrew)', 'hebrew', 0.1],
  ['windows-1256', 'Windows-1256 (Arabic and Persian)', 'arabic', 0.05],
  ['koi8-r', 'KOI8-R (Russian)', 'cyrillic', 0.05],
  ['ibm866', 'DOS Cyrillic (866)', 'cyrillic', 0.05],
  ['shift_jis', 'Shift JIS', 'kana', 0.1],
  ['gb18030', 'GB 18030 (Chinese)', 'chinese', 0.12],
  ['big5', 'Big5 (Chinese)', 'chinese', 0.14],
  ['euc-kr', 'EUC-KR (Korean)', 'korean', 0.05],
  ['windows-874', 'Windows-874 (Thai)', 'thai', 0.25],
];

/** Number of bytes from which an old encoding is guessed. */
const sampleSize = 32_768;

/** An old encoding counts as certain if it is at least this good, and this much better than the next other reading. */
const goodEnough = 0.6;
const clearlyBetter = 0.05;

/** Fewest bytes beyond ASCII from which an encoding can be certain. */
const fewestBytes = 8;

const howToSave = 'if letters look wrong, save the file as “CSV UTF-8” or with the encoding UTF-8 and import it again';

/** Decodes a file. Never throws: what cannot be decoded becomes a replacement character and is named in `remark`. */
export function decode(bytes: Uint8Array): Decoded {
  const wide = utf16Of(bytes);
  if (wide)
    return { text: new TextDecoder(wide).decode(bytes), encoding: wide === 'utf-16le' ? 'UTF-16' : 'UTF-16 BE' };
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const name = hasMark ? 'UTF-8 with a byte order mark' : 'UTF-8';
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: name };
  } catch {
    return decodeByLine(bytes);
  }
}

/** The byte order of a text in UTF-16. Without a byte order mark, it shows in where spaces and line ends have their zero. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  let little = 0;
  let big = 0;
  let zeros = 0;
  const end = Math.min(bytes.length - 1, sampleSize);
  for (let at = 0; at < end; at += 2) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if (first === 0 && second === 0) zeros++;
    if (second === 0 && isPlain(first)) little++;
    if (first === 0 && isPlain(second)) big++;
  }
  const fewest = Math.max(2, end / 50);
  if (zeros > fewest / 4 || (little < fewest && big < fewest)) return undefined;
  if (little > 10 * big) return 'utf-16le';
  return big > 10 * little ? 'utf-16be' : undefined;
}

/** Whether a byte stands for a character of ASCII that occurs in texts. */
const isPlain = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;

/** Decodes a file that is not, or not everywhere, UTF-8. Each line is UTF-8 or else in one old encoding. */
function decodeByLine(bytes: Uint8Array): Decoded {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const lines = linesOf(bytes).map((line) => ({ line, text: textOrUndefined(line, utf8) }));
  const old = lines.filter(({ text }) => text === undefined).map(({ line }) => line);
  const { label, name, isSure } = guess(old, { hasOnlyCr: !bytes.includes(10) && bytes.includes(13) });
  // A line with letters beyond ASCII can be valid UTF-8 by chance. Then it makes more sense in the old encoding.
  const isUtf8 = (line: Uint8Array, text: string) => plausibility(text) >= plausibility(decodeOld(line, label));
  const isMixed = lines.some(
    ({ line, text }) => text !== undefined && line.some((byte) => byte > 0x7f) && isUtf8(line, text),
  );
  if (!isMixed) {
    const encoding = isSure ? name : `${name}, which is a guess`;
    return { text: decodeOld(bytes, label), encoding, ...(!isSure && { remark: guessed(name) }) };
  }
  const read = lines.map(({ line, text }) =>
    text === undefined || !isUtf8(line, text) ? { isOld: true, text: decodeOld(line, label) } : { isOld: false, text },
  );
  const numbers = read.flatMap(({ isOld }, index) => (isOld ? [index + 1] : []));
  const where = numberList(numbers);
  return {
    text: read.map(({ text }) => text.replaceAll('\uFEFF', '')).join('\n'),
    encoding: `UTF-8, but ${where} in ${name}`,
    remark: `The file is in two encodings: ${where} ${numbers.length === 1 ? 'was' : 'were'} read as ${name}; ${howToSave}.`,
  };
}

/**
 * The characters of the bytes 0x80 to 0x9F in Windows-1252. Some versions of Node.js decode them as control characters,
 * so this encoding is decoded here. Five of the bytes stand for nothing.
 */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeOld(bytes: Uint8Array, label: string): string {
  if (label !== 'windows-1252') return new TextDecoder(label).decode(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character);
}

const guessed = (name: string): string => `The encoding is not certain: the file was read as ${name}; ${howToSave}.`;

function textOrUndefined(line: Uint8Array, decoder: InstanceType<typeof TextDecoder>): string | undefined {
  try {
    return decoder.decode(line);
  } catch {
    return undefined;
  }
}

/** The lines of a file as bytes, without their line ends. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at];
    if (at < bytes.length && byte !== 10 && byte !== 13) continue;
    lines.push(bytes.subarray(start, at));
    if (byte === 13 && bytes[at + 1] === 10) at++;
    start = at + 1;
  }
  return lines;
}

/** Finds the old encoding in which these lines look most like words. */
function guess(
  lines: readonly Uint8Array[],
  { hasOnlyCr }: { readonly hasOnlyCr: boolean },
): { readonly label: string; readonly name: string; readonly isSure: boolean } {
  const sample = Buffer.concat(lines.flatMap((line) => [line, newLine])).subarray(0, sampleSize);
  const readings = oldEncodings
    .map(([label, name, alphabet, rareness]) => {
      const text = decodeOld(sample, label);
      // Only old programs for the Mac end lines with CR alone, and no program for Windows writes a Mac encoding.
      const isMac = label === 'macintosh' || label === 'x-mac-cyrillic';
      return { label, name, text, score: plausibility(text, alphabet) - rareness - (isMac === hasOnlyCr ? 0 : 0.4) };
    })
    .toSorted((a, b) => b.score - a.score);
  const [best] = readings;
  if (!best) return { label: 'windows-1252', name: 'Windows-1252', isSure: false };
  const other = readings.find(({ text }) => text !== best.text);
  const beyond = sample.filter((byte) => byte > 0x7f).length;
  const isSure =
    beyond >= fewestBytes && best.score >= goodEnough && (!other || best.score - other.score >= clearlyBetter);
  return { label: best.label, name: best.name, isSure };
}

const newLine = Uint8Array.of(10);

/** Line numbers as "line 3" or "lines 3, 5–7 and more". */
export function numberList(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  const shown = runs.slice(0, 8).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const more = runs.length > 8 ? ' and more' : '';
  return `${numbers.length === 1 ? 'line' : 'lines'} ${shown.join(', ')}${more}`;
}
