/**
 * Simulates attacks: finding out the right answer before the reveal, forged presses, presses on other members'
 * controls, web addresses that the bot might open, missing permissions, and overload by too many requests. The name of
 * each test begins with the number of its threat, such as T1.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import { createUseLimits } from '../../src/bot/use-limits.ts';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import type { InteractionResponse } from '../../src/chat/command-context.ts';
import { quizWords } from '../../src/chat/words/quiz-words.ts';
import { errorWords } from '../../src/chat/words/error-words.ts';
import { settingsWords } from '../../src/chat/words/settings-words.ts';
import { questionCard } from '../../src/chat/quiz/question-card.ts';
import { type Entry, isFromRecord } from '../../src/core/pack/pack.ts';
import { idPrefix, vocabularyOf } from '../../src/core/pack/facts.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { opened, question } from '../core/quiz-fixtures.ts';
import { library } from '../support/caspian.ts';
import { press, type } from '../support/conversation/acts.ts';
import { buttonsOf, wordsOf } from '../support/conversation/message-parts.ts';
import { type Play, startPlay } from '../support/conversation/play.ts';
import { memoryStore } from '../support/memory-store.ts';
import { fakeDiscord, type ShownMessage } from '../support/fake-discord.ts';
import { bankOf, lettered } from '../support/questions.ts';
import { seen } from '../support/seen.ts';
import { startApp } from '../support/start-app.ts';

const bank = bankOf(...['one', 'two', 'three'].map((id) => lettered(id)));
const said = (response: InteractionResponse): string => ('message' in response ? wordsOf(response.message) : '');

/** Starts a round with ana and ben. Returns the message of question 1 and the custom_ids of its answer buttons. */
async function running(): Promise<{ play: Play; card: ShownMessage; answers: readonly string[] }> {
  const play = await startPlay(bank);
  await type(play, 'ana', '/quiz group questions:3 seconds:60 pace:host', {});
  await press(play, 'ben', 'Join', {});
  await press(play, 'ana', 'Start now', {});
  const card = play.discord.messages.find(({ message }) => wordsOf(message).includes('Question 1 of 3'));
  if (!card) throw new Error('no question was posted');
  const ids = buttonsOf(card.message).map(({ custom_id }) => custom_id);
  return { play, card, answers: ids.filter((id) => id.startsWith('quiz:answer:')) };
}

const pressAs = (
  { bot, discord }: Play,
  name: string,
  customId: string,
  more: { readonly place?: string; readonly messageId?: string } = {},
): Promise<InteractionResponse> => {
  const { place, ...on } = more;
  return bot.app.runComponent(customId, { ...discord.context(name, place === undefined ? {} : { place }), ...on });
};

test('T1: the message of an open question does not depend on which option is right', () => {
  for (const mode of ['group', 'solo'] as const) {
    const cards = [0, 1, 2, 3].map((right) => {
      const quiz = opened(mode, 1);
      const asked = { ...question(0), right, explanation: `Why ${right}`, difficulty: 2 as const };
      return JSON.stringify(questionCard({ ...quiz, questions: [asked] }, 0));
    });
    expect(new Set(cards).size).toBe(1);
  }
});

test('T2: a forged press from another channel, another server or another message changes nothing', async () => {
  const { play, card, answers } = await running();
  const before = JSON.stringify(play.bot.rounds.inChannel('general'));
  const [first = ''] = answers;
  const forged = [
    await pressAs(play, 'cem', first, { place: 'other-channel' }),
    await pressAs(play, 'club-cem', first),
    await pressAs(play, 'cem', first, { messageId: 'another-message' }),
    await pressAs(play, 'cem', first.replace(/:\d+:\d+$/, ':7:0'), { messageId: card.id }),
    await pressAs(play, 'cem', first.replace(/:\d+$/, ':9'), { messageId: card.id }),
    await pressAs(play, 'ana', first.replace(/answer:([^:]+):.*/, 'control:skip:$1:0'), { place: 'other-channel' }),
    await pressAs(play, 'ana', first.replace(/answer:([^:]+):.*/, 'stop:$1'), { place: 'other-channel' }),
  ];
  expect(JSON.stringify(play.bot.rounds.inChannel('general'))).toBe(before);
  for (const response of forged) expect(said(response)).not.toMatch(/Locked|reference/i);
  const results = first.replace(/answer:([^:]+):.*/, 'results:$1:general');
  expect(said(await pressAs(play, 'club-cem', results))).toBe(quizWords.notKept);
  expect(said(await pressAs(play, 'cem', first, { messageId: card.id }))).toContain('Locked');
  seen('7 forged presses refused, and the same press from its own message counts');
});

test('T2: a press that is replayed after its question has closed is refused', async () => {
  const { play, card, answers } = await running();
  await pressAs(play, 'ben', answers[0] ?? '', { messageId: card.id });
  await play.clock.advance(62_000);
  await press(play, 'ana', 'Host controls', {});
  await press(play, 'ana', 'Next', {});
  const replayed = await pressAs(play, 'ben', answers[1] ?? '', { messageId: card.id });
  expect(said(replayed)).toContain('closed');
});

test('T3: only the host and moderators can control a group round, and only the player can control a solo round', async () => {
  const { play, answers } = await running();
  const [, id = ''] = /^quiz:answer:([^:]+)/.exec(answers[0] ?? '') ?? [];
  await type(play, 'ana', '/quiz solo questions:3', {});
  const solo = play.bot.rounds.soloOf('id-ana', 'guild')?.id ?? '';
  const state = () => JSON.stringify([play.bot.rounds.inChannel('general')?.phase, play.bot.rounds.byId(solo)]);
  const before = state();
  const attacks = [
    `quiz:control:skip:${id}:0`,
    `quiz:control:pause:${id}:0`,
    `quiz:control:extend:${id}:0`,
    `quiz:start:${id}`,
    `quiz:cancel:${id}`,
    `quiz:stop:${id}`,
    `quiz:answer:${solo}:0:0`,
    `quiz:next:${solo}:0`,
    `quiz:end:${solo}`,
    `quiz:stop:${solo}`,
    `quiz:resume:${solo}`,
    `quiz:new:${solo}:::5:`,
  ];
  for (const attack of attacks) await pressAs(play, 'cem', attack);
  expect(state()).toBe(before);
  const removed = await pressAs(play, 'cem', 'fact:remove:id-ana');
  expect('remove' in removed).toBe(false);
});

test('T7: the bot never sends a request to an address from a pack or a query', async () => {
  const opened: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    opened.push(url);
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`;
  const source = { title: 'A source', url: address };
  const entries = library.pack.entries.map((entry): Entry =>
    isFromRecord(entry) ? entry : { ...entry, notes: [{ text: address, sources: [source] }] },
  );
  const pack = { ...library.pack, entries };
  const discord = fakeDiscord(virtualClock(), () => undefined);
  const { app } = await startApp({
    store: memoryStore(),
    clock: virtualClock(),
    channels: discord.channels,
    packs: createPackByGuild({ ...library, pack, vocabulary: vocabularyOf(pack) }),
    membership: { isMember: async () => true },
  });
  const id = entries.find((entry) => entry.kind === 'event')?.id ?? '';
  const context = discord.context('ana');
  for (const about of [idPrefix + id, address, `${address} rasht`])
    await app.runCommand({ command: 'event', values: { about } }, context);
  const sources = await app.runComponent(`fact:sources:${id}`, context);
  expect(said(sources)).toContain('A source');
  await app.runComponent(`fact:more:${id}`, context);
  await app.autocomplete({ command: 'fact', values: { about: address } }, 'about', context);
  // If the bot had sent a request, the server would have received it before this request.
  await fetch(address.replace('secret', 'known'));
  expect(opened).toEqual(['/known']);
});

test('T8: a member without the permission Manage Server cannot change settings, even with the select menu of a manager', async () => {
  const play = await startPlay(bank);
  await type(play, 'manager', '/setup show', {});
  const settings = () => createSettingsStore(play.store).server('guild');
  const before = await settings();
  for (const values of [{}, { board: 'off' }]) {
    const answer = await play.bot.app.runCommand(
      { command: 'setup', subcommand: 'show', values },
      play.discord.context('ben'),
    );
    expect(said(answer)).toBe(settingsWords.managersOnly);
  }
  for (const button of ['set:show:board', 'set:show:answers', 'set:board:time-zone', 'clear:show:role'])
    await play.bot.app.runComponent(`setup:${button}`, play.discord.context('ben'), { choice: 'off' });
  expect(await settings()).toEqual(before);
});

test('T9: if a query has 6,000 characters, only the first 100 are searched', async () => {
  const play = await startPlay(bank);
  const suggested = (about: string) =>
    play.bot.app.autocomplete({ command: 'fact', values: { about } }, 'about', play.discord.context('ana'));
  const start = 'rasht astara railway '.repeat(5).slice(0, 100);
  const long = start + 'caspian syria drones trade '.repeat(250).slice(0, 5_900);
  expect(await suggested(long)).toEqual(await suggested(start));
  expect(await suggested(long.slice(100))).not.toEqual(await suggested(start));
});

test('T9: a member who uses the bot too often is asked to wait, but answers in a round are always accepted', async () => {
  const { play, card, answers } = await running();
  const limits = createUseLimits();
  const { app } = await startApp({
    store: play.store,
    clock: play.clock,
    channels: play.discord.channels,
    packs: play.packs,
    membership: { isMember: async () => true },
    limits,
  });
  const help = (name: string) => app.runCommand({ command: 'help', values: {} }, play.discord.context(name));
  const replies = await Promise.all(Array.from({ length: 100 }, () => help('ben')));
  expect(replies.filter((one) => said(one) === errorWords.tooMany)).toHaveLength(70);
  for (const one of replies) expect('ephemeral' in one && one.ephemeral).toBe(true);
  expect(said(await help('cem'))).not.toBe(errorWords.tooMany);
  expect(said(await app.runComponent('fact:more:nothing', play.discord.context('ben')))).toBe(errorWords.tooMany);
  const answer = await app.runComponent(answers[0] ?? '', { ...play.discord.context('ben'), messageId: card.id });
  expect(said(answer)).not.toBe(errorWords.tooMany);
  await play.clock.advance(2_000);
  expect(said(await help('ben'))).not.toBe(errorWords.tooMany);
  seen('30 of 100 uses at once are answered, the others get "A moment, please"');
});

test('T9: a member who requests autocomplete too often gets no suggestions for up to one second, and other members still get suggestions', async () => {
  const { play } = await running();
  const { app } = await startApp({
    store: play.store,
    clock: play.clock,
    channels: play.discord.channels,
    packs: play.packs,
    membership: { isMember: async () => true },
    limits: createUseLimits(),
  });
  const line = { command: 'event', values: { about: '' } };
  const suggested = async (name: string) =>
    (await app.autocomplete(line, 'about', play.discord.context(name))).length > 0;
  const answers = await Promise.all(Array.from({ length: 200 }, () => suggested('ben')));
  expect(answers.filter(Boolean)).toHaveLength(60);
  expect(await suggested('cem')).toBe(true);
  const help = await app.runCommand({ command: 'help', values: {} }, play.discord.context('ben'));
  expect(said(help)).not.toBe(errorWords.tooMany);
  await play.clock.advance(1_000);
  expect(await suggested('ben')).toBe(true);
  seen('60 of 200 requests at once get suggestions, the others get an empty list and no error');
});
