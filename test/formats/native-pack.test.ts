/** Tests packs in one YAML file: reading, writing, and the labels of a pack that a server added. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { PackDocument } from '../../src/core/material/material.ts';
import { createFacts } from '../../src/core/pack/facts.ts';
import { PackError } from '../../src/core/pack/pack-file.ts';
import { writeNativePack } from '../../src/formats/native-pack.ts';
import { readMaterial } from '../../src/formats/read-material.ts';
import { readYaml } from '../../src/formats/yaml.ts';

const folders = {
  'russia-iran': fileURLToPath(import.meta.resolve('#pack/pack.yaml')),
  'polar-firsts': fileURLToPath(import.meta.resolve('#second-pack/pack.yaml')),
};

function documentsIn(manifest: string): readonly PackDocument[] {
  const folder = manifest.replace(/pack\.yaml$/, '');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, value: readYaml(name, readFileSync(`${folder}${name}`, 'utf8')).value }));
}

const read = (text: string) => {
  const result = readMaterial(Buffer.from(text), { fileName: 'pack.yaml', packName: 'Test' });
  if (result.kind !== 'pack') throw new Error('no pack');
  return result;
};

test.each(Object.entries(folders))(
  'after the shipped pack %s is written as one YAML file and read again, only the field addedByServer of pack.yaml is new',
  (_, manifest) => {
    const documents = documentsIn(manifest);
    const { files, pack, bank } = read(writeNativePack(documents));
    const byName = (list: readonly PackDocument[]) => list.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(byName(files)).toEqual(
      byName(documents).map(({ name, value }) => ({
        name,
        value: name === 'pack.yaml' ? { ...(value as object), addedByServer: true } : value,
      })),
    );
    expect(pack.entries.length).toBeGreaterThan(20);
    expect(bank.questions.length).toBeGreaterThan(20);
    // The export of the imported pack must have the same text as the export of the original pack.
    expect(writeNativePack(files)).toBe(writeNativePack(documents));
  },
);

test('no label of a pack that a server added contains the word "article", which stands for the source of a shipped pack', () => {
  const { pack, bank } = read(writeNativePack(documentsIn(folders['polar-firsts'])));
  const facts = createFacts(pack);
  const labels = [...pack.entries.map((entry) => facts.label(entry)), ...bank.questions.map(({ label }) => label)];
  expect(labels.filter((label) => !label.endsWith('from Polar firsts, added by this server'))).toEqual([]);
  expect(labels.filter((label) => /\barticle\b/.test(label))).toEqual([]);
  expect(labels).toContain('reported in “Polar Firsts, 1895–1959”, from Polar firsts, added by this server');
});

test('a mistake in a pack that is one YAML file is reported with its line number in the file', () => {
  const text = writeNativePack(documentsIn(folders['polar-firsts'])).replace('date: 1909-04-06', 'date: 1909-14-06');
  const line = text.split('\n').findIndex((one) => one.includes('1909-14-06')) + 1;
  expect(line).toBeGreaterThan(10);
  expect(() => read(text)).toThrow(new RegExp(`pack\\.yaml:${line}, .*date`));
});

test('a pack with an unknown part is refused, and the message suggests the name of a known part', () => {
  expect(() => read('pack: {}\nevent: []')).toThrow('there is no part "event"; did you mean "events"?');
  expect(() => read('- 1')).toThrow(PackError);
});
