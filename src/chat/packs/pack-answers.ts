/** The responses to the commands and buttons that import, install and change packs. */
import { z } from 'zod';
import type { CommandContext, InteractionResponse, MessageResponse } from '../command-context.ts';
import { customId, type OptionChoice } from '../command.ts';
import type { Services } from '../command-context.ts';
import { limits } from '../limits.ts';
import { cleanInline } from '../message/escape-markdown.ts';
import { type Message, textDisplay, message, fileComponent } from '../message/message-components.ts';
import { type Modal, modal, textAreaField, textInputField } from '../message/modal-fields.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { packWords } from '../words/pack-words.ts';
import { settingsWords } from '../words/settings-words.ts';
import type { AddedPacks, ExportResult, Import, ListedPack, PreviewResult } from './added-packs.ts';
import { installedCard, removePackCard } from './pack-cards.ts';
import { mistakesCard, previewCard } from './preview-card.ts';

const maxName = 60;

/**
 * Runs `answer` if the member may change the packs of this server. Otherwise refuses. Discord checks permissions only
 * for whole commands, so each subcommand checks the permission itself.
 */
export function asManager(
  { who, where }: CommandContext,
  answer: () => InteractionResponse | Promise<InteractionResponse>,
): InteractionResponse | Promise<InteractionResponse> {
  if (where.guild === undefined) return ephemeralNotice(packWords.serverOnly);
  return who.manager ? answer() : ephemeralNotice(settingsWords.managersOnly);
}

/** Finds the pack with this name. Ignores case. */
async function packCalled(name: string, { addedPacks }: Services): Promise<ListedPack | undefined> {
  const wanted = name.trim().toLowerCase();
  return (await addedPacks.list()).packs.find((pack) => pack.name.toLowerCase() === wanted);
}

/** Runs `answer` with the pack of this name. If no pack has this name, responds that there is no such pack. */
export async function withPack(
  name: string,
  context: CommandContext,
  answer: (pack: ListedPack) => InteractionResponse | Promise<InteractionResponse>,
): Promise<InteractionResponse> {
  const pack = await packCalled(name, context);
  return pack ? answer(pack) : ephemeralNotice(packWords.noSuchPack(name));
}

/**
 * Runs `answer` with the pack of this name if the server has added the pack. If the pack ships with the bot, the
 * response says that it cannot be changed. Only added packs have a key.
 */
export const withAddedPack = (
  name: string,
  context: CommandContext,
  answer: (pack: ListedPack & { readonly key: string }) => InteractionResponse | Promise<InteractionResponse>,
): Promise<InteractionResponse> =>
  withPack(name, context, (pack) =>
    pack.key === undefined ? ephemeralNotice(packWords.shippedStays) : answer({ ...pack, key: pack.key }),
  );

export async function suggestPacks(typed: string, { addedPacks }: Services): Promise<readonly OptionChoice[]> {
  const wanted = typed.trim().toLowerCase();
  const { packs } = await addedPacks.list();
  return packs
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ name, isUsed }) => {
      const mark = isUsed ? ` · ${packWords.inUse}` : '';
      return { name: `${cleanInline(name, limits.choiceName - mark.length)}${mark}`, value: name };
    });
}

export const pasteModal = (name: string | undefined): Modal =>
  modal(
    packWords.pasteTitle,
    customId('pack', 'paste'),
    textAreaField(packWords.pasteText, 'text', { description: packWords.pasteHow, maxLength: limits.textInput }),
    textInputField(packWords.pasteName, 'name', {
      maxLength: maxName,
      isRequired: false,
      ...(name !== undefined && { value: name.slice(0, maxName) }),
    }),
  );

/** Reads the file or text that a member wants to import, and shows the preview to this member only. */
export const previewImport = async (what: Import, context: CommandContext): Promise<MessageResponse> => ({
  message: previewMessage(await context.addedPacks.preview(what, context.who.id)),
  ephemeral: true,
});

export function previewMessage(result: PreviewResult): Message {
  switch (result.is) {
    case 'preview':
      return previewCard(result.preview);
    case 'mistakes':
      return mistakesCard(result.problems);
    case 'busy':
      return notice(packWords.busy);
    case 'not-fetched':
      return notice(result.why);
    case 'full':
      return notice(packWords.full(result.most));
    case 'expired':
      return notice(packWords.expired);
  }
}

/** Installs the pack of a preview, and announces the installation in the channel. */
export async function installPack(id: string, context: CommandContext): Promise<MessageResponse> {
  const { who, at, addedPacks, announce } = context;
  const result = await addedPacks.install(id, { id: who.id, name: who.name }, at);
  if (result.is !== 'installed') return { message: previewMessage(result), replace: true };
  const { pack } = result;
  const { name, isUsed, added } = pack;
  const news = packWords.announced(who.name, name, sizeOf(pack), added?.version ?? 1, isUsed);
  return { message: installedCard(pack), replace: true, onSent: () => announce(notice(news)) };
}

const sizeOf = ({ entries, questions }: ListedPack): string => packWords.size(entries, questions);

/**
 * Chooses the pack that look-ups and rounds use in this server. The choice changes what all members read, so it is
 * announced in the channel.
 */
export async function choosePack(key: string | undefined, context: CommandContext): Promise<MessageResponse> {
  const { who, addedPacks, announce } = context;
  const before = (await addedPacks.list()).packs.find(({ isUsed }) => isUsed);
  const pack = await addedPacks.use(key);
  if (!pack) return ephemeralNotice(packWords.noSuchPack(key ?? ''));
  if (before && before.key === key) return ephemeralNotice(packWords.usedAlready(pack.name));
  return {
    ...ephemeralNotice(packWords.used(pack.name)),
    onSent: () => announce(notice(packWords.announcedUse(who.name, pack.name, before?.name))),
  };
}

/** The schema of the name that a member types for a pack. */
const nameSchema = z.string().trim().min(1).max(maxName);

export async function renamePack(pack: ListedPack & { readonly key: string }, typed: string, context: CommandContext) {
  const name = nameSchema.safeParse(typed);
  if (!name.success || cleanInline(name.data) === cleanInline('')) return ephemeralNotice(packWords.badName);
  switch (await context.addedPacks.rename(pack.key, name.data)) {
    case 'renamed':
      return {
        ...ephemeralNotice(packWords.renamed(pack.name, name.data)),
        onSent: () => context.announce(notice(packWords.announcedName(context.who.name, pack.name, name.data))),
      };
    case 'taken':
      return ephemeralNotice(packWords.nameTaken(name.data));
    case 'unknown':
      return ephemeralNotice(packWords.noSuchPack(pack.name));
  }
}

/** Asks the member to confirm the removal of a pack. */
export async function askToRemove(pack: ListedPack, { addedPacks }: Services): Promise<MessageResponse> {
  return { message: removePackCard(pack, await shippedName(addedPacks)), ephemeral: true };
}

/** The name of the pack that ships with the bot. */
const shippedName = async (packs: AddedPacks): Promise<string> =>
  (await packs.list()).packs.find(({ key }) => key === undefined)?.name ?? '';

/** Removes a pack. If the server used the pack, announces the removal in the channel. */
export async function removePack(
  key: string,
  { who, addedPacks, at, announce }: CommandContext,
): Promise<MessageResponse> {
  const pack = await addedPacks.remove(key, at);
  if (!pack) return { message: notice(packWords.noSuchPack(key)), replace: true };
  if (!pack.isUsed) return { message: notice(packWords.removed(pack.name, undefined)), replace: true };
  const shipped = await shippedName(addedPacks);
  return {
    message: notice(packWords.removed(pack.name, shipped)),
    replace: true,
    onSent: () => announce(notice(packWords.announcedRemoval(who.name, pack.name, shipped))),
  };
}

export function exportedResponse({ name, key }: ListedPack, result: ExportResult): MessageResponse {
  switch (result.is) {
    case 'unknown':
      return ephemeralNotice(packWords.noSuchPack(name));
    case 'refused':
      return ephemeralNotice(packWords.notExported(name, result.problems));
    case 'exported': {
      const { file, lost } = result;
      const lines = [
        key === undefined ? packWords.exportedShipped(name) : packWords.exported(name),
        ...(lost.length > 0 ? [packWords.lost, ...lost.map((one) => `- ${one}`)] : []),
      ];
      return { message: message(textDisplay(lines.join('\n')), fileComponent(file.name)), file, ephemeral: true };
    }
  }
}
