/** The answers to /me show and /me export: everything that is stored about a member, as a card or as a JSON file. */
import type { MessageResponse } from '../command-context.ts';
import type { StoredKind, StoredPart } from '../member-data.ts';
import {
  type Attachment,
  container,
  fileComponent,
  type Message,
  message,
  textDisplay,
} from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { pluralize } from '../words/labels.ts';
import { exportWords, storedDataWords } from '../words/stored-data-words.ts';

/** For each kind of stored data, the noun that follows the number of items. */
const items: Readonly<Record<StoredKind, string>> = {
  scores: 'server or private conversation',
  settings: 'set',
  asked: 'question of finished rounds',
  seen: 'entry',
  packs: 'server',
  reports: 'server',
  rounds: 'round',
  lastPlayers: 'channel',
  unreadable: 'value',
};
const plurals: Partial<Readonly<Record<StoredKind, string>>> = {
  scores: 'servers and private conversations',
  asked: 'questions of finished rounds',
  seen: 'entries',
};

export function storedDataCard(parts: readonly StoredPart[]): Message {
  const lines = parts.map(({ kind, count }) => {
    const { title, what, kept } = storedDataWords[kind];
    const counted = pluralize(count, items[kind], plurals[kind]);
    return `**${title}** (${counted}) ${what}\n-# Kept: ${kept}`;
  });
  return message(
    container([
      textDisplay(`## ${exportWords.showTitle}`),
      ...(lines.length === 0 ? [exportWords.showNothing] : lines).map(textDisplay),
      textDisplay(`-# ${exportWords.showNote}`),
    ]),
  );
}

export function exportResponse(parts: readonly StoredPart[], user: string, at: number): MessageResponse {
  if (parts.length === 0) return ephemeralNotice(exportWords.showNothing);
  const file = exportFile(parts, user, at);
  return { message: message(textDisplay(exportWords.exported), fileComponent(file.name)), file, ephemeral: true };
}

function exportFile(parts: readonly StoredPart[], user: string, at: number): Attachment {
  const content = {
    about: exportWords.about,
    user,
    exported: new Date(at).toISOString(),
    parts: parts.map(({ kind, values }) => ({ ...storedDataWords[kind], values })),
  };
  return {
    name: 'caspian-my-data.json',
    data: new TextEncoder().encode(`${JSON.stringify(content, undefined, 2)}\n`),
    description: exportWords.about,
  };
}
