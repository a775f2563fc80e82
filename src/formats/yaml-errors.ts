/** Explains the errors of the YAML parser in plain words. `yaml.ts` calls the parser. */
import type { YAMLError } from 'yaml';

const furtherLeft = [
  'the line begins further left than its entry',
  'put the same number of spaces before all its fields',
] as const;

/**
 * Explains an error of the parser in plain words and says what the author should write instead. `line` is the text of
 * the line that contains the error.
 */
export function explainYamlError({ code, message }: YAMLError, line: string): readonly [what: string, advice: string] {
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
