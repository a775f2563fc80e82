/** Tests the allowed imports between layers, and other architecture rules that can be checked in the source text. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  readonly path: string;
  readonly text: string;
}
const sources: readonly Source[] = ['src', 'commands']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => posix.join(folder, name)),
  )
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const under = (folder: string) => sources.filter(({ path }) => path.startsWith(`${folder}/`));

/** The imports of a file: paths relative to the project root, and package names. */
const importsOf = (source: Source): readonly string[] => importStatementsOf(source).map(({ to }) => to);

function importStatementsOf({ path, text }: Source): readonly { readonly to: string; readonly isType: boolean }[] {
  const found = [
    ...text.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom\s+'([^']+)'|\bimport\s*\(\s*'([^']+)'|^import\s+'([^']+)'/gm),
  ];
  return found.map((match) => {
    const to = match[1] ?? match[2] ?? match[3] ?? '';
    return {
      to: to.startsWith('.') ? posix.join(posix.dirname(path), to) : to,
      isType: /^import\s+type\b/.test(match[0]),
    };
  });
}

interface Layer {
  /** The rule applies to files whose path begins with this prefix. */
  readonly folder: string;
  readonly may: RegExp;
  /** Packages that may be imported with `import type` only. */
  readonly mayImportTypes?: RegExp;
  /** A sentence that states the rule, for the error message. */
  readonly rule: string;
}
/** Part of a pattern. Matches every npm package and every Node module, because adapters may import all of them. */
const packages = '(?!src/|commands/|data/|test/)';
/** One rule for each folder. The first rule that matches a file applies. */
const layers: readonly Layer[] = [
  {
    folder: 'src/core/',
    may: /^(src\/core\/|zod$|fuse\.js$|lru-cache$)/,
    rule: 'src/core may only use src/core, zod, fuse.js and lru-cache',
  },
  {
    folder: 'src/chat/',
    may: /^(src\/(core|chat)\/|zod$)/,
    mayImportTypes: /^discord-api-types\/v10$/,
    rule: 'src/chat may only use src/core, src/chat, zod and the types of discord-api-types',
  },
  {
    folder: 'commands/',
    may: /^(src\/(chat|core)\/|commands\/)/,
    rule: 'commands may only use src/chat and src/core',
  },
  {
    folder: 'src/bot/ports/',
    may: /^src\/(core|chat|bot\/ports)\//,
    rule: 'src/bot/ports may only use src/core and src/chat',
  },
  {
    folder: 'src/bot/',
    may: new RegExp(`^(src/(core|chat|bot|formats)/|src/store/store\\.ts$|src/(clock|log)\\.ts$|${packages})`),
    rule: 'src/bot may use src/core, src/chat, src/formats and the ports, never an adapter',
  },
  {
    folder: 'src/formats/',
    may: new RegExp(`^(src/(core|formats)/|${packages})`),
    rule: 'src/formats may only use src/core, its own folder and packages',
  },
  ...['loopback', 'playground'].map((name) => ({
    folder: `src/${name}/`,
    may: new RegExp(`^(src/${name}/|src/(clock|log)\\.ts$|${packages})`),
    rule: `src/${name} may only use its own folder, clock, log and packages: the emulation shares nothing with the bot`,
  })),
  {
    folder: 'src/operation/',
    may: new RegExp(
      `^(src/operation/|src/(core|chat|bot/ports)/|src/store/store\\.ts$|src/(clock|log)\\.ts$|${packages})`,
    ),
    rule: 'src/operation may use src/core, src/chat and the ports, never an adapter, a command or src/bot',
  },
  ...['discord', 'store', 'pictures'].map((name) => ({
    folder: `src/${name}/`,
    may: new RegExp(`^(src/${name}/|src/(core|chat|bot/ports)/|src/(clock|log)\\.ts$|${packages})`),
    rule: `src/${name} may use src/core, src/chat and the ports, never another adapter, a command or src/bot`,
  })),
  {
    folder: 'src/cli/',
    may: new RegExp(`^(src/(?!main|compose|bot|loopback|playground)|${packages})`),
    rule: 'src/cli may use settings, log, clock and the errors of adapters, never the bot',
  },
  { folder: 'src/starts/', may: /^(?!src\/main)/, rule: 'src/starts may use everything but src/main.ts' },
  { folder: 'src/main.ts', may: /./, rule: '' },
  { folder: 'src/compose.ts', may: /./, rule: '' },
  {
    folder: 'src/',
    may: new RegExp(`^(src/core/shard-range\\.ts$|${packages})`),
    rule: 'only src/main.ts, src/starts and src/compose.ts join the parts',
  },
];

function forbiddenImports(source: Source): readonly string[] {
  const layer = layers.find(({ folder }) => source.path.startsWith(folder));
  const isRoot = layer?.folder === 'src/';
  if (!layer || (isRoot && source.path.split('/').length > 2)) return [`${source.path} belongs to no layer`];
  return importStatementsOf(source)
    .filter(({ to, isType }) => !layer.may.test(to) && !(isType && layer.mayImportTypes?.test(to)))
    .map(({ to }) => `${source.path} uses ${to}: ${layer.rule}`);
}

test('every file imports only what the rule of its folder allows', () => {
  expect(sources.length).toBeGreaterThan(80);
  expect(sources.flatMap(forbiddenImports)).toEqual([]);
});

test('main.ts loads the emulated Discord and its page only when they are started', () => {
  const loaded = sources
    .filter(({ path }) => !/^src\/(loopback|playground)\//.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^import (?!type\b)[^;'"]*?from '([^']*\/(?:loopback|playground)\/[^']+)'/gm)].map(
        ([, to]) => `${path} ${to}`,
      ),
    );
  expect(loaded).toEqual([]);
});

test.each([
  [
    'commands/event.ts',
    `import { Client } from 'discord.js';`,
    'commands/event.ts uses discord.js: commands may only use src/chat and src/core',
  ],
  [
    'commands/event.ts',
    `import type { Store } from '../src/store/store.ts';`,
    'commands/event.ts uses src/store/store.ts: commands may only use src/chat and src/core',
  ],
  [
    'src/core/quiz/quiz.ts',
    `import {\n  a,\n  b,\n} from 'node:fs';`,
    'src/core/quiz/quiz.ts uses node:fs: src/core may only use src/core, zod, fuse.js and lru-cache',
  ],
  [
    'src/core/search/x.ts',
    `export { a } from '../../chat/words.ts';`,
    'src/core/search/x.ts uses src/chat/words.ts: src/core may only use src/core, zod, fuse.js and lru-cache',
  ],
  [
    'src/chat/cards.ts',
    `const { a } = await import('fuse.js');`,
    'src/chat/cards.ts uses fuse.js: src/chat may only use src/core, src/chat, zod and the types of discord-api-types',
  ],
  [
    'src/chat/cards.ts',
    `import { ComponentType } from 'discord-api-types/v10';`,
    'src/chat/cards.ts uses discord-api-types/v10: src/chat may only use',
  ],
  [
    'src/chat/cards.ts',
    `import { type ComponentType } from 'discord-api-types/v10';`,
    'src/chat/cards.ts uses discord-api-types/v10: src/chat may only use',
  ],
  [
    'src/discord/client.ts',
    `import { a } from '../store/sqlite.ts';`,
    'src/discord/client.ts uses src/store/sqlite.ts: src/discord may use',
  ],
  [
    'src/loopback/a.ts',
    `import { client } from '../discord/client.ts';`,
    'src/loopback/a.ts uses src/discord/client.ts: src/loopback may only use its own folder',
  ],
  [
    'src/loopback/a.ts',
    `import { limits } from '../chat/limits.ts';`,
    'src/loopback/a.ts uses src/chat/limits.ts: src/loopback may only use its own folder',
  ],
  [
    'src/playground/a.ts',
    `import { limits } from '../loopback/discord-limits.ts';`,
    'src/playground/a.ts uses src/loopback/discord-limits.ts: src/playground may only use its own folder',
  ],
  [
    'src/operation/a.ts',
    `import { createDiscordClient } from '../discord/client.ts';`,
    'src/operation/a.ts uses src/discord/client.ts: src/operation may use',
  ],
  ['src/store/a.ts', `import { run } from '../compose.ts';`, 'src/store/a.ts uses src/compose.ts: src/store may use'],
  [
    'src/bot/rounds/rounds.ts',
    `import { openSqlite } from '../../store/sqlite.ts';`,
    'src/bot/rounds/rounds.ts uses src/store/sqlite.ts: src/bot may use',
  ],
  [
    'src/config.ts',
    `import './loopback/loopback.ts';`,
    'src/config.ts uses src/loopback/loopback.ts: only src/main.ts, src/starts and src/compose.ts join',
  ],
  ['src/other/a.ts', '', 'src/other/a.ts belongs to no layer'],
])('the error message for a forbidden import in %s contains the import and the rule', (path, text, message) => {
  expect(forbiddenImports({ path, text })).toEqual([expect.stringContaining(message)]);
});

test('src/chat may import types of discord-api-types', () => {
  const text = `import type { ComponentType } from 'discord-api-types/v10';`;
  expect(forbiddenImports({ path: 'src/chat/cards.ts', text })).toEqual([]);
});

const impure =
  /\bnode:|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bsetTimeout\b|\bsetInterval\b|\bconsole\.|\bfetch\(|\bcrypto\b/;
test('files of core, chat and commands use no clock, randomness, process or network', () => {
  const found = [...under('src/core'), ...under('src/chat'), ...under('commands')].flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const [match] = impure.exec(line) ?? [];
      return match === undefined ? [] : [`${path}:${index + 1} uses ${match}: pass it in with the event or the call`];
    }),
  );
  expect(found).toEqual([]);
});

test('no two files have the same name, except quiz.ts and pack.ts', () => {
  const names = tracked()
    .filter((path) => /^(src|commands)\/.*\.(ts|js)$/.test(path))
    // commands/quiz.ts and commands/pack.ts are named after their commands. src/core/quiz/quiz.ts and
    // src/core/pack/pack.ts are named after their folders.
    .filter((path) => path !== 'commands/quiz.ts' && path !== 'commands/pack.ts')
    .map((path) => posix.basename(path).replace(/(\.d)?\.(ts|js)$/, ''));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('only commands have a default export', () => {
  const all = sources.filter(({ text }) => /^export default\b|\bas default\b/m.test(text)).map(({ path }) => path);
  expect(all.filter((path) => !path.startsWith('commands/'))).toEqual([]);
});

test('commands/index.ts lists every file of commands/, and the file names are the command names', () => {
  const files = under('commands').filter(({ path }) => path !== 'commands/index.ts');
  const index = sources.find(({ path }) => path === 'commands/index.ts');
  if (!index) throw new Error('there is no commands/index.ts');
  expect(
    importsOf(index)
      .filter((to) => to.startsWith('commands/'))
      .toSorted(),
  ).toEqual(files.map(({ path }) => path).toSorted());
  const lists = [...index.text.matchAll(/readonly (?:Message)?Command\[\] = \[([^\]]+)\]/g)];
  const listed = lists.flatMap(([, names = '']) => names.split(',').map((name) => name.trim())).filter(Boolean);
  const names = files.map(({ path }) => posix.basename(path, '.ts'));
  expect(listed.toSorted()).toEqual(names.toSorted());
  // The name of a message command begins with a capital letter, so the names are compared in lower case.
  for (const { path, text } of files)
    expect(text.toLowerCase(), path).toContain(`name: '${posix.basename(path, '.ts')}'`);
});

test('the bot requests only the Guilds intent from Discord', () => {
  const named = under('src/discord').flatMap(({ text }) =>
    [...text.matchAll(/GatewayIntentBits\.(\w+)|\bintents:\s*([^\n]+)/g)].map(([all]) => all),
  );
  expect(named).toEqual(['intents: [GatewayIntentBits.Guilds],']);
});

/** The text between the parentheses of a call. `from` is the index of the opening parenthesis. */
function argumentsAt(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text.slice(from + 1, at);
  }
  throw new Error('a bracket is not closed');
}

test('src/discord shortens every message to Discord’s limits and turns mentions off', () => {
  const sends: string[] = [];
  for (const { path, text } of under('src/discord')) {
    for (const match of text.matchAll(/\.(reply|update|editReply|followUp|send)\(/g)) {
      const given = argumentsAt(text, match.index + match[0].length - 1);
      sends.push(`${path} ${match[1]}`);
      expect(given, `${path}: ${match[0]} sends something else than components`).toMatch(/\bcomponents\b/);
      expect(given, `${path}: ${match[0]} overrules the client's mentions`).not.toMatch(/allowedMentions|content:/);
    }
    for (const match of text.matchAll(/rest\.(post|patch)\((?!Routes\.threads)/g)) {
      sends.push(`${path} ${match[1]}`);
      const body = text.slice(text.lastIndexOf('const body', match.index), match.index);
      expect(body, `${path}: ${match[0]} without componentsJson()`).toContain('components: componentsJson(');
      expect(body, `${path}: ${match[0]} may mention`).toContain('...noMentions');
    }
    for (const [all] of text.matchAll(/\bcomponents(?:: | = )[^,;\n]+/g))
      expect(all, path).toMatch(/= componentsJson\(|: componentsJson\(/);
  }
  expect(sends.length).toBeGreaterThanOrEqual(6);
  const bot = sources.find(({ path }) => path === 'src/discord/client.ts')?.text ?? '';
  expect(bot).toMatch(/new Client\(\{[^;]*allowedMentions: \{ parse: \[\] \}/);
  const requests = sources.find(({ path }) => path === 'src/discord/channel-requests.ts')?.text ?? '';
  expect(requests).toContain('const noMentions = { allowed_mentions: { parse: [] } };');
});

test('Discord’s limits are defined only in src/chat/limits.ts', () => {
  // Only limits with unusual numbers are checked. If one of these numbers is in the code, it is almost certainly a
  // limit of Discord.
  const number = /\b(4_?000|10_?170|8_?000|6_?000)\b/;
  const found = sources
    .filter(
      ({ path }) => path.startsWith('src/discord/') || path.startsWith('src/chat/') || path.startsWith('commands/'),
    )
    .filter(({ path }) => path !== 'src/chat/limits.ts')
    .filter(({ text }) => number.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
  expect(found.map(({ path }) => path)).toEqual([]);
});

test('the root folder contains only the expected files and folders', () => {
  const shown = [...new Set(tracked().map((path) => path.split('/')[0] ?? ''))].filter(
    (name) => !name.startsWith('.') || name === '.env.example',
  );
  expect(shown.toSorted()).toEqual(
    [
      '.env.example',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'commands',
      'data',
      'package-lock.json',
      'package.json',
      'src',
      'test',
      'tsconfig.json',
    ].toSorted(),
  );
});

/** The files that Git tracks, or all files if this is not a Git repository. */
function tracked(): readonly string[] {
  try {
    return execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .filter((path) => path !== '');
  } catch {
    return readdirSync(root)
      .filter((name) => !['node_modules', 'dist'].includes(name))
      .flatMap((name) =>
        statSync(join(root, name)).isDirectory()
          ? readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((inner) => posix.join(name, inner))
          : [name],
      );
  }
}

test('the emulated Discord and its web page together have fewer lines of code than the bot', () => {
  const code = tracked().filter((path) => /^(src|commands)\/.*\.(ts|js|html|css)$/.test(path));
  const isTool = (path: string) => /^src\/(loopback|playground)\//.test(path);
  const lines = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + readFileSync(join(root, path), 'utf8').split('\n').length - 1, 0);
  const tool = lines(code.filter(isTool));
  expect(tool).toBeGreaterThan(5_000);
  expect(tool).toBeLessThan(lines(code.filter((path) => !isTool(path))));
});

test('every file in src that is longer than 40 lines begins with a comment', () => {
  const bare = under('src').filter(({ text }) => !text.startsWith('/**') && text.split('\n').length > 40);
  expect(bare.map(({ path }) => path)).toEqual([]);
});
