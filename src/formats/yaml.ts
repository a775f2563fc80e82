/**
 * Reads one YAML file of a pack. Returns the value and a function that gives the line number of each part.
 *
 * The work grows only linearly with the size of the file, even if the file is malicious. For this purpose the size of
 * maps and the nesting depth are limited, and only the first mistakes are explained. Aliases and custom tags are not
 * allowed, because they can make a small file expand to a huge value. `yaml-errors.ts` explains the errors of the
 * parser.
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { maxProblems, PackError, type PackFile } from '../core/pack/pack-file.ts';
import { explainYamlError } from './yaml-errors.ts';

/** Maximum size of a file, in characters. Parsing takes about forty times as much memory as the file. */
const maxCharacters = 8_388_608;
/**
 * Maximum number of fields in one map of a file. The largest map of a real pack contains the pools of wrong answers.
 */
const maxKeys = 2_000;
/** Maximum nesting depth of lists and maps. Real packs need a depth of 6. */
const maxDepth = 20;

/** A mistake in a file: its offset, what is wrong, and what to write instead. */
type Mistake = readonly [offset: number, what: string, advice: string];

/**
 * Parses one file of a pack. Throws a {@link PackError} if the file is too large or has mistakes. Each message about a
 * mistake contains the line number. If the parser reports several errors in a line, only the first is reported.
 */
export function readYaml(name: string, text: string): PackFile {
  if (text.length > maxCharacters) throw new PackError([`${name}: is larger than 8 MiB; split the pack`]);
  const lines = new LineCounter();
  // The parser's own check for repeated keys is off, because its time grows with the square of the number of keys.
  const document = parseDocument(text, {
    prettyErrors: false,
    customTags: [],
    uniqueKeys: false,
    stringKeys: true,
    lineCounter: lines,
  });
  // The parser warns about unknown tags. These warnings count as errors.
  const errors = firstOfEachLine([...document.errors, ...document.warnings], lines);
  const mistakes =
    errors.length > 0 ? explained(errors, text, lines) : [...tooLarge(document), ...repeatedKeys(document)];
  const all = mistakes.length > 0 || errors.length > 0 ? mistakes : aliases(document);
  if (all.length > 0)
    throw new PackError(
      all.map(([offset, what, advice]) => {
        const { line, col } = lines.linePos(offset);
        return `${name}:${line}, column ${col}: ${what}; ${advice}`;
      }),
    );
  const indexes: KeyIndexes = new WeakMap();
  return {
    name,
    warnings: cutTexts(document).map(
      ([key, offset]) =>
        `${name}:${lines.linePos(offset).line}, ${key}: the text ends before "#", which begins a comment; put the whole text in quotation marks`,
    ),
    value: document.toJS({ maxAliasCount: 0 }),
    lineOf: (path) => lines.linePos(offsetOf(document, path, indexes)).line,
  };
}

/** If a line has several errors, keeps only the first, because one mistake often causes several errors. */
function firstOfEachLine(errors: readonly YAMLError[], lines: LineCounter): readonly YAMLError[] {
  const seen = new Set<number>();
  return errors.filter(({ pos: [offset] }) => {
    const { line } = lines.linePos(offset);
    return !seen.has(line) && seen.add(line);
  });
}

function explained(errors: readonly YAMLError[], text: string, lines: LineCounter): readonly Mistake[] {
  // After an unexpected token, the parser also reports errors in the lines that follow. These errors are dropped.
  const lost = errors.findIndex(({ code }) => code === 'UNEXPECTED_TOKEN');
  const kept = lost < 0 ? errors : errors.slice(0, lost + 1);
  return kept.map((error, index) => {
    const [offset] = error.pos;
    const { line } = lines.linePos(offset);
    // PackError shows only the first mistakes, so the others need no explanation.
    if (index > maxProblems) return [offset, '', ''];
    const [what, advice] = explainYamlError(error, text.slice(lines.lineStarts[line - 1], lines.lineStarts[line]));
    return [offset, what, advice];
  });
}

/** Finds maps with too many fields, and lists and maps that are nested too deeply. */
function tooLarge(document: Document.Parsed): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Collection(_, node, path) {
      const depth = path.filter((one) => isMap(one) || isSeq(one)).length;
      const offset = node.range?.[0] ?? 0;
      if (depth >= maxDepth) {
        mistakes.push([offset, `lists or fields within more than ${maxDepth} others`, 'write fewer levels']);
        return visit.SKIP;
      }
      if (!isMap(node) || node.items.length <= maxKeys) return undefined;
      mistakes.push([offset, `${node.items.length} fields in one place`, `keep to ${maxKeys}`]);
      return visit.SKIP;
    },
  });
  return mistakes;
}

function repeatedKeys(document: Document.Parsed): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (seen.has(name) && isScalar(key))
          mistakes.push([key.range?.[0] ?? 0, 'a field is written twice', 'keep one']);
        seen.add(name);
      }
    },
  });
  return mistakes;
}

function aliases(document: Document.Parsed): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Alias(_, { source, range }) {
      const what = `an alias, or a text that begins with * without quotation marks (*${source})`;
      mistakes.push([range?.[0] ?? 0, what, 'write the value out']);
    },
  });
  return mistakes;
}

/**
 * Finds unquoted texts that are followed by a comment. For example, the parser reads "Berth #3" as the text "Berth".
 * Returns the key and the offset of each text.
 */
function cutTexts(document: Document.Parsed): readonly (readonly [key: string, offset: number])[] {
  const cut: (readonly [string, number])[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string') return;
      if (value.type === 'PLAIN' && value.comment && /\s/.test(value.value))
        cut.push([String(key.value), value.range?.[0] ?? 0]);
    },
  });
  return cut;
}

/** The fields of each map by name, so that the time of a lookup does not depend on the number of fields. */
type KeyIndexes = WeakMap<YAMLMap, ReadonlyMap<string, Pair>>;

function pairOf(map: YAMLMap, name: PropertyKey, indexes: KeyIndexes): Pair | undefined {
  let index = indexes.get(map);
  if (!index) {
    index = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])));
    indexes.set(map, index);
  }
  return index.get(String(name));
}

/**
 * Returns the offset of the value at `path`. If there is no value at `path`, returns the offset of the nearest parent
 * that exists.
 */
function offsetOf({ contents }: Document.Parsed, path: readonly PropertyKey[], indexes: KeyIndexes): number {
  let node: unknown = contents;
  let offset = contents?.range[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = pairOf(node, part, indexes);
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      if (!isMap(node) && !isSeq(node) && !isScalar(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
