/** Tests presses on buttons with outdated or invalid custom_ids. The reply must never report an internal error. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { InteractionResponse } from '../../src/chat/command-context.ts';
import { errorWords } from '../../src/chat/words/error-words.ts';
import { library } from '../support/caspian.ts';
import { press, type } from '../support/conversation/acts.ts';
import { buttonsOf, wordsOf } from '../support/conversation/message-parts.ts';
import { type Play, startPlay } from '../support/conversation/play.ts';
import { refusals } from '../chat/discord.ts';
import { seen } from '../support/seen.ts';

const entry = library.pack.entries[0]?.id ?? '';
const topic = library.pack.topics[0]?.id ?? '';

/** For each component, the valid arguments that follow its name in the custom_id. */
const fitting: Readonly<Record<string, readonly string[]>> = {
  'fact:show': [entry],
  'fact:open': [],
  'fact:more': [entry],
  'fact:remove': ['id-ana'],
  'fact:sources': [entry],
  'help:page': [],
  'timeline:page': ['id-ana', '1995', '2020', topic, '1'],
  'leaderboard:page': ['p', 'points', '2026-W48', topic, '0'],
  'leaderboard:group': [],
  'leaderboard:other': ['p', topic],
  'me:delete': [],
  'me:set': ['look-ups'],
  'me:stored': ['rules'],
  'setup:set': ['board', 'board'],
  'setup:clear': ['channels', 'channels'],
  'setup:reset': [],
  'pack:paste': [],
  'pack:page': ['preview', 'rows', '0'],
  'pack:columns': ['preview'],
  'pack:column': ['preview', '0'],
  'pack:header': ['preview', 'yes'],
  'pack:install': ['preview'],
  'pack:cancel': ['preview'],
  'pack:use': ['rivers'],
  'pack:remove': ['rivers'],
  'pack:keep': [],
  'pack:report': ['entry', entry, 'pabc'],
  'pack:reported': ['entry', entry, 'pabc'],
  'pack:reports': ['0'],
  'pack:item': [],
  'pack:decide': ['retire', 'entry', entry, 'pabc'],
  'pack:show': ['entry', entry, 'pabc'],
  'pack:ask': ['dismiss', 'entry', entry, 'pabc'],
  'pack:mend': ['question', entry, 'pabc'],
  'pack:mended': ['question', entry, 'pabc'],
  'pack:draft': [],
  'quiz:join': ['round'],
  'quiz:start': ['round'],
  'quiz:cancel': ['round'],
  'quiz:answer': ['round', '0', '1'],
  'quiz:mine': ['round', 'general'],
  'quiz:type': ['round', '0'],
  'quiz:year': ['round', '0'],
  'quiz:next': ['round', '0'],
  'quiz:end': ['round'],
  'quiz:about': [entry],
  'quiz:practise': [],
  'quiz:resume': ['round'],
  'quiz:again': [],
  'quiz:stop': ['round'],
  'quiz:results': ['round', 'general'],
  'quiz:misses': ['round', 'general', '0'],
  'quiz:controls': ['round'],
  'quiz:control': ['skip', 'round', '0'],
  'quiz:new': ['round', topic, entry, '5', 'timed'],
};
const names = Object.keys(fitting);

const pressed = (play: Play, customId: string, place = 'general'): Promise<InteractionResponse> =>
  play.bot.app.runComponent(customId, play.discord.context('ana', { place }));
const said = (response: InteractionResponse): string =>
  'modal' in response ? response.modal.title : 'remove' in response ? '' : wordsOf(response.message);
const isRefused = (response: InteractionResponse): boolean => said(response) === errorWords.oldButton;

test('the table of valid custom_id arguments has one row for each component of each command, and no others', () => {
  const all = commands.flatMap(({ name, components }) => Object.keys(components).map((action) => `${name}:${action}`));
  expect(names.toSorted()).toEqual(all.toSorted());
});

test.each(names)(
  'the component %s accepts valid arguments in its custom_id, and refuses missing, extra or malformed arguments',
  async (name) => {
    const play = await startPlay(library.bank);
    const parts = fitting[name] ?? [];
    const answerTo = (changed: readonly string[]) => pressed(play, [name, ...changed].join(':'));
    expect(isRefused(await answerTo(parts))).toBe(false);
    for (let count = 0; count < parts.length; count++)
      expect(isRefused(await answerTo(parts.slice(0, count))), `${count} parts`).toBe(true);
    expect(isRefused(await answerTo([...parts, 'more'])), 'an extra part').toBe(true);
    expect(isRefused(await answerTo([...parts, '0', ''])), 'two extra parts').toBe(true);
    for (const [at, part] of parts.entries())
      for (const wrong of /^\d+$/.test(part)
        ? ['-1', 'x', '1.5', '1e3', '99999999', ' 1', 'NaN']
        : ['a b', ' ', 'x'.repeat(70)])
        expect(isRefused(await answerTo(parts.with(at, wrong))), `${wrong} as part ${at}`).toBe(true);
  },
);

test.each([
  ['quiz:answer:round:0:', 'the option of the answer is missing'],
  ['quiz:answer:round::0', 'the question of the answer is missing'],
  ['timeline:page:id-ana::::', 'the page number of the timeline is missing'],
  ['leaderboard:page:p:streak:2026-W48::0', 'the streak board has no weeks'],
  ['leaderboard:page:p:points:days::0', 'points cannot be combined with days'],
  ['quiz:control:resign:round:0', 'the host control does not exist'],
  ['quiz:constructor:round', 'the action is a property of Object.prototype'],
  ['constructor:page', 'the command is a property of Object.prototype'],
  ['', 'the custom_id is empty'],
  [':::', 'the custom_id contains only colons'],
])('a press on a button with the custom_id %j is refused: %s', async (customId) => {
  expect(isRefused(await pressed(await startPlay(library.bank), customId))).toBe(true);
});

test('the bot accepts the custom_ids of all buttons on the cards that it shows', async () => {
  const play = await startPlay(library.bank);
  await type(play, 'ana', '/timeline from:1990', {});
  await press(play, 'ana', 'Next', {});
  await type(play, 'ana', '/fact rasht', {});
  await type(play, 'ana', '/leaderboard', {});
  await type(play, 'ana', '/quiz group questions:3 pace:host', {});
  await press(play, 'ana', 'Start now', {});
  await press(play, 'ana', 'Host controls', {});
  await type(play, 'ana', '/quiz solo questions:3', {});
  await type(play, 'ana', '/quiz stop', {});
  await type(play, 'ana', '/quiz solo timed:yes', {});
  const shown = new Set(play.discord.messages.flatMap(({ message }) => buttonsOf(message).map((one) => one.custom_id)));
  expect(shown.size).toBeGreaterThan(20);
  for (const customId of shown) expect(isRefused(await pressed(play, customId)), customId).toBe(false);
});

test('after a round has ended, a press on a button of its host controls removes all buttons from the card of the host controls', async () => {
  const play = await startPlay(library.bank);
  await type(play, 'ana', '/quiz group questions:3 pace:host', {});
  await press(play, 'ana', 'Start now', {});
  await press(play, 'ana', 'Host controls', {});
  const card = play.discord.messages.at(-1);
  await type(play, 'ana', '/quiz stop', {});
  await press(play, 'ana', 'End round', {});
  expect(card && wordsOf(card.message)).toContain('That round is over.');
  expect(card && buttonsOf(card.message)).toEqual([]);
});

/**
 * Creates random custom_ids: valid custom_ids with changed arguments, components with random arguments, and random
 * texts.
 */
function customIds(ids: readonly string[]): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('0', '1', '2', '', '-1', '1.5', '9999999', 'NaN', 'mine', '*', 'timed', 'h'),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('__proto__', 'constructor', '2026-W01', '2026-11', 'round-x', 'streak', 'all'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  );
  const changed = fc
    .tuple(fc.constantFrom(...names), fc.array(fc.tuple(fc.nat(5), part), { maxLength: 3 }), part)
    .map(([name, changes, round]) => {
      const parts = (fitting[name] ?? []).map((one) => (one === 'round' ? round : one));
      for (const [at, value] of changes) if (at <= parts.length) parts[at] = value;
      return [name, ...parts].join(':');
    });
  const assembled = fc
    .tuple(fc.constantFrom(...names), fc.array(part, { maxLength: 6 }))
    .map(([name, parts]) => [name, ...parts].join(':'));
  return fc.oneof(changed, assembled, fc.string({ unit: 'grapheme', maxLength: 100 }));
}

test('F26: for a press with any custom_id, the reply is a valid message and does not report an internal error', async () => {
  const play = await startPlay(library.bank);
  await type(play, 'ana', '/quiz group questions:3 seconds:120 pace:host', {});
  await press(play, 'ana', 'Start now', {});
  await type(play, 'ana', '/quiz solo questions:3', {});
  const { rounds } = play.bot;
  const ids = [rounds.inChannel('general')?.id, rounds.soloOf('id-ana', 'guild')?.id].filter((id) => id !== undefined);
  expect(ids).toHaveLength(2);
  const apology = errorWords.ourMistake('').slice(0, 40);
  let answered = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(customIds([...ids, entry, topic]), async (customId) => {
      const response = await pressed(play, customId);
      expect(said(response)).not.toContain(apology);
      if ('message' in response) expect(refusals(response.message)).toEqual([]);
      if (isRefused(response)) refused++;
      else answered++;
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(answered, refused)).toBeGreaterThan(100);
  seen('a valid message for 1,000 ids, no internal error');
});

test('in a thread whose parent channel the bot does not know, the button "Results" shows the podium of an ended round', async () => {
  const play = await startPlay(library.bank);
  await type(play, 'ana', '/quiz group questions:3', {});
  await press(play, 'ana', 'Start now', {});
  const shown = play.discord.messages.flatMap(({ message }) => buttonsOf(message).map((one) => one.custom_id));
  const [, id = ''] = /^quiz:answer:([^:]+)/m.exec(shown.join('\n')) ?? [];
  await type(play, 'ana', '/quiz stop', {});
  expect(said(await pressed(play, `quiz:results:${id}:general`, 'an unknown thread'))).toContain('Podium');
});
