/**
 * Reads packs for tests. These functions allow YAML anchors, which keep the test packs short. The bot does not allow
 * anchors.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import type { Pack } from '../../../src/core/pack/pack.ts';
import { parsePack } from '../../../src/core/pack/parse-pack.ts';
import { type PackFile } from '../../../src/core/pack/pack-file.ts';

function packFiles(folder: string): PackFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, value: parse(readFileSync(`${folder}/${name}`, 'utf8'), { merge: true }) as unknown }));
}

export function packOf(folder: string): Pack {
  return parsePack(packFiles(folder).filter(({ name }) => name !== 'questions.yaml'));
}

export function questionsOf(folder: string): PackFile {
  const file = packFiles(folder).find(({ name }) => name === 'questions.yaml');
  if (!file) throw new Error(`${folder} has no questions.yaml`);
  return file;
}
