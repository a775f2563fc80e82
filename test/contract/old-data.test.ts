/**
 * Reads databases that earlier versions of the bot wrote. The name of each file in `old-data` is the commit of the
 * version that wrote it. In each database, Ana and Ben have answered the first question of a round in #general. Ana has
 * also answered the second question, which is still open.
 */
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { roundPrefix, type SavedRound, savedRoundSchema } from '../../src/bot/rounds/saved-round.ts';
import { memberSchema } from '../../src/core/scores/member.ts';
import { tallyOfWindow } from '../../src/core/scores/member-stats.ts';
import { createLog } from '../../src/log.ts';
import { dataFormat, formatKey, noteFormat } from '../../src/store/format.ts';
import { settingAside } from '../../src/store/set-aside.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { startWithFailingPorts } from '../faults/failing-ports.ts';
import { newStoreFile } from '../support/store-file.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';

const ana = '662082630451200000';
const ben = '662445018316800000';

/** The commits, oldest first, and the points in the data of each commit. Ana and Ben each have these points. */
const files = [
  ['2509663', 0],
  ['19b3448', 0],
  ['211bd53', 0],
  ['4745b67', 0],
  ['7a1fd2a', 10],
] as const;

test.each(files)('the scores and the running round in the file %s.sqlite can be read', async (commit, points) => {
  const file = await newStoreFile();
  await copyFile(fileURLToPath(new URL(`old-data/${commit}.sqlite`, import.meta.url)), file);
  const raw = await openSqlite(file);
  onTestFinished(() => raw.close());
  const store = settingAside(raw, createLog('silent'));
  await noteFormat(store);
  expect(await store.get(formatKey, z.number())).toBe(dataFormat);

  const rounds: (readonly [string, SavedRound])[] = [];
  for await (const pair of store.range(roundPrefix, savedRoundSchema)) rounds.push(pair);
  const [[key, { quiz }] = expect.unreachable('there is no round')] = rounds;
  expect(key).toBe(`round/${quiz.id}`);
  expect(quiz).toMatchObject({ mode: 'group', phase: { name: 'asking', question: 1 }, settled: 1 });
  expect(quiz.answers.map((answers) => Object.keys(answers))).toEqual([[ana, ben], [ana], []]);
  for (const [user, name] of [
    [ana, 'Ana'],
    [ben, 'Ben'],
  ]) {
    const member = await store.get(`member/${quiz.scope}/${user}`, memberSchema);
    expect(member?.name).toBe(name);
    expect(member && tallyOfWindow(member, 'all')).toMatchObject({ points, right: points / 10, answered: 1 });
  }

  // The bot loads the round. If the bot could not read a value, it would move the value to a key with the prefix
  // `broken/`.
  const channel = await startWithFailingPorts(store, virtualClock());
  await channel.rounds.resume();
  expect(await store.keys('broken/', '')).toEqual([]);
});
