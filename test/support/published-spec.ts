/**
 * Reads the query parameters and body fields of every route from Discord's published specification. The npm
 * package discord-api-spec contains the specification as TypeScript types, which a generator writes. The parser in this
 * file supports only the notation of this generator.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A type with its fields and their types. Unions and intersections are merged. A list is represented by the type of its
 * elements.
 */
interface TypeNode {
  readonly fields: ReadonlyMap<string, TypeNode>;
  /** The names of types whose fields also belong to this type. */
  readonly references: readonly string[];
}

export interface PublishedRoute {
  /** For example `GET /channels/*`. Each star stands for a parameter of the path. */
  readonly name: string;
  readonly query: readonly string[];
  readonly body: TypeNode;
}

const file = fileURLToPath(new URL('discord-api-spec.ts', import.meta.resolve('discord-api-spec')));
const empty: TypeNode = { fields: new Map(), references: [] };

/** Parses the text of one type, such as `{ a?: B[] } | C`. */
function parseType(text: string): TypeNode {
  const tokens = text.replaceAll(/\/\*.*?\*\//gs, '').match(/"[^"]*"|\w+|[^\s\w]/g) ?? [];
  let at = 0;
  const fields = new Map<string, TypeNode>();
  const parse = (end: readonly string[]): TypeNode => {
    const found = { fields: new Map<string, TypeNode>(), references: [] as string[] };
    const add = (inner: TypeNode) => {
      for (const [name, node] of inner.fields) found.fields.set(name, merge(found.fields.get(name), node));
      found.references.push(...inner.references);
    };
    while (at < tokens.length && !end.includes(tokens[at] ?? '')) {
      const token = tokens[at++] ?? '';
      if (token === '{') add(parseFields());
      else if (token === '(') add(parse([')']));
      else if (/^[A-Z]/.test(token)) found.references.push(token);
      if (token === '(') at++;
    }
    return found;
  };
  const parseFields = (): TypeNode => {
    const here = new Map<string, TypeNode>();
    while (tokens[at] !== '}') {
      const name = (tokens[at++] ?? '').replaceAll('"', '');
      while (tokens[at] !== ':') at++;
      at++;
      here.set(name, parse([';', '}']));
      if (tokens[at] === ';') at++;
    }
    at++;
    return { fields: here, references: [] };
  };
  const node = parse([]);
  for (const [name, inner] of node.fields) fields.set(name, inner);
  return { fields, references: node.references };
}

const merge = (a: TypeNode | undefined, b: TypeNode): TypeNode =>
  a ? { fields: new Map([...a.fields, ...b.fields]), references: [...a.references, ...b.references] } : b;

export function readPublishedSpec(): {
  readonly routes: readonly PublishedRoute[];
  /** Returns the fields of a type and the fields of all types to which this type refers. */
  readonly fieldsOf: (type: TypeNode) => ReadonlyMap<string, TypeNode>;
} {
  const text = readFileSync(file, 'utf8');
  const types = new Map(
    [...text.matchAll(/^export (?:type|interface) (\w+) (?:= )?(.*?)(?=^export |$(?![^]))/gms)].map(
      ([, name = '', body = '']) => [name, body],
    ),
  );
  const parsed = new Map<string, TypeNode>();
  const typeNamed = (name: string): TypeNode => {
    const known = parsed.get(name) ?? parseType(types.get(name) ?? '');
    parsed.set(name, known);
    return known;
  };
  const fieldsOf = (type: TypeNode, seen: readonly string[] = []): ReadonlyMap<string, TypeNode> => {
    const fields = new Map(type.fields);
    for (const name of type.references.filter((each) => !seen.includes(each)))
      for (const [field, node] of fieldsOf(typeNamed(name), [...seen, ...type.references]))
        fields.set(field, merge(fields.get(field), node));
    return fields;
  };
  const routes = [...typeNamed('Paths').fields].flatMap(([path, methods]) =>
    [...methods.fields].map(([method, { fields }]) => ({
      name: `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '*')}`,
      query: [...(fields.get('parameters')?.fields.get('query')?.fields.keys() ?? [])],
      body: fields.get('requestBody') ?? empty,
    })),
  );
  return { routes, fieldsOf };
}
