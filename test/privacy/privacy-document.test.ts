/**
 * Compares .github/PRIVACY.md with the keys that are in the store after many different commands, and with the texts of
 * /me show.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { storedDataWords } from '../../src/chat/words/stored-data-words.ts';
import { importRivers } from '../support/import-rivers.ts';
import { emulatedBot, messageOf } from '../support/emulated-round.ts';
import { noteFormat } from '../../src/store/format.ts';
import { writeProbe } from '../../src/operation/readiness.ts';
import { memoryStore } from '../support/memory-store.ts';

const projectFile = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
const privacy = await projectFile('.github/PRIVACY.md');
/** The keys in the first columns of the tables in PRIVACY.md. A word in capitals stands for a part of a key. */
const listed = [...privacy.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key),
);
const patternOf = (key: string) => new RegExp(`^${key.replaceAll('KEY', '.+').replaceAll(/\b[A-Z]+\b/g, '[^/]+')}$`);

test('PRIVACY.md lists exactly the keys that are stored after many different commands', async () => {
  const store = memoryStore();
  // `npm start` stores the version of the data format before it starts the bot. This test does not use `npm start`, so
  // it must store the version here.
  await noteFormat(store);
  // While the bot runs, its health check writes this key. This test has no health check, so it must write the key here.
  await writeProbe(store, 0);
  const { ana, begin, loopback, member, press, shows } = await emulatedBot({ store });
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  // The bot deletes the keys of recent answers when the question closes, so the test lists these keys before that.
  const recentAnswers = await store.keys('answers/', '');
  await member('ben');
  expect(await press('ben', question, 'B')).toContain('Locked B');
  await shows('Question 2 of 3');
  await ana.command('general', '/quiz stop');
  await shows('Podium');
  await ana.command('general', '/fact');
  const card = messageOf(await ana.command('general', '/me settings'));
  await ana.press(card, 'Extra time', ['2']);
  await ana.command('general', '/setup board', { 'time-zone': 'Europe/Moscow' });
  await ana.command('general', '/leaderboard');
  await ana.command('general', '/quiz solo', { questions: 3 });
  const look = messageOf(await ana.command('general', '/fact', { about: 'id:rasht' }));
  const opened = await ana.press(look, 'Report');
  if (opened.kind !== 'modal') throw new Error('no form was opened');
  await ana.submit(opened.modal, { mistake: ['wrong'], words: 'x' });
  await importRivers(ana);
  await store.set('seen/17', 'what cannot be read');
  await store.setAside('seen/17');
  await expect.poll(() => store.keys('over/', ''), { interval: 5 }).toHaveLength(1);
  const [, second] = loopback.world().guilds;
  await ana.request('DELETE', `/guilds/${second?.id}/members/${loopback.world().application.id}`);
  await expect.poll(() => store.keys('removed/', ''), { interval: 5 }).toHaveLength(1);

  // The bot deletes the key `identifies/0` when its gateway session has begun. The key is no longer in the store, so
  // the test only checks that the bot has read the key.
  expect(store.reads('identifies/0')).toBeGreaterThan(0);
  // Only a bot with several processes stores the key `forgotten/17`, so the test adds this key to the list.
  const held = [...(await store.keys('', '')), ...recentAnswers, 'identifies/0', 'forgotten/17'];
  expect(listed.length).toBeGreaterThan(8);
  for (const key of held)
    expect(
      listed.filter((one) => patternOf(one).test(key)),
      key,
    ).toHaveLength(1);
  for (const key of listed)
    expect(
      held.filter((one) => patternOf(key).test(one)),
      key,
    ).not.toEqual([]);
});

test('PRIVACY.md describes the stored data in the same words as /me show', async () => {
  for (const { what, kept } of Object.values(storedDataWords))
    expect(privacy).toContain(`${what} | ${kept} |`.replaceAll('\n', '<br>'));
});

test('the README links to the documents on privacy, terms and security, and the relative links in these documents lead to existing files', async () => {
  const readme = await projectFile('README.md');
  for (const name of ['PRIVACY.md', 'TERMS.md', 'SECURITY.md']) {
    expect(readme).toContain(`(.github/${name})`);
    const text = await projectFile(`.github/${name}`);
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g))
      await expect(projectFile(`.github/${link}`), link).resolves.toBeDefined();
  }
});
