/** The cards that list packs, describe one pack, and ask for confirmation before a pack is removed. */
import type { Facts } from '../../core/pack/facts.ts';
import { customId } from '../command.ts';
import { escapeInline, escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import {
  actionRow,
  button,
  buttonStyle,
  container,
  type Message,
  message,
  textDisplay,
} from '../message/message-components.ts';
import { firstSentences } from '../cards/short-texts.ts';
import { helpWords } from '../words/help-words.ts';
import { packWords } from '../words/pack-words.ts';
import type { ListedPack, PackList } from './added-packs.ts';

export function packListCard({ packs, most }: PackList): Message {
  const isServer = most > 0;
  const lines = packs.map((pack) => `${headLine(pack)}\n-# ${aboutPack(pack)}`);
  return message(
    container([
      textDisplay(`## ${isServer ? packWords.listTitle : packWords.listTitlePrivate}\n${packWords.whatIsPack}`),
      textDisplay(lines.join('\n')),
      textDisplay(`-# ${isServer ? packWords.room(packs.length - 1, most) : packWords.serverOnly}`),
    ]),
  );
}

/** Describes one pack. `facts` are given only if the pack is in use, because other packs are not loaded. */
export function packInfoCard(pack: ListedPack, facts: Facts | undefined): Message {
  const { description, source, topics } = facts?.pack ?? {};
  return message(
    container([
      textDisplay(`## ${escapeInline(pack.name)}\n-# ${aboutPack(pack)}${pack.isUsed ? ` · ${packWords.inUse}` : ''}`),
      ...(description === undefined ? [] : [textDisplay(escapeMarkdown(description))]),
      ...(topics && topics.length > 0
        ? [textDisplay(`**Topics** ${topics.map(({ title }) => escapePart(title)).join(' · ')}`)]
        : []),
      ...(source
        ? [
            textDisplay(
              `-# From “${escapePart(source.title)}”${pack.added ? '' : `. ${helpWords.noArticle} ${escapePart(firstSentences(source.note, 0))}`}`,
            ),
          ]
        : []),
    ]),
  );
}

const headLine = ({ name, isUsed }: ListedPack): string =>
  `**${escapeInline(name)}**${isUsed ? ` · ${packWords.inUse}` : ''}`;

function aboutPack({ entries, questions, added }: ListedPack): string {
  const size = packWords.size(entries, questions);
  return `${size} · ${added ? packWords.addedBy(added.by, added.at, added.version) : packWords.ships}`;
}

/**
 * `shipped` is the name of the pack that ships with the bot. If the server uses the pack that is to be removed, it uses
 * the shipped pack after the removal.
 */
export const removePackCard = ({ name, key = '', isUsed }: ListedPack, shipped: string): Message =>
  message(
    textDisplay(packWords.askRemove(name, isUsed ? shipped : undefined)),
    actionRow(
      button(packWords.remove, customId('pack', 'remove', key), buttonStyle.danger),
      button(packWords.keep, customId('pack', 'keep')),
    ),
  );

/**
 * Tells the manager that a pack is installed. If the server uses another pack, a button offers to use the installed
 * pack.
 */
export const installedCard = ({ name, key = '', isUsed }: ListedPack): Message =>
  message(
    textDisplay(packWords.installed(name, isUsed)),
    ...(isUsed ? [] : [actionRow(button(packWords.useNow, customId('pack', 'use', key), buttonStyle.primary))]),
  );
