/** Tests what members see if the pack of their server is stored but cannot be read. */
import { expect, test } from 'vitest';
import { library } from '../support/caspian.ts';
import { press, suggest, type } from '../support/conversation/acts.ts';
import { type Play, startAgain, startPlay } from '../support/conversation/play.ts';

/** Starts the app in a server that uses a pack with a missing piece. */
async function withDamagedPack(): Promise<Play> {
  const play = await startPlay(library.bank);
  await type(play, 'manager', '/pack import file:rivers.yaml', {});
  await press(play, 'manager', 'Install', {});
  await press(play, 'manager', 'Use it on this server', {});
  await type(play, 'ana', '/quiz solo questions:3', {});
  for (const key of await play.store.keys('pack-pieces/', '')) await play.store.delete(key);
  await play.bot.rounds.close();
  await startAgain(play);
  await play.bot.rounds.resume();
  play.history.length = 0;
  return play;
}
const last = ({ history }: Play) => history.at(-1) ?? '';

test('if the pack cannot be read, look-ups reply that the pack cannot be read, /pack still works, and managers can choose another pack', async () => {
  const play = await withDamagedPack();
  await type(play, 'ana', '/fact volga', {});
  expect(last(play)).toContain('The pack “Rivers of Europe” of this server cannot be read.');
  await suggest(play, 'ana', '/fact about:vol');
  expect(play.suggestions).toEqual([]);
  await type(play, 'ana', '/pack list', {});
  expect(last(play)).toContain('Rivers of Europe · in use');
  await type(play, 'manager', `/pack use name:${library.pack.title}`, {});
  await type(play, 'ana', '/fact rasht', {});
  expect(last(play)).toContain('Rasht');
});

test('if the pack of a running round cannot be read any more, the round goes on, and its answers earn points', async () => {
  const play = await withDamagedPack();
  await type(play, 'ana', '/quiz status', {});
  await press(play, 'ana', 'A', {});
  expect(last(play)).toContain('flows into');
  expect((await play.bot.scores.member('guild', 'id-ana'))?.rounds).toHaveLength(1);
});
