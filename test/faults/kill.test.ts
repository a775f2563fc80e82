/** Killed at every step that has a name and at random ones, with several rounds under way: nothing is lost or doubled. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killsFor, playAndCompare } from '../kill/series.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Below the project's folder, because the program finds its data by the nearest package.json. */
const built = join(root, 'dist', 'kill-test');

beforeAll(async () => {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, '--outDir', built], { cwd: root });
}, 120_000);
afterAll(() => rm(built, { recursive: true, force: true }));

test.each(killsFor(20, 2_026).map((kills, game) => ({ game: game + 1, kills })))(
  'game $game: every acknowledged answer counts once, every other at most once',
  { timeout: 240_000 },
  async ({ game, kills }) => {
    const played = await playAndCompare(join(built, 'test/kill/bot.js'), game, kills);
    expect(played.differences).toEqual([]);
    expect(played.alive).toHaveLength(kills.length);
    expect(Math.min(...played.alive)).toBeGreaterThan(1);
    expect(played.acknowledged).toBeGreaterThan(20);
  },
);
