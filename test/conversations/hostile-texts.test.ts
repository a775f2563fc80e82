/**
 * Tests that markdown in texts of a pack and in names of members has no effect in messages. The app runs with a pack
 * and names full of markdown. The test uses commands and presses buttons of most kinds. Then it searches all messages
 * for markdown that would have an effect.
 */
import { expect, onTestFinished, test } from 'vitest';
import { readYaml } from '../../src/formats/yaml.ts';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import type { LoadedPack } from '../../src/bot/packs/read-pack.ts';
import { markdownLink } from '../../src/chat/message/markdown-link.ts';
import type { Message } from '../../src/chat/message/message-components.ts';
import { idPrefix, vocabularyOf } from '../../src/core/pack/facts.ts';
import { PackError } from '../../src/core/pack/pack-file.ts';
import { parsePack } from '../../src/core/pack/parse-pack.ts';
import { settled, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { partsOf } from '../chat/discord.ts';
import { library } from '../support/caspian.ts';
import { buttonsOf } from '../support/conversation/message-parts.ts';
import { memoryStore } from '../support/memory-store.ts';
import { fakeDiscord, type ShownMessage } from '../support/fake-discord.ts';
import { seen } from '../support/seen.ts';
import { startApp } from '../support/start-app.ts';

/**
 * Contains a link, mentions, a timestamp, code, a spoiler, a heading, a quotation, two characters that change the text
 * direction, and an invisible space.
 */
const hostile = `x](<https://evil.example>) [y](https://evil.example) <@1> <t:0:R> </me:1> \`c\` ||s||\n# h\n> q \u202eLTR\u2066\u200b`;
const hostileUrl = 'https://evil.example/a)b>c(d\u202e e"';
const keptFields = new Set(
  `id kind voice date said asOf links people places parties party on in about hoisted check synonyms copySites`.split(
    ' ',
  ),
);

/**
 * Copies the value, and appends the hostile text to every text except those in `keptFields` (such as ids and dates).
 * URLs become hostile URLs.
 */
function poisoned<T>(value: T, key = ''): T {
  if (typeof value === 'string') {
    if (key === 'url') return hostileUrl as T;
    return (keptFields.has(key) ? value : `${value} ${hostile}`) as T;
  }
  if (Array.isArray(value))
    // The topics of an entry are ids, which must stay unchanged. The topics of the pack are objects with texts, to
    // which the hostile text is appended.
    return value.map((item: unknown) =>
      key === 'topics' && typeof item === 'string' ? item : poisoned(item, key),
    ) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, poisoned(part, name)])) as T;
}

function poisonedLibrary(): LoadedPack {
  const pack = poisoned(library.pack);
  const questions = library.bank.questions.slice(0, 12).map((question) => poisoned(question));
  return { pack, bank: { questions }, vocabulary: vocabularyOf(pack) };
}

/** A link that the bot writes. Its title is escaped, and its address contains no character that ends a link early. */
const ownLink = /(?<!\\)\[(?:\\.|[^\]\\])*\]\(<https:\/\/[^\s()<>\\|`"]*>\)/g;
/** The mentions of members and roles and the timestamps that the bot itself writes. */
const ownMention = /<@&?\d+>|<@club-1>|<t:\d{9,}:[A-Za-z]>/g;
/** Markdown that has an effect in Discord because no backslash precedes it. */
const acting = /(?<!\\)(?:\]\(|<[@t/:]|`|\|\||https?:\/\/)|^\s*(?:-# )?#{1,3} h|^\s*> q/m;
const reversing = /[\u202a-\u202e\u2066\u2067\u200b]/;

/** Returns those texts of the message in which hostile markdown would have an effect. */
function actingIn(message: Message): readonly string[] {
  const parts = partsOf(message);
  const texts = parts.flatMap(({ content }) => content ?? []);
  const labels = parts.flatMap(({ label, placeholder, options = [] }) =>
    [label, placeholder, ...options.flatMap((one) => [one.label, one.description])].flatMap((text) => text ?? []),
  );
  return [
    ...texts.filter((text) => acting.test(text.replaceAll(ownLink, '').replaceAll(ownMention, ''))),
    ...[...texts, ...labels].filter((text) => reversing.test(text)),
    ...labels.filter((label) => label.includes('\n')),
  ];
}

/**
 * Starts the app with the hostile pack. `use` and `press` act as the member with the given name, which may be hostile.
 */
async function start() {
  const clock = virtualClock();
  const heard: ShownMessage[] = [];
  const discord = fakeDiscord(
    clock,
    (one) => heard.push({ ...one }),
    (name) => (name === hostile ? '1001' : '1002'),
  );
  const { app, rounds } = await startApp({
    store: memoryStore(),
    clock,
    channels: discord.channels,
    packs: createPackByGuild(poisonedLibrary()),
    membership: { isMember: async () => true },
  });
  await rounds.resume();
  onTestFinished(() => rounds.close());
  return {
    clock,
    heard,
    app,
    use: (name: string, command: string, subcommand?: string, values: Readonly<Record<string, string | number>> = {}) =>
      discord.interact(name, {}, (context) =>
        app.runCommand({ command, ...(subcommand !== undefined && { subcommand }), values }, context),
      ),
    press: (name: string, customId: string, on: ShownMessage, choice?: string) =>
      discord.interact(
        name,
        {},
        (context) => app.runComponent(customId, context, choice === undefined ? {} : { choice }),
        discord.messages.find(({ id }) => id === on.id),
      ),
  };
}

test('T5: markdown and direction-changing characters in texts of a pack and in names of members have no effect in messages', async () => {
  const { clock, heard, use, press, app } = await start();
  const kinds = new Map(library.pack.entries.map((entry) => [entry.kind, entry]));
  for (const { id, kind } of kinds.values())
    await use(hostile, kind === 'dispute' ? 'dispute' : 'event', undefined, { about: idPrefix + id });
  await use(hostile, 'event', undefined, { about: hostile });
  await use(hostile, 'event', undefined, { about: '2023' });
  for (const command of ['fact', 'timeline', 'help', 'leaderboard', 'profile']) await use(hostile, command);
  await use('manager', 'setup', 'show');
  await use(hostile, 'me', 'settings');
  await use(hostile, 'quiz', 'group', { questions: 3, seconds: 20, topic: library.pack.topics[0]?.id ?? '' });
  await use(hostile, 'quiz', 'solo', { questions: 3 });
  const pressed = new Set<string>();
  for (let turn = 0; turn < 14; turn++) {
    for (const message of heard.slice(-40))
      for (const { custom_id, value } of buttonsOf(message.message)) {
        const [command, action = ''] = custom_id.split(':');
        // Each kind of button is pressed at most seven times. Buttons that end a round or remove a message are not
        // pressed, because they would make other buttons disappear.
        const key = `${custom_id}${value ?? ''}`;
        const isOften = [...pressed].filter((one) => one.startsWith(`${command}:${action}`)).length > 6;
        if (pressed.has(key) || isOften || ['cancel', 'end', 'stop', 'remove'].includes(action)) continue;
        pressed.add(key);
        await press(hostile, custom_id, message, value);
        if (action === 'answer') await press('other', custom_id, message, value);
      }
    await clock.advance(21_000);
    await settled();
  }
  await use(hostile, 'leaderboard');
  await use(hostile, 'profile');
  const texts = heard.flatMap(({ message }) => partsOf(message)).length;
  expect(heard.some(({ message }) => JSON.stringify(message).includes('Podium'))).toBe(true);
  expect(pressed.size).toBeGreaterThan(40);
  expect(heard.flatMap(({ message }) => actingIn(message))).toEqual([]);

  const where = { channel: 'general', guild: 'guild', scope: 'guild', shard: 0, missingPermissions: [] };
  const typed: readonly (readonly [string, string | undefined, string])[] = [
    ['event', undefined, 'about'],
    ['fact', undefined, 'about'],
    ['dispute', undefined, 'side'],
    ['quiz', 'group', 'topic'],
  ];
  let suggestions = 0;
  for (const [command, subcommand, option] of typed)
    for (const value of ['', 'rasht', 'sea']) {
      const input = { command, ...(subcommand !== undefined && { subcommand }), values: { [option]: value } };
      for (const { name } of await app.autocomplete(input, option, { who: { id: 'ana' }, where, at: 0 })) {
        suggestions++;
        expect(name).not.toMatch(reversing);
        expect(name).not.toContain('\n');
      }
    }
  expect(suggestions).toBeGreaterThan(20);
  seen(
    `${pressed.size} buttons pressed, ${heard.length} messages with ${texts} parts searched, ${suggestions} suggestions`,
  );
});

test.each([
  ['https://a.example/b)c', '[t](<https://a.example/b%29c>)'],
  ['https://a.example/b>c d', '[t](<https://a.example/b%3Ec%20d>)'],
  ['https://a.example/\u202e\\`', '[t](<https://a.example/%5C%60>)'],
  ['https://fa.example/ایران', '[t](<https://fa.example/ایران>)'],
])('T5: no character in the address %j can end the link early', (url, link) => {
  expect(markdownLink('t', url)).toBe(link);
});

test.each([
  ['title: Ra\u202esht', /^places\.yaml:2, a, title: the text contains the invisible character U\+202E; take it out/],
  ['summary: "zero\u200bwidth"', /^places\.yaml:2, a, summary: the text contains the invisible character U\+200B/],
  [
    'notes: [{text: x, sources: [{title: t, url: "https://a.example/b>c"}]}]',
    /address contains ">"; write %3E in its place/,
  ],
  [
    'notes: [{text: x, sources: [{title: t, url: "https://user@evil.example/"}]}]',
    /contains a name before @; take it out/,
  ],
  [
    'notes: [{text: x, sources: [{title: t, url: "javascript:alert(1)"}]}]',
    /write a full address that begins with http/,
  ],
])('T5: pack:check refuses the field %s and says what to write', (field, sentence) => {
  const manifest =
    'id: p\ntitle: P\ndescription: d\nsource: {title: S, paragraphs: 3, note: n}\ntopics: [{id: t, title: T}]\n';
  const files = [readYaml('pack.yaml', manifest), readYaml('places.yaml', `- id: a\n  ${field}\n`)];
  let problems: readonly string[] = [];
  try {
    parsePack(files);
  } catch (error) {
    if (error instanceof PackError) ({ problems } = error);
  }
  expect(problems).toContainEqual(expect.stringMatching(sentence));
});
