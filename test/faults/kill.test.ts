/** Kills the bot at every named step and at random ones, with several rounds running: no answer or message is lost or doubled. */
import { join } from 'node:path';
import { inject, test } from 'vitest';
import { killsFor, playAndCompare } from '../kill/series.ts';

const program = join(inject('built'), 'test/kill/killed-bot.js');

test.concurrent.for(killsFor(20, 2_026).map((kills, game) => ({ game: game + 1, kills })))(
  'game $game: every acknowledged answer counts once, any other at most once, and each channel shows what it should',
  { timeout: 600_000 },
  async ({ game, kills }, { expect }) => {
    const played = await playAndCompare(program, game, kills);
    expect(played.onPoints).toEqual([]);
    expect(played.onMessages).toEqual([]);
    expect(played.alive).toHaveLength(kills.length);
    expect(Math.min(...played.alive)).toBeGreaterThan(1);
    expect(played.acknowledged).toBeGreaterThan(20);
  },
);
