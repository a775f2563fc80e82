/**
 * Finds the encoding of a file and decodes the file. Spreadsheets write UTF-8, UTF-16 or a legacy encoding, and the
 * file does not say which. UTF-8 and UTF-16 are recognised with certainty. Among the legacy encodings, the one whose
 * text looks most like words is used. The member is always told the encoding and can notice a wrong guess.
 */
import { type Alphabet, plausibility } from './plausibility.ts';

export interface Decoded {
  readonly text: string;
  /** The name of the encoding as members see it, such as "UTF-8" or "Windows-1251 (Cyrillic), which is a guess". */
  readonly encoding: string;
  /** A sentence for members. Present if the encoding is a guess, or if the file is in two encodings. */
  readonly remark?: string;
}

/**
 * The legacy encodings that spreadsheets write, with their usual names. Each encoding gets a score, which says how much
 * the decoded text looks like words. The encoding with the highest score is used. If several encodings have this score,
 * the first of them is used. `rarity` is subtracted from the score, so that a rare encoding is used only if it is
 * clearly better.
 */
const legacyEncodings: readonly (readonly [label: string, name: string, alphabet: Alphabet, rarity: number])[] = [
  ['windows-1252', 'Windows-1252 (Western European)', 'western', 0],
  ['macintosh', 'Mac OS Roman', 'western', 0],
  ['windows-1251', 'Windows-1251 (Cyrillic)', 'cyrillic', 0],
  ['x-mac-cyrillic', 'Mac OS Cyrillic', 'cyrillic', 0.02],
  ['windows-1254', 'Windows-1254 (Turkish)', 'turkish', 0.04],
  ['windows-1250', 'Windows-1250 (Central European)', 'central', 0.12],
  ['windows-1257', 'Windows-1257 (Baltic)', 'baltic', 0.15],
  ['windows-1253', 'Windows-1253 (Greek)', 'greek', 0.03],
  ['windows-1255', 'Windows-1255 (Hebrew)', 'hebrew', 0.05],
  ['windows-1256', 'Windows-1256 (Arabic and Persian)', 'arabic', 0.05],
  ['koi8-r', 'KOI8-R (Russian)', 'cyrillic', 0.12],
  ['ibm866', 'DOS Cyrillic (866)', 'cyrillic', 0.05],
  ['shift_jis', 'Shift JIS', 'kana', 0.1],
  ['gb18030', 'GB 18030 (Chinese)', 'chinese', 0.12],
  ['big5', 'Big5 (Chinese)', 'traditional', 0.14],
  ['euc-kr', 'EUC-KR (Korean)', 'korean', 0.05],
  ['windows-874', 'Windows-874 (Thai)', 'thai', 0.25],
];

/** Number of bytes that are used to guess an encoding. */
const sampleSize = 32_768;

/**
 * A legacy encoding is certain only if its score is at least `minScore`, and also at least `minLead` higher than the
 * score of every encoding that decodes the file to a different text.
 */
const minScore = 0.6;
const minLead = 0.05;

/** Minimum number of non-ASCII bytes. If a file has fewer of them, no legacy encoding is certain. */
const minNonAsciiBytes = 8;

const howToSave = 'if letters look wrong, save the file as “CSV UTF-8” or with the encoding UTF-8 and import it again';

/** Decodes a file. Never throws: bytes that cannot be decoded become replacement characters. */
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

/**
 * The byte order of a text in UTF-16. Undefined for any other text. Without a byte order mark, UTF-16 is recognised by
 * its zero bytes: one of the two bytes of an ASCII character is zero.
 */
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
    if (second === 0 && isAsciiText(first)) little++;
    if (first === 0 && isAsciiText(second)) big++;
  }
  const fewest = Math.max(2, end / 50);
  if (zeros > fewest / 4 || (little < fewest && big < fewest)) return undefined;
  if (little > 10 * big) return 'utf-16le';
  return big > 10 * little ? 'utf-16be' : undefined;
}

/** Whether a byte is a printable ASCII character, a tab or a line end. */
const isAsciiText = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;

/**
 * Decodes a file that is not valid UTF-8. Some lines may be UTF-8. All other lines are decoded with the same legacy
 * encoding.
 */
function decodeByLine(bytes: Uint8Array): Decoded {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const lines = linesOf(bytes).map((line) => ({ line, text: textOrUndefined(line, utf8) }));
  const old = lines.filter(({ text }) => text === undefined).map(({ line }) => line);
  const { label, name, isSure } = guessEncoding(old, { hasOnlyCr: !bytes.includes(10) && bytes.includes(13) });
  // A line with non-ASCII bytes can be valid UTF-8 by chance. Therefore a line counts as UTF-8 only if its text in
  // UTF-8 is at least as plausible as its text in the legacy encoding.
  const isUtf8 = (line: Uint8Array, text: string) => plausibility(text) >= plausibility(decodeLegacy(line, label));
  const isMixed = lines.some(
    ({ line, text }) => text !== undefined && line.some((byte) => byte > 0x7f) && isUtf8(line, text),
  );
  if (!isMixed) {
    const encoding = isSure ? name : `${name}, which is a guess`;
    return { text: decodeLegacy(bytes, label), encoding, ...(!isSure && { remark: uncertain(name) }) };
  }
  const read = lines.map(({ line, text }) =>
    text === undefined || !isUtf8(line, text)
      ? { isOld: true, text: decodeLegacy(line, label) }
      : { isOld: false, text },
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
 * The characters of the bytes 0x80 to 0x9F in Windows-1252. Some versions of Node.js wrongly decode all these bytes as
 * control characters, so this encoding is decoded here. Five of these bytes have no character in Windows-1252. Only
 * these five become control characters.
 */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeLegacy(bytes: Uint8Array, label: string): string {
  if (label !== 'windows-1252') return new TextDecoder(label).decode(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character);
}

const uncertain = (name: string): string => `The encoding is not certain: the file was read as ${name}; ${howToSave}.`;

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

/** Finds the legacy encoding in which these lines look most like words. */
function guessEncoding(
  lines: readonly Uint8Array[],
  { hasOnlyCr }: { readonly hasOnlyCr: boolean },
): { readonly label: string; readonly name: string; readonly isSure: boolean } {
  const sample = Buffer.concat(lines.flatMap((line) => [line, newLine])).subarray(0, sampleSize);
  const readings = legacyEncodings
    .map(([label, name, alphabet, rarity]) => {
      const text = decodeLegacy(sample, label);
      // Only old Mac programs end lines with CR alone, and only Mac programs write Mac encodings. Therefore, if lines
      // end with CR alone, the score of all other encodings is lowered. Otherwise the score of Mac encodings is
      // lowered.
      const isMac = label === 'macintosh' || label === 'x-mac-cyrillic';
      return { label, name, text, score: plausibility(text, alphabet) - rarity - (isMac === hasOnlyCr ? 0 : 0.4) };
    })
    .toSorted((a, b) => b.score - a.score);
  const [best] = readings;
  if (!best) return { label: 'windows-1252', name: 'Windows-1252', isSure: false };
  const other = readings.find(({ text }) => text !== best.text);
  const nonAscii = sample.filter((byte) => byte > 0x7f).length;
  const isSure =
    nonAscii >= minNonAsciiBytes && best.score >= minScore && (!other || best.score - other.score >= minLead);
  return { label: best.label, name: best.name, isSure };
}

const newLine = Uint8Array.of(10);

/** Formats line numbers as "line 3" or "lines 3, 5–7 and more". */
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
