/** Sentences about failures: a command or button from another version of the bot, a store that fails, a bug. */

import { escapeInline } from '../message/escape-markdown.ts';

export const errorWords = {
  tooLate: 'That took too long. Please press the button again.',
  tooMany:
    'A moment, please: those were many uses at once. Try again in a few seconds; answers in a round always count.',
  oldCommand:
    'That command is from another version of the bot. Discord will know the new ones in a minute; try again then.',
  oldButton: 'That button is from an earlier version of the bot. Type the command again for a fresh one.',
  packUnavailable: (name: string) =>
    `The pack “${escapeInline(name)}” of this server cannot be read. Members who may manage the server can choose another pack with /pack use, or import this one again.`,
  blocked:
    'The AutoMod of this server blocked the answer. Whoever manages the server can exempt the bot’s role or this channel in AutoMod.',
  foreignMessage: 'That message is not one of mine, so nothing was changed. Type /help for what I can do.',
  notSaved: (reference: string) =>
    `That could not be saved just now, so it does not count. Please try again in a moment. Reference: ${reference}`,
  notRead: (reference: string) =>
    `The scores could not be read just now. Nothing is lost; please try again in a moment. Reference: ${reference}`,
  damaged: (reference: string) =>
    `The bot’s data file is damaged, so this cannot be read or saved. Please tell whoever runs the bot; a backup can be put back. Reference: ${reference}`,
  ourMistake: (reference: string) =>
    `Something went wrong on the bot’s side. Please try again; if it stays, tell whoever runs the bot this reference: ${reference}`,
} as const;
