/** The answers to /me show and /me export: everything that is stored about a member, as a card or as a JSON file. */
import type { MessageResponse } from '../command-context.ts';
import { customId } from '../command.ts';
import type { StoredPart } from '../member-data.ts';
import {
  actionRow,
  type Attachment,
  button,
  container,
  fileComponent,
  type Message,
  message,
  textDisplay,
} from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { exportWords, storedDataWords, storedNumbers } from '../words/stored-data-words.ts';

/**
 * The pages of /me show. `numbers` says how much data of each kind is stored. `rules` explains each kind of data and
 * says how long it is kept.
 */
export const storedDataPages = ['numbers', 'rules'] as const;
type StoredDataPage = (typeof storedDataPages)[number];

export function storedDataCard(parts: readonly StoredPart[], page: StoredDataPage = 'numbers'): Message {
  const other = page === 'numbers' ? 'rules' : 'numbers';
  const texts = {
    numbers: () => [textDisplay(numbersText(parts)), textDisplay(`-# ${exportWords.showNote}`)],
    rules: () =>
      parts.map(({ kind }) => {
        const { title, what, kept } = storedDataWords[kind];
        return textDisplay(`**${title}**: ${what}\n-# Kept: ${kept.replaceAll('\n', '\n-# ')}`);
      }),
  };
  return message(
    container([
      textDisplay(`## ${exportWords.showTitles[page]}`),
      ...(parts.length === 0
        ? [textDisplay(exportWords.showNothing)]
        : [...texts[page](), actionRow(button(exportWords.showOther[other], customId('me', 'stored', other)))]),
    ]),
  );
}

/** One line for each kind of data. The line says how much of this kind is stored, even if it is nothing. */
function numbersText(parts: readonly StoredPart[]): string {
  const kinds = Object.keys(storedNumbers) as (keyof typeof storedNumbers)[];
  return kinds
    .flatMap((kind) => {
      const { count, inPrivate = 0 } = parts.find((part) => part.kind === kind) ?? {};
      // Values that could not be read are rare, so their kind is listed only if there are any.
      if (count === undefined && kind === 'unreadable') return [];
      return [
        `- **${storedDataWords[kind].title}**: ${count === undefined ? 'none' : storedNumbers[kind](count, inPrivate)}`,
      ];
    })
    .join('\n');
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
