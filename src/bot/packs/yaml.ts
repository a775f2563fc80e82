/**
 * Reads one YAML file of a pack. Returns the value and a function that gives the line number of each part. Explains
 * syntax errors in plain words.
 * Aliases and custom tags are not allowed, because they can make a small file expand to a huge value.
 */
import { type Document, LineCounter, type YAMLError, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { type PackFile, PackError } from '../../core/pack/pack-file.ts';

/** Maximum size of a file, in characters. Parsing takes about forty times as much memory as the file. */
const maxBytes = 8_388_608;

/**
 * Parses one file of a pack. Throws a {@link PackError} with one message for each syntax error. Each message contains
 * the line number.
 */
export function readYaml(name: string, text: string): PackFile {
  if (text.length > maxBytes) throw new PackError([`${name}: is larger than 8 MiB; split the pack`]);
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, customTags: [], uniqueKeys: true, lineCounter: lines });
  const locate = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}, column ${col}`;
  };
  const lineAt = (offset: number) => text.split('\n', lines.linePos(offset).line).at(-1) ?? '';
  // The parser warns about unknown tags. These warnings count as errors. If a line has several errors, only the first
  // error is kept, because one mistake often causes several errors.
  const faults = [...document.errors, ...document.warnings].filter(
    ({ pos: [offset] }, index, all) =>
      all.findIndex(({ pos: [other] }) => lines.linePos(other).line === lines.linePos(offset).line) === index,
  );
  // After an unexpected token, the parser also reports errors in the lines that follow. These errors are dropped.
  const lost = faults.findIndex(({ code }) => code === 'UNEXPECTED_TOKEN');
  const problems = (lost < 0 ? faults : faults.slice(0, lost + 1)).map((fault) => {
    const [what, advice] = inWords(fault, lineAt(fault.pos[0]));
    return `${locate(fault.pos[0])}: ${what}; ${advice}`;
  });
  if (faults.length === 0)
    visit(document, {
      Alias(_, { source, range }) {
        const where = locate(range?.[0] ?? 0);
        const what = `an alias, or a text that begins with * without quotation marks (*${source})`;
        problems.push(`${where}: ${what}; write the value out`);
      },
    });
  if (problems.length > 0) throw new PackError(problems);
  return {
    name,
    warnings: cutTexts(document).map(
      ([key, offset]) =>
        `${name}:${lines.linePos(offset).line}, ${key}: the text ends before "#", which begins a comment; put the whole text in quotation marks`,
    ),
    value: document.toJS({ maxAliasCount: 0 }),
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  };
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

/**
 * Returns the offset of the value at `path`. If there is no value at `path`, returns the offset of the nearest parent
 * that exists.
 */
function offsetOf({ contents }: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = contents;
  let offset = contents?.range[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
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

const furtherLeft = [
  'the line begins further left than its entry',
  'put the same number of spaces before all its fields',
] as const;

/**
 * Explains an error of the parser in plain words and says what the author should write instead. `line` is the text of
 * the line that contains the error.
 */
function inWords({ code, message }: YAMLError, line: string): readonly [what: string, advice: string] {
  const parsers = message.split(' at line ', 1)[0] ?? message;
  if (parsers.startsWith('Missing closing'))
    return ['a quotation mark was opened and is not closed', 'close it where the text ends'];
  if (parsers.startsWith('Sequence item without')) return furtherLeft;
  switch (code) {
    case 'DUPLICATE_KEY':
      return ['a field is written twice', 'keep one'];
    case 'TAG_RESOLVE_FAILED':
      return ['a text begins with !', 'take it out, or put the text in quotation marks'];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return [
        'two fields in one line, or a line below with more spaces before it',
        'put a text that contains ": " in quotation marks, and the fields of an entry exactly below one another',
      ];
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      return [
        'no field with its value',
        'write "field: value", with a colon and a space, or indent a longer text more',
      ];
    case 'BAD_INDENT':
      return ['a bracket was opened and is not closed', 'write ] or } where the list ends'];
    case 'BAD_SCALAR_START':
      return ['a text begins with a sign that YAML keeps for itself', 'put the text in quotation marks'];
    case 'BAD_DQ_ESCAPE':
      return ['a backslash between double quotation marks', 'put the text in single ones'];
    case 'TAB_AS_INDENT':
      return ['a tab', 'write spaces instead'];
    case 'MULTIPLE_DOCS':
      return ['a second document begins', 'take the line --- out'];
    case 'RESOURCE_EXHAUSTION':
      return ['lists in lists without end', 'write one list in square brackets'];
    case 'UNEXPECTED_TOKEN':
      if (/^ *\t/.test(line)) return ['the line begins with a tab', 'write spaces instead'];
      if (/^[a-z]+:/i.test(line)) return furtherLeft;
      return [
        'something that cannot stand here',
        "put the text in quotation marks, and write '' for an apostrophe within single ones",
      ];
    default:
      return [parsers, 'put the text in quotation marks'];
  }
}
