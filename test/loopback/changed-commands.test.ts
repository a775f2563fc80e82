/** Tests that the bot registers its commands only if Discord has stored different commands. */
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import {
  command,
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalId,
  optionalString,
  requiredString,
} from '../../src/chat/command.ts';
import { ephemeralNotice } from '../../src/chat/message/notice.ts';
import { errorWords } from '../../src/chat/words/error-words.ts';
import { commandJson, register } from '../../src/discord/registration.ts';
import { isSameCommands } from '../../src/discord/same-commands.ts';
import { createLog } from '../../src/log.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { emulatedBot, wordsOf } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';
import { apiRequest, loopbackFor } from './real-bot.ts';

const run = () => ephemeralNotice('ok');
/** A list of commands that contains every kind of option and setting. */
const everyKind = [
  ...commands,
  command({ name: 'somewhere', description: 'd', availability: 'servers-and-dms', run }),
  command({
    name: 'managing',
    description: 'd',
    availability: 'servers',
    managersOnly: true,
    options: {
      needed: requiredString('d', { autocomplete: async () => [] }),
      text: optionalString('d'),
      chosen: optionalChoice('d', { a: 'A', b: 'B' }),
      number: optionalInteger('d', 0, 5),
      switch: optionalBoolean('d'),
      role: optionalId('role', 'd'),
    },
    run,
  }),
].map((one) => commandJson(one) as object);

type Path = readonly (string | number)[];

/** Returns the paths of all fields and list items of a JSON value. */
const pathsOf = (value: unknown, at: Path = []): readonly Path[] => {
  if (typeof value !== 'object' || value === null) return [at];
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  const inside = steps.flatMap((step) => pathsOf((value as Record<string, unknown>)[step], [...at, step]));
  return at.length === 0 ? inside : [at, ...inside];
};

/**
 * Returns a copy of `list` in which the value at `path` is replaced by the result of `change`. If `change` returns
 * undefined, the value is removed.
 */
function changed(list: readonly object[], path: Path, change: (value: unknown) => unknown): readonly object[] {
  const copy = structuredClone(list) as unknown as Record<string | number, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as typeof at;
  const last = path.at(-1) ?? '';
  const value = change(at[last]);
  if (value !== undefined) at[last] = value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete at[last];
  return copy as unknown as readonly object[];
}

const other = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : undefined;
};
const isEmpty = (value: unknown) =>
  value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const valueAt = (list: unknown, path: Path): unknown =>
  path.reduce((at, step) => (at as Record<string | number, unknown>)[step], list);

/** The registered commands, as Discord returns them. */
async function storedBy(loopback: Loopback): Promise<readonly { readonly name: string }[]> {
  const path = `/applications/${loopback.world().application.id}/commands?with_localizations=true`;
  return (await apiRequest(loopback, 'GET', path)).body as unknown as readonly { readonly name: string }[];
}

async function registering() {
  const loopback = await loopbackFor({ rateLimits: 'off' });
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  return {
    loopback,
    lines,
    register: (list: typeof commands) => register(loopback.world().botToken, loopback.api, list, [], log),
    sent: () => loopback.log.filter(({ method }) => method === 'PUT').length,
  };
}

test('a change of any single field of any command is detected', async () => {
  const { loopback } = await registering();
  await apiRequest(loopback, 'PUT', `/applications/${loopback.world().application.id}/commands`, everyKind);
  const stored = await storedBy(loopback);
  expect(isSameCommands(everyKind, stored)).toBe(true);
  expect(isSameCommands(everyKind, stored.toReversed())).toBe(true);
  const fields = new Set<string | number>();
  for (const one of everyKind)
    for (const path of pathsOf([one])) {
      const value = valueAt([one], path);
      const isNoticed = (change: (value: unknown) => unknown) => {
        const wanted = changed([one], path, change);
        const rest = stored.filter(({ name }) => name === valueAt(one, ['name']));
        return !isSameCommands(wanted, rest);
      };
      if (typeof path.at(-1) === 'string') fields.add(path.at(-1) ?? '');
      if (typeof value !== 'object') expect(isNoticed(other), path.join('.')).toBe(true);
      // If a field has its default value, removing the field is not a change. For slash commands and subcommands,
      // `type: 1` is such a default value.
      if (!isEmpty(value) && !(path.at(-1) === 'type' && value === 1))
        expect(
          isNoticed(() => undefined),
          `without ${path.join('.')}`,
        ).toBe(true);
    }
  for (const field of ['contexts', 'default_member_permissions', 'autocomplete', 'choices', 'min_value', 'max_value'])
    expect([...fields]).toContain(field);
});

test.each([
  ['a localized name', { name_localizations: { de: 'ereignis' } }],
  ['an age restriction', { nsfw: true }],
  ['a maximum length', { options: [{ type: 3, name: 'about', description: 'd', max_length: 9 }] }],
])('%s is detected as a change if only the stored command or only the bot’s command has it', (_, fields) => {
  const [wanted, stored] = [
    { name: 'fact', description: 'd' },
    { name: 'fact', description: 'd', ...fields },
  ];
  expect(isSameCommands([wanted], [stored])).toBe(false);
  expect(isSameCommands([stored], [wanted])).toBe(false);
});

test('the bot registers its commands only if they have changed, and logs nothing otherwise', async () => {
  const { lines, register, sent } = await registering();
  const first = await register(commands);
  expect([sent(), lines.length]).toEqual([1, 1]);
  const second = await register(commands);
  expect([sent(), lines.length]).toEqual([1, 1]);
  expect(second.mention('fact')).toBe(first.mention('fact'));
  const [fact] = commands.filter(({ name }) => name === 'fact');
  if (fact) await register(commands.with(commands.indexOf(fact), { ...fact, description: 'Another description' }));
  expect([sent(), lines.length]).toEqual([2, 2]);
  await register(commands.slice(1));
  expect(sent()).toBe(3);
});

test('F28: if a member uses a command of a newer version of the bot, the older bot replies that it does not have this command', async () => {
  const { ana, loopback, logged } = await emulatedBot();
  const newer = [...commands, command({ name: 'brand-new', description: 'Only the newer version has it', run })];
  await register(loopback.world().botToken, loopback.api, newer, []);
  expect(wordsOf(await ana.command('general', '/brand-new'))).toBe(errorWords.oldCommand);
  expect(wordsOf(await ana.command('general', '/fact', { about: 'id:rasht' }))).toContain('Rasht');
  expect(await storedBy(loopback)).toHaveLength(newer.length);
  expect(logged('reference')).toBe(0);
  seen('the commands of the later start stay registered; an unknown command gets a sentence');
});
