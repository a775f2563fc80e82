/** Tests the settings of servers and members, and the permissions needed to change the settings. */
import { expect, test } from 'vitest';
import { findTimeZone, suggestTimeZones } from '../../src/core/time-zones.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import type { Store } from '../../src/store/store.ts';
import { conversation } from '../support/conversation/conversation.ts';
import { memoryStore } from '../support/memory-store.ts';

test('in a new server, /setup shows the default settings to members who may manage the server', () => conversation`
  manager: /setup show
  bot to manager: Who opens group rounds: everybody
  … 1s
  manager: /setup show
  bot to manager: the first one is final
  manager: /setup show
  bot to manager: Leaderboard: on
  manager: /setup show
  bot to manager: by the time zone UTC
  manager: /setup show
  bot to manager: Leaderboard: on / Leave a member out: /setup board exclude:@member. Delete all scores (the bot asks first): /setup board reset:True. / The leaderboard is on / Days, weeks and months: by the time zone UTC / Any other time zone: /setup board time-zone:Europe/Berlin / Time zone UTC
  manager: (The last answer counts)
  bot to manager: The last answer counts / Leaderboard: on
  manager: /setup quiz starter-role:starters
  bot to manager: Who opens group rounds: members with <@&starters>
`);

test('T8: members without the permission to manage the server cannot see or change its settings', () => conversation`
  ana: /setup show
  bot to ana: Only members who may manage this server can use this command.
  ana: /setup board show:off
  bot to ana: Only members who may manage this server
  manager: /setup show
  bot to manager: Leaderboard: on
`);

test('/setup can limit group rounds to a role, and choosing @everyone removes this limit', () => conversation`
  manager: /setup quiz starter-role:starters
  bot to manager: members with <@&starters>
  manager: /setup quiz answer-changes:true
  bot to manager: Saved.
  manager: /setup show
  bot to manager: members with <@&starters>
  manager: /setup show
  bot to manager: may be changed until time is up
  manager: (Everybody may open them)
  bot to manager: Saved. / Who opens group rounds: everybody
  manager: /setup quiz starter-role:starters
  manager: /setup quiz starter-role:guild answer-changes:false
  bot to manager: Who opens group rounds: everybody
  manager: /setup show
  bot to manager: the first one is final
`);

test('autocomplete suggests time zones, and an unknown time zone is refused', () => conversation`
  manager types: /setup board time-zone:tehr
  bot suggests: Asia/Tehran
  manager: /setup board time-zone:asia/tehran
  bot to manager: by the time zone Asia/Tehran
  manager: /setup board show:off time-zone:new york
  bot to manager: There is no time zone “new york”. Examples: Asia/Tehran, Europe/Moscow or UTC. While you type one, suggestions appear
  manager: /setup show
  bot to manager: Leaderboard: on
  manager: /setup board show:off
  bot to manager: Leaderboard: off
  manager: /setup show
  bot to manager: by the time zone Asia/Tehran
`);

test('settings stay unchanged if /setup has no options or cannot save the change', () => conversation`
  manager: /setup quiz
  bot to manager: Who opens group rounds, and changing answers / Who opens group rounds: everybody
  bot was not heard: Leaderboard
  … disk full
  manager: /setup board show:off
  bot to manager: That could not be saved just now
  … disk free
  manager: /setup show
  bot to manager: Leaderboard: on
  … restart
  manager: /setup show
  bot to manager: Leaderboard: on
`);

test('settings survive a restart', () => conversation`
  manager: /setup board show:off
  ana: /me settings
  ana: (1.5 × time to answer)
  bot to ana: Saved. / Who sees my look-ups: what I look up with /fact, /event, /dispute or /timeline is shown to everybody in the channel, or to me alone. / Look-ups for everyone / My time to answer in solo rounds against the clock (/quiz solo timed:Yes). The usual time is 12 to 60 seconds, by the length of the question. / 1.5 × time to answer
  … restart
  manager: /setup show
  bot to manager: Leaderboard: off
  ana: /me settings
  bot to ana: 1.5 × time to answer
  ben: /me settings
  bot to ben: Usual time to answer
  ana: (Usual time to answer)
  bot to ana: Usual time to answer
`);

test('findTimeZone and suggestTimeZones ignore upper and lower case in the name of a time zone', () => {
  expect(findTimeZone('utc')).toBe('UTC');
  expect(findTimeZone('Europe/Moscow')).toBe('Europe/Moscow');
  expect(findTimeZone('america/new york')).toBe('America/New_York');
  expect(findTimeZone('Asia/Kolkata')).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
  expect(['+03:30', '', 'Tehran', 'constructor', 'Mars/Base'].map(findTimeZone)).toEqual(Array(5).fill(undefined));
  expect(suggestTimeZones('')[0]).toBe('UTC');
  expect(suggestTimeZones('new york')).toEqual(['America/New_York']);
  expect(suggestTimeZones('york')).toEqual(['America/New_York']);
  expect(suggestTimeZones('asia/kolkata')).toEqual(['Asia/Kolkata']);
  expect(suggestTimeZones('kyiv')).toEqual(['Europe/Kyiv']);
  expect(suggestTimeZones('kiev')).toEqual(['Europe/Kyiv']);
  expect(suggestTimeZones('nuuk')).toEqual(['America/Nuuk']);
  expect(findTimeZone('america/godthab')).toBe('America/Nuuk');
  expect(suggestTimeZones('nowhere at all')).toEqual([]);
  // Time zones with a word in their name that starts with the query come before the other time zones.
  expect(suggestTimeZones('ran')[0]).toMatch(/\/Ran/);
});

test('a setting that changes while the old settings are being read keeps its new value', async () => {
  const store = memoryStore();
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const slow: Store = {
    ...store,
    async get(key, schema) {
      const value = await store.get(key, schema);
      await gate;
      return value;
    },
  };
  const settings = createSettingsStore(slow);
  const read = settings.server('g');
  await settings.changeServer('g', { board: false });
  open();
  expect((await read).board).toBe(false);
  expect((await settings.server('g')).board).toBe(false);
});

test('no change is lost if several settings change at the same time', async () => {
  const settings = createSettingsStore(memoryStore());
  await Promise.all([
    settings.changeServer('g', { board: false }),
    settings.changeServer('g', { answerChanges: true }),
    settings.changeServer('g', { timeZone: 'Asia/Tehran' }),
    settings.changeServer('other', { starterRole: 'r' }),
  ]);
  expect(await settings.server('g')).toEqual({
    board: false,
    answerChanges: true,
    timeZone: 'Asia/Tehran',
    roundChannels: [],
  });
  expect(await settings.server('other')).toMatchObject({ board: true, starterRole: 'r' });
});

test('with the setting "Look-ups for me alone", only the member sees replies to look-ups, unless private:false is set', () => conversation`
  ana: /me settings
  ana: (Look-ups for me alone)
  bot to ana: or to me alone. / Look-ups for me alone
  ana: /event rasht
  bot to ana: Rasht–Astara railway agreement
  bot does not say: Rasht–Astara railway agreement
  ana: /timeline from:2022
  bot to ana: Timeline from 2022
  ana: /event about:rasht private:false
  bot: Rasht–Astara railway agreement
`);

test('in direct messages, a day begins at the hour that the member chose', () => conversation`
  dm-ana: /me settings
  dm-ana: (My day begins at 20:00)
  dm-ana: /quiz solo questions:3
  dm-ana: (the right answer)
  … 12h
  dm-ana: (Next)
  dm-ana: (the right answer)
  dm-ana: /profile
  bot to dm-ana: 2 days in a row
`);

test('only members who may manage the server can change its settings with the select menus of /setup show', () => conversation`
  manager: /setup show
  bot to manager: The first answer is final / Leaderboard: on
  manager: (The last answer counts)
  bot to manager: Saved. / Who opens group rounds: everybody / Where group rounds are opened: in every channel / Choose one or several; the choice takes the place of the one before. With none chosen, it is every channel, also those made later. / Answers: may be changed until time is up; the last one counts
  manager: (The leaderboard is off)
  bot to manager: The leaderboard is off
  ana: (setup:set:show:board)
  bot to ana: Only members who may manage this server
`);
