/** Checks that every command follows Discord's rules for names, descriptions and sizes. */
import { expect, test } from 'vitest';
import { commands, messageCommands } from '../../commands/index.ts';
import { suggestEntries, suggestTopics } from '../../src/chat/cards/suggestions.ts';
import { customId } from '../../src/chat/command.ts';
import { limits } from '../../src/chat/limits.ts';
import { createFacts } from '../../src/core/pack/facts.ts';
import { kinds } from '../../src/core/pack/pack.ts';
import { commandJson, messageCommandJson } from '../../src/discord/registration.ts';
import { commandProblems } from '../../src/loopback/command-rules.ts';
import { library } from '../support/caspian.ts';

interface Named {
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly type?: number;
  readonly autocomplete?: boolean;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly options?: readonly Named[];
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}
const registered = commands.map((command) => commandJson(command) as Named);
const all = (named: Named): readonly Named[] => [named, ...(named.options ?? []).flatMap(all)];
const every = registered.flatMap(all);
/**
 * The rule for names of commands and options. Discord documentation:
 * https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
 */
const nameRule = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;

test('every command has a unique name', () => {
  expect(registered.length).toBeGreaterThan(5);
  expect(new Set(registered.map(({ name }) => name)).size).toBe(registered.length);
  expect(registered.length).toBeLessThanOrEqual(limits.commands);
});

test('names have at most 32 characters, and descriptions have at most 100 characters', () => {
  for (const { name, description = '' } of every) {
    expect(name).toMatch(nameRule);
    expect(description.trim().length, name).toBeGreaterThan(0);
    expect(description.length, name).toBeLessThanOrEqual(100);
  }
});

test('a command has at most 25 options, all with different names', () => {
  for (const { name, options = [] } of every) {
    expect(options.length, name).toBeLessThanOrEqual(25);
    expect(new Set(options.map((option) => option.name)).size, name).toBe(options.length);
    const required = options.map((option) => Number(option.required ?? false));
    expect(required, name).toEqual(required.toSorted((a, b) => b - a));
  }
});

test('an option has at most 25 choices, and an option with autocomplete has no choices', () => {
  for (const { name, choices = [], autocomplete } of every) {
    expect(choices.length, name).toBeLessThanOrEqual(25);
    expect(choices.length > 0 && autocomplete === true, name).toBe(false);
    for (const choice of choices)
      expect([choice.name.length, String(choice.value).length].every((length) => length >= 1 && length <= 100)).toBe(
        true,
      );
  }
});

test('the minimum of every integer option is below its maximum', () => {
  const numbers = every.filter(({ type }) => type === 4);
  expect(numbers.length).toBeGreaterThan(2);
  for (const { min_value = 0, max_value = 0 } of numbers) expect(min_value).toBeLessThan(max_value);
});

test('the emulated Discord accepts every command', () => {
  for (const command of registered) {
    const size = all(command)
      .flatMap(({ name, description = '', choices = [] }) => [
        name,
        description,
        ...choices.flatMap(({ name, value }) => [name, String(value)]),
      ])
      .join('').length;
    expect(size, command.name).toBeLessThanOrEqual(8_000);
    expect(commandProblems(command), command.name).toEqual([]);
  }
});

test('a command name with an upper-case letter is rejected', () => {
  expect(commandProblems({ name: 'Quiz', description: 'x' })).not.toEqual([]);
  expect('Quiz').not.toMatch(nameRule);
});

test('names of commands and of component actions contain no colon', () => {
  for (const { name, components } of commands) {
    for (const press of Object.keys(components)) expect(customId(name, press).split(':')).toEqual([name, press]);
    for (const part of Object.keys(components)) expect(part).toMatch(/^[a-z]+$/);
  }
});

test('autocomplete suggests at most 25 choices of at most 100 characters', async () => {
  const facts = createFacts(library.pack);
  // Autocomplete uses only the function `pack` of the services.
  const services = { pack: async () => ({ facts }) } as unknown as Parameters<typeof suggestTopics>[1];
  const typed = [
    '',
    'a',
    'ras',
    'раш',
    'رشت',
    '2015',
    'x'.repeat(100),
    ...library.pack.entries.map(({ title }) => title),
  ];
  for (const text of typed)
    for (const choices of [await suggestEntries(kinds)(text, services), await suggestTopics(text, services)]) {
      expect(choices.length).toBeLessThanOrEqual(25);
      for (const { name, value } of choices) {
        expect([name.trim().length > 0, name.length <= 100, value.length > 0, value.length <= 100]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }
      expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
    }
});

test('the emulated Discord accepts the message commands, and members can use them in servers and in direct messages with the bot', () => {
  const inMenus = messageCommands.map(messageCommandJson);
  expect(inMenus).toMatchObject([{ type: 3, name: 'Report', contexts: [0, 1] }]);
  for (const one of inMenus) {
    expect(commandProblems(one as unknown as Parameters<typeof commandProblems>[0])).toEqual([]);
    expect(one.name.length).toBeLessThanOrEqual(32);
    expect(Object.keys(one)).not.toContain('description');
  }
});
