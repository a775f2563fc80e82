/**
 * Fuzz tests with random commands, options, custom_ids, modals, autocomplete queries and pack files. Every input must
 * get a reply that Discord accepts, and no error may stay unhandled. `npm run test:fuzz` tries 20,000 inputs.
 * `FUZZ_RUNS` sets another number of inputs, and `FUZZ_SEED` repeats a run.
 */
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { commands, messageCommands } from '../../commands/index.ts';
import type { Command, Option, Options } from '../../src/chat/command.ts';
import { errorWords } from '../../src/chat/words/error-words.ts';
import { packCode } from '../../src/core/pack/pack-code.ts';
import { idPrefix } from '../../src/core/pack/facts.ts';
import { PackError, type PackFile } from '../../src/core/pack/pack-file.ts';
import { parseBank, parsePackFiles } from '../../src/bot/packs/read-pack.ts';
import { readYaml } from '../../src/formats/yaml.ts';
import type { OptionValue } from '../../src/bot/ports/app.ts';
import { refusals } from '../chat/discord.ts';
import { modalProblems } from '../../src/loopback/component-rules.ts';
import { library } from '../support/caspian.ts';
import { buttonsOf, wordsOf } from '../support/conversation/message-parts.ts';
import { fixtureFile } from '../support/fixture-files.ts';
import { startPlay } from '../support/conversation/play.ts';
import { seen } from '../support/seen.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 300);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const settings = { numRuns: runs, seed };

const ids = library.pack.entries.slice(0, 20).map(({ id }) => id);
const oddTexts = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  '@everyone',
  '\u202e',
  '%s',
  '../..',
  '0',
  '-1',
  'NaN',
];
const text = fc.oneof(
  fc.constantFrom(...oddTexts, ...ids, ...ids.map((id) => idPrefix + id), 'rasht', 'summer 2023', '1990'),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ maxLength: 6_000 }),
);

const uploadedFile = fc.oneof(
  fc.constantFrom('rivers.yaml', 'latin.csv').map(fixtureFile),
  fc.record({ name: text, size: fc.nat(20_000_000), url: fc.oneof(fc.webUrl(), text) }),
);

/** A value that Discord could send for an option. */
function valueOf(option: Option): fc.Arbitrary<OptionValue> {
  switch (option.type) {
    case 'string':
      return option.choices ? fc.constantFrom(...option.choices.map(({ value }) => value)) : text;
    case 'integer':
      return fc.integer({ min: option.min, max: option.max });
    case 'boolean':
      return fc.boolean();
    case 'role':
    case 'user':
    case 'channel':
      return fc.constantFrom('starters', '1');
    case 'attachment':
      return uploadedFile;
  }
}

const usesOf = (command: Command) =>
  Object.entries<{ readonly options: Options }>(command.subcommands ?? { '': command }).map(
    ([subcommand, { options }]) => {
      const given = Object.entries(options).map(([name, option]) => {
        const value = valueOf(option);
        return [name, option.required ? value : fc.option(value, { nil: undefined })] as const;
      });
      return fc.record(Object.fromEntries(given)).map((values) => ({
        kind: 'command' as const,
        command: command.name,
        ...(subcommand !== '' && { subcommand }),
        values: Object.fromEntries(
          Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
        ),
      }));
    },
  );
const use = fc.oneof(...commands.flatMap(usesOf));
const unknownUse = fc.record({
  kind: fc.constant('command' as const),
  command: fc.constantFrom('constructor', 'toString', 'quiz', 'old', ''),
  subcommand: fc.constantFrom('constructor', '__proto__', 'old'),
  values: fc.dictionary(text, text, { maxKeys: 3 }),
});
const components = commands.flatMap(({ name, components: own }) =>
  Object.keys(own).map((action) => `${name}:${action}`),
);
const part = fc.oneof(
  fc.constantFrom(...oddTexts, ...ids, '1', '2', 'ROUND', 'SOLO', 'general', 'id-ana'),
  fc.string({ maxLength: 20 }),
);
const fields = fc.dictionary(
  fc.constantFrom(
    ...'choice year confirm __proto__ x mistake words note ask answer wrong explanation difficulty'.split(' '),
  ),
  fc.oneof(text, fc.boolean()),
);
const component = fc
  .tuple(fc.constantFrom(...components, 'a:b', ''), fc.array(part, { maxLength: 5 }), fields)
  .map(([name, parts, given]) => ({ kind: 'component' as const, customId: [name, ...parts].join(':'), given }));
/** Generates the parts of a custom_id that identify an item: its kind (question or entry), its id and its pack code. */
const item = fc.tuple(
  fc.constantFrom('question', 'entry'),
  fc.constantFrom(...ids, ...library.bank.questions.slice(0, 20).map(({ id }) => id)),
  fc.constant(packCode(library.pack.id)),
);
const reportFields = fc.record({ mistake: fc.constantFrom('wrong', 'other', 'x'), words: text });
const mendFields = fc.record({
  ask: text,
  answer: fc.oneof(text, fc.constantFrom('True', '1995', 'Rome')),
  wrong: fc.oneof(text, fc.constantFrom('False', 'Oslo\nBern\nRiga')),
  explanation: text,
  difficulty: fc.constantFrom('1', '2', '3', '4', ''),
  note: text,
});
const itemButtons = [
  'pack:decide:retire',
  'pack:decide:dismiss',
  'pack:decide:unmend',
  'pack:ask:dismiss',
  'pack:ask:retire',
  'pack:show',
] as const;
/**
 * Generates the submission of a form for reporting or mending (correcting) an item, or a press on one of the buttons of
 * an item. The custom_id is well-formed, but its kind and its id need not belong together. The texts are random.
 */
const itemForm = fc
  .oneof(
    fc.tuple(fc.constant('pack:reported'), item, reportFields),
    fc.tuple(fc.constant('pack:mended'), item, mendFields),
    fc.tuple(fc.constantFrom(...itemButtons), item, fc.constant({})),
  )
  .map(([name, parts, given]) => ({ kind: 'component' as const, customId: [name, ...parts].join(':'), given }));
/**
 * Generates the use of a message command on one of the latest messages. The bot reads the custom_ids of the buttons of
 * the message to find out which item the message is about. `others` contains random custom_ids. The test puts them
 * before the custom_ids of the message.
 */
const messageUse = fc.record({
  kind: fc.constant('message' as const),
  name: fc.constantFrom(...messageCommands.map(({ name }) => name), 'old'),
  number: fc.nat(6),
  others: fc.array(
    fc.oneof(
      text,
      part.map((one) => `pack:report:${one}`),
    ),
    { maxLength: 3 },
  ),
});
/** Generates a press on a button of the latest messages. `number` selects the button. */
const shownButton = fc.record({ kind: fc.constant('button' as const), number: fc.nat(40), given: fields });
const action = fc.record({
  who: fc.constantFrom('ana', 'ben', 'manager', 'moderator', 'dm-ana', 'club-ana'),
  wait: fc.constantFrom(0, 0, 0, 1_000, 30_000),
  what: fc.oneof(
    { weight: 4, arbitrary: use },
    { weight: 1, arbitrary: unknownUse },
    { weight: 4, arbitrary: component },
    { weight: 4, arbitrary: shownButton },
    { weight: 2, arbitrary: itemForm },
    { weight: 1, arbitrary: messageUse },
  ),
});

test('every command, press, modal and autocomplete query gets a valid response without an internal error', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const play = await startPlay(library.bank);
  const { app, rounds } = play.bot;
  const apology = errorWords.ourMistake('').slice(0, 40);
  const inRounds = (id: string) =>
    id
      .replaceAll('ROUND', rounds.inChannel('general')?.id ?? 'none')
      .replaceAll('SOLO', rounds.soloOf('id-ana', 'guild')?.id ?? 'none');
  await fc.assert(
    fc.asyncProperty(action, async ({ who, wait, what }) => {
      const response = await play.discord.interact(who, {}, (context) => {
        if (what.kind === 'command') return app.runCommand(what, context);
        if (what.kind === 'component') return app.runComponent(inRounds(what.customId), context, what.given);
        if (what.kind === 'message') {
          const shown = play.discord.messages.at(-what.number)?.message;
          const shownIds = shown ? buttonsOf(shown).map(({ custom_id }) => custom_id) : [];
          return app.runMessageCommand(what.name, [...what.others, ...shownIds], context);
        }
        const buttons = play.discord.messages.slice(-6).flatMap(({ message }) => buttonsOf(message));
        const { custom_id = '', value } = buttons[what.number % Math.max(1, buttons.length)] ?? {};
        return app.runComponent(custom_id, context, value === undefined ? what.given : { choice: value });
      });
      if ('modal' in response)
        expect(modalProblems(response.modal.components as Parameters<typeof modalProblems>[0])).toEqual([]);
      if ('message' in response) {
        expect(refusals(response.message)).toEqual([]);
        expect(wordsOf(response.message)).not.toContain(apology);
      }
      if (what.kind === 'command')
        for (const name of [...Object.keys(what.values), 'about', 'constructor']) {
          const choices = await app.autocomplete(what, name, play.discord.context(who));
          expect(choices.length).toBeLessThanOrEqual(25);
          for (const choice of choices) expect(choice.name.length).toBeLessThanOrEqual(100);
        }
      if (wait > 0) await play.clock.advance(wait);
    }),
    settings,
  );
  for (const { message } of play.discord.messages) expect(refusals(message)).toEqual([]);
  expect(unhandled).toEqual([]);
  seen(`seed ${seed}, ${runs} uses`);
});

const manifest: string =
  'id: p\ntitle: P\ndescription: d\nsource: {title: S, paragraphs: 3, note: n}\ntopics: [{id: t, title: T}]\n';
const entry: string = `- id: a\n  title: A\n  summary: S.\n  voice: reported\n  paragraphs: [1]\n  topics: [t]\n  aliases: [b]\n`;
const question: string = `questions:\n  - id: q\n    kind: closest-year\n    about: [a]\n    ask: In which year?\n    year: 2001\n    explanation: E.\n    difficulty: 1\n`;
const packText = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '- ',
        '  ',
        '\n',
        ': ',
        '\t',
        '---\n',
        ...`[ ] { } " ' *a &a # | > ? : !t id a __proto__`.split(' '),
      ),
      {
        maxLength: 60,
      },
    )
    .map((pieces) => pieces.join('')),
  fc.json({ maxDepth: 4 }),
  // A valid file in which some characters are replaced.
  fc
    .tuple(
      fc.constantFrom(entry, question, manifest),
      fc.array(fc.tuple(fc.nat(200), fc.string({ maxLength: 3 })), { maxLength: 3 }),
    )
    .map(([whole, changes]) => changes.reduce((all, [at, put]) => all.slice(0, at) + put + all.slice(at + 1), whole)),
);

test('a pack file with any content is either read or refused with an error message that contains the name of the file', () => {
  let [read, refused] = [0, 0];
  fc.assert(
    fc.property(
      packText,
      fc.constantFrom('pack.yaml', 'places.yaml', 'disputes.yaml', 'questions.yaml'),
      (given, name) => {
        try {
          const texts = {
            'pack.yaml': manifest,
            'organisations.yaml': entry,
            'questions.yaml': question,
            [name]: given,
          };
          const files: readonly PackFile[] = Object.entries(texts).map(([file, content]) => readYaml(file, content));
          parseBank(files, parsePackFiles(files));
          read++;
        } catch (error) {
          if (!(error instanceof PackError)) throw error;
          refused++;
          for (const problem of error.problems) expect(problem).toMatch(/^(?:[a-z-]+\.yaml|and \d+ more)/);
        }
      },
    ),
    settings,
  );
  expect(refused).toBeGreaterThan(runs / 10);
  seen(`seed ${seed}, ${read} files read, ${refused} refused`);
});
