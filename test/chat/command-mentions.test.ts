/** Tests that commands such as /help become command mentions in the texts of a message. Members can press mentions. */
import { expect, test } from 'vitest';
import { commandMentions } from '../../src/chat/message/command-mentions.ts';
import { button, container, message, section, textDisplay } from '../../src/chat/message/message-components.ts';
import { textOf } from './discord.ts';

const names = ['help', 'quiz group', 'quiz solo', 'pack', 'setup board'];
const linked = commandMentions(names, (name) => `</${name}:1>`);
const shown = (text: string): string => textOf(linked(message(textDisplay(text))));

test.each([
  ['Start one with /quiz group.', 'Start one with </quiz group:1>.'],
  ['(/help)', '(</help:1>)'],
  ['/setup board time-zone:Europe/Berlin', '</setup board:1> time-zone:Europe/Berlin'],
  ['/quiz group or /quiz solo', '</quiz group:1> or </quiz solo:1>'],
])('the command in %j becomes a mention', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test.each([
  '</help:2>',
  '`/help`',
  'https://a.example/help',
  '[x](<https://a.example/help>)',
  '/helper',
  '/quiz',
  'and/help',
])('no part of %j becomes a mention', (text) => {
  expect(shown(text)).toBe(text);
});

test('commands in the texts of containers and sections become mentions, but a command in the label of a button does not', () => {
  const card = message(container([section('/help', button('/help', 'help:page')), textDisplay('/help')]));
  expect(textOf(linked(card))).toBe('</help:1>\n</help:1>');
  expect(JSON.stringify(linked(card))).toContain('"label":"/help"');
});

test('while the ids of the commands are unknown, commands in a text do not become mentions', () => {
  const unknown = commandMentions(names, (name) => `\`/${name}\``);
  expect(textOf(unknown(message(textDisplay('See /help.'))))).toBe('See /help.');
});
