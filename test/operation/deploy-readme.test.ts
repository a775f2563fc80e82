/** Tests that .deploy/README.md names only settings, commands, metrics, files and exit codes that exist. */
import { access, readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { variables } from '../../src/config.ts';
import { existingMetrics } from './existing-metrics.ts';

const folder = new URL('../../.deploy/', import.meta.url);
const textOf = (name: string) => readFile(new URL(name, folder), 'utf8');
const readme = await textOf('README.md');

test('.deploy/README.md lists all settings with their defaults and descriptions', () => {
  const [, table = ''] = /\| setting \| default \| meaning \|\n\|---\|---\|---\|\n([^]*?)\n\n/.exec(readme) ?? [];
  const rows = Object.entries(variables).map(([name, schema]) => {
    const value = schema.parse(undefined);
    return `| \`${name}\` | ${value === undefined ? '–' : `\`${value}\``} | ${schema.description} |`;
  });
  expect(table.split('\n')).toEqual(rows);
});

test('.deploy/README.md links to the other files in .deploy, and its links lead to existing files and headings', async () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link);
  for (const link of links) {
    const [file = '', heading] = link.split('#');
    await expect(access(new URL(file || 'README.md', folder)), link).resolves.toBeUndefined();
    if (heading === undefined) continue;
    const headings = [...(await textOf(file || 'README.md')).matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
      words.toLowerCase().replaceAll(' ', '-'),
    );
    expect(headings, link).toContain(heading);
  }
  const files = (await readdir(folder)).filter((name) => !['README.md', 'Dockerfile.dockerignore'].includes(name));
  expect(links).toEqual(expect.arrayContaining(files));
  expect(await textOf('../README.md')).toContain('(.deploy/README.md)');
});

test('.deploy/README.md names only metrics that exist', async () => {
  const metrics = await existingMetrics();
  const named = [...readme.matchAll(/\b(?:caspian|nodejs|process)_\w+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !metrics.has(name) && !metrics.has(`${name}_count`))).toEqual([]);
});

test('.deploy/README.md names only npm scripts that exist, and lists the exit codes after which systemd does not restart the bot', async () => {
  const { scripts } = JSON.parse(await textOf('../package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const used = [...readme.matchAll(/npm (?:run )?(?!ci\b|run\b|install\b)([a-z:]+)/g)].map(([, name = '']) => name);
  expect(used).toContain('test:image');
  expect(used.filter((name) => !(name in scripts))).toEqual([]);
  const { usage, noInput, shared, refused, config } = exitCodes;
  expect(readme.replaceAll('\n', ' ')).toContain(
    `The unit does not restart after ${usage}, ${noInput}, ${shared}, ${refused} and ${config},`,
  );
});
