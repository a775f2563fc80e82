/**
 * Tests /profile with the real discord.js client: the bot replies with text, and adds the picture when the picture is
 * ready.
 */
import { expect, test } from 'vitest';
import { applyResult } from '../../src/core/scores/apply-result.ts';
import { dayNumber } from '../../src/core/scores/time-windows.ts';
import { createLog } from '../../src/log.ts';
import { cachePictures } from '../../src/pictures/picture-cache.ts';
import { drawPng } from '../../src/pictures/resvg.ts';
import { caspian } from '../support/caspian.ts';
import type { Component } from '../../src/loopback/component-json.ts';
import { labelsOf, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { memoryStore } from '../support/memory-store.ts';
import { answerOf, deferred } from './real-bot.ts';

type Options = Parameters<typeof caspian>[3];

const galleryOf = ({ components }: SeenMessage): Component | undefined =>
  components.flatMap(({ components = [] }) => components).find(({ type }) => type === 12);

/** Starts a bot. Ana has answered one question. `wait(promise)` delays store reads until the promise resolves. */
async function setUp(options: Options) {
  const inner = memoryStore();
  let hold: Promise<void> = Promise.resolve();
  const store: typeof inner = {
    ...inner,
    async get(key, schema) {
      await hold;
      return inner.get(key, schema);
    },
  };
  const { member, loopback } = await caspian(store, undefined, undefined, options);
  const ana = await member('ana');
  const at = Date.now();
  const value = applyResult(
    undefined,
    {
      round: 'r',
      question: 0,
      questionId: 'q',
      kind: 'who',
      about: [],
      scope: 'g',
      user: ana.id,
      name: 'علی <&> Ana',
      right: true,
      points: 10,
      at,
    },
    { day: dayNumber(at, 'UTC'), topics: ['syria'] },
  );
  await store.set(`member/${loopback.world().guilds[0]?.id}/${ana.id}`, value);
  return { ana, loopback, wait: (until: Promise<void>) => void (hold = until) };
}

/** Draws pictures as the bot does, but only after `go` is resolved. */
function gatedPictures() {
  const go = deferred<void>();
  const svgs: string[] = [];
  return {
    go,
    svgs,
    pictures: cachePictures(async (svg) => {
      svgs.push(svg);
      await go.promise;
      return drawPng(svg);
    }),
  };
}

test('/profile replies immediately with text, and adds the picture later', async () => {
  const { go, svgs, pictures } = gatedPictures();
  const { ana, loopback } = await setUp({ pictures });
  const words = answerOf(await ana.command('general', '/profile'));
  expect(words.flags & 64).toBe(64);
  expect(textOf(words)).toContain('**All time** 10 points');
  expect(galleryOf(words)).toBeUndefined();
  go.resolve();
  const whole = await ana.waitFor((message) => message.id === words.id && galleryOf(message) !== undefined);
  expect(textOf(whole)).toBe(textOf(words));
  expect(labelsOf(whole)).toEqual(labelsOf(words));
  expect(whole.flags & 64).toBe(64);
  const [picture, ...others] = galleryOf(whole)?.items ?? [];
  expect(others).toEqual([]);
  expect(picture?.description).toMatch(
    /^Progress of \u2068علی <&> Ana\u2069: 1 day in a row now, 1 at best\. Points .* 0, 10\. Right answers by topic: Syria 100 % · 1 of 1\.$/,
  );
  const png = Buffer.from(await (await fetch(picture?.media.url ?? '')).arrayBuffer());
  expect(png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
  // The PNG header contains the width and the height at these positions.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([520, expect.toSatisfy((height) => height > 300)]);
  expect(png.length).toBeLessThan(200_000);

  const again = answerOf(await ana.command('general', '/profile'));
  await ana.waitFor((message) => message.id === again.id && galleryOf(message) !== undefined);
  expect(svgs).toHaveLength(1);

  const form = await ana.command('general', '/me delete');
  if (form.kind !== 'modal') throw new Error('no form');
  const [box] = form.modal.components.flatMap(({ component }) => component ?? []);
  await ana.submit(form.modal, { [box?.custom_id ?? '']: true });
  await pictures.png(svgs[0] ?? '');
  expect(svgs).toHaveLength(2);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('the bot adds the picture of /profile even if the reply was deferred', async () => {
  const { ana, loopback, wait } = await setUp({});
  const stalled = deferred<void>();
  wait(stalled.promise);
  // This call resolves when the bot has acknowledged the command. At that moment, the bot has not yet read anything
  // from the store.
  await ana.command('general', '/profile');
  expect(loopback.log.findLast(({ path }) => path.endsWith('/callback'))?.body).toMatchObject({ type: 5 });
  stalled.resolve();
  const whole = await ana.waitFor((message) => galleryOf(message) !== undefined);
  expect(textOf(whole)).toContain('**All time** 10 points');
});

test('if drawing the picture fails, the reply of /profile has only text', async () => {
  const said = deferred<string>();
  const log = createLog('warn', { write: (line) => said.resolve(line) });
  const { ana } = await setUp({ log, pictures: cachePictures(() => Promise.reject(new Error('no ink'))) });
  const words = answerOf(await ana.command('general', '/profile'));
  expect(JSON.parse(await said.promise)).toMatchObject({
    msg: 'the picture of an answer could not be shown; its text stays',
    err: { message: 'no ink' },
  });
  const after = ana.seen().find(({ id }) => id === words.id);
  expect(after).toEqual(words);
  expect(textOf(words)).toContain('**All time** 10 points');
});

test('the button "Group progress" on a leaderboard replies immediately with text, and adds a picture with alt text later', async () => {
  const { ana, loopback } = await setUp({});
  const board = answerOf(await ana.command('general', '/leaderboard'));
  const words = answerOf(await ana.press(board, 'Group progress'));
  expect(words.flags & 64).toBe(64);
  expect(textOf(words)).toContain('1 member with answers');
  const whole = await ana.waitFor((message) => message.id === words.id && galleryOf(message) !== undefined);
  expect(textOf(whole)).toBe(textOf(words));
  expect(galleryOf(whole)?.items?.[0]?.description).toMatch(
    /^Progress of this server, 1 member with answers\. Points .* 0, 10\.$/,
  );
  expect(loopback.unknownRoutes).toEqual([]);
});
