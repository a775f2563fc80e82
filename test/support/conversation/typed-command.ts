/** Parses a command that a member types, and returns the input for the app. */
import { commands } from '../../../commands/index.ts';
import type { Option } from '../../../src/chat/command.ts';
import { fixtureFile } from '../fixture-files.ts';
import type { CommandInput, OptionValue } from '../../../src/bot/ports/app.ts';

/**
 * Splits a line such as `/quiz group questions:3` into the command, the subcommand and the option values. A value ends
 * before the name of the next option.
 * @throws {Error} The command does not exist.
 */
export function readCommand(line: string): CommandInput {
  const [, name, rest = ''] = /^\/(\S+) ?(.*)$/s.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a command: ${line}`);
  const command = commands.find((one) => one.name === name);
  if (!command) throw new Error(`there is no /${name}`);
  const subcommand = command.subcommands ? (rest.split(' ')[0] ?? '') : undefined;
  const options = subcommand === undefined ? command.options : (command.subcommands?.[subcommand]?.options ?? {});
  const given = subcommand === undefined ? rest : rest.slice(subcommand.length);
  const values: Record<string, OptionValue> = {};
  const names = Object.keys(options);
  const found = [...given.matchAll(/(?:^|\s)([\w-]+):/g)].filter(([, key]) => names.includes(key ?? ''));
  const free = given.slice(0, found[0]?.index ?? given.length).trim();
  const [first] = names;
  if (free !== '' && first !== undefined) values[first] = free;
  for (const [index, match] of found.entries()) {
    const key = match[1] ?? '';
    const text = given.slice(match.index + match[0].length, found[index + 1]?.index ?? given.length);
    const kind = options[key]?.type;
    values[key] = valueOf(kind, text.trim());
  }
  return { command: name, values, ...(subcommand !== undefined && { subcommand }) };
}

/**
 * Converts the text of an option to its value. In a conversation, a member's id is `id-` followed by the member's name,
 * and a channel's id is its name. A file name refers to a file in the folder test/support/files.
 */
function valueOf(kind: Option['type'] | undefined, text: string): OptionValue {
  if (kind === 'attachment') return fixtureFile(text);
  if (kind === 'integer') return Number(text);
  if (kind === 'boolean') return text === 'true';
  return kind === 'user' ? `id-${text}` : text;
}
