import {
  commandGroup,
  optionalFile,
  optionalString,
  requiredChoice,
  requiredString,
  subcommand,
} from '../src/chat/command.ts';
import { identifier, index, oneOf, packId } from '../src/chat/component-parts.ts';
import { type Component, component, parts } from '../src/chat/component.ts';
import { fileComponent, message, textDisplay } from '../src/chat/message/message-components.ts';
import { choiceOf } from '../src/chat/message/modal-fields.ts';
import { ephemeralNotice, notice } from '../src/chat/message/notice.ts';
import {
  askToRemove,
  asManager,
  choosePack,
  exportedResponse,
  installPack,
  pasteModal,
  previewImport,
  previewMessage,
  removePack,
  renamePack,
  suggestPacks,
  withAddedPack,
  withPack,
} from '../src/chat/packs/pack-answers.ts';
import { packInfoCard, packListCard } from '../src/chat/packs/pack-cards.ts';
import { columnsCard, previewCard, previewPages } from '../src/chat/packs/preview-card.ts';
import {
  askFirst,
  decideOn,
  mendItem,
  openDraft,
  openMend,
  openReport,
  showItem,
  showList,
  takeReport,
} from '../src/chat/reports/report-answers.ts';
import { itemParts } from '../src/chat/reports/report-button.ts';
import { askedDecisions, decisions, type ItemName } from '../src/chat/reports/reports.ts';
import { packWords } from '../src/chat/words/pack-words.ts';

const packName = (description: string) => requiredString(description, { autocomplete: suggestPacks });

export default commandGroup({
  name: 'pack',
  description: 'Packs of facts and questions: see them, bring your own',
  ephemeral: true,
  subcommands: {
    list: subcommand({
      description: 'Which packs this server has',
      run: async (_, { addedPacks }) => ({ message: packListCard(await addedPacks.list()), ephemeral: true }),
    }),
    template: subcommand({
      description: 'A file to fill in with your own cards or facts',
      options: {
        format: requiredChoice('What you want to fill in', {
          csv: 'CSV: a table for any spreadsheet',
          anki: 'Anki: notes in plain text',
          yaml: 'YAML: a whole pack with sources and questions',
        }),
      },
      run({ format }, { addedPacks }) {
        const file = addedPacks.template(format);
        return {
          message: message(
            textDisplay(`${packWords.template[format]}\n${packWords.templateThen}`),
            fileComponent(file.name),
          ),
          file,
          ephemeral: true,
        };
      },
    }),
    import: subcommand({
      description: 'Bring your own material; a preview comes first (managers)',
      options: {
        file: optionalFile('A spreadsheet as CSV, an Anki or Quizlet export, a pack; without it you paste a text'),
        name: optionalString('The name of the pack; without it, the name of the file'),
      },
      run: ({ file, name }, context) =>
        asManager(context, () =>
          file ? previewImport({ file, ...(name !== undefined && { name }) }, context) : { modal: pasteModal(name) },
        ),
    }),
    use: subcommand({
      description: 'Choose the pack that look-ups and rounds use here (managers)',
      options: { name: packName('The name of the pack') },
      run: ({ name }, context) =>
        asManager(context, () => withPack(name, context, ({ key }) => choosePack(key, context))),
    }),
    reports: subcommand({
      description: 'What members reported: mend a question, add a note, retire it, or delete reports (managers)',
      run: (_, context) =>
        asManager(context, async () => ({ message: (await showList(0, context)).message, ephemeral: true })),
    }),
    info: subcommand({
      description: 'About one pack: its size, its version, who added it',
      options: { name: packName('The name of the pack') },
      run: ({ name }, context) =>
        withPack(name, context, async (pack) => ({
          message: packInfoCard(pack, pack.isUsed ? (await context.pack()).facts : undefined),
          ephemeral: true,
        })),
    }),
    rename: subcommand({
      description: 'Give a pack another name (managers)',
      options: { name: packName('The name of the pack'), to: requiredString('The new name') },
      run: ({ name, to }, context) =>
        asManager(context, () => withAddedPack(name, context, (pack) => renamePack(pack, to, context))),
    }),
    remove: subcommand({
      description: 'Remove a pack from this server; the bot asks first (managers)',
      options: { name: packName('The name of the pack') },
      run: ({ name }, context) =>
        asManager(context, () => withAddedPack(name, context, (pack) => askToRemove(pack, context))),
    }),
    export: subcommand({
      description: 'Get a pack as a file (managers)',
      options: {
        name: packName('The name of the pack'),
        format: requiredChoice('What kind of file', { yaml: 'YAML: everything', csv: 'CSV: a table of its cards' }),
      },
      run: ({ name, format }, context) =>
        asManager(context, () =>
          withPack(name, context, async (pack) =>
            exportedResponse(pack, await context.addedPacks.exportPack(pack.key, format)),
          ),
        ),
    }),
  },
  components: {
    paste: component(parts([]), (_, context, { text = '', name = '' }) =>
      asManager(context, () =>
        String(text).trim() === ''
          ? ephemeralNotice(packWords.pastedNothing)
          : previewImport({ text: String(text), ...(name !== '' && { name: String(name) }) }, context),
      ),
    ),
    page: component(parts([identifier, oneOf(previewPages), index]), ([id, page, at], { addedPacks, who }) => {
      const preview = addedPacks.previewed(id, who.id);
      return { message: preview ? previewCard(preview, page, at) : notice(packWords.expired), replace: true };
    }),
    columns: component(parts([identifier]), ([id], { addedPacks, who }) => {
      const preview = addedPacks.previewed(id, who.id);
      return { message: preview ? columnsCard(id, preview.material) : notice(packWords.expired), replace: true };
    }),
    column: component(parts([identifier, index]), async ([id, column], { addedPacks, who }, fields) => ({
      message: previewMessage(await addedPacks.readAgain(id, who.id, { column, role: choiceOf(fields) })),
      replace: true,
    })),
    header: component(parts([identifier, oneOf(['yes', 'no'])]), async ([id, header], { addedPacks, who }) => ({
      message: previewMessage(await addedPacks.readAgain(id, who.id, { header: header === 'yes' })),
      replace: true,
    })),
    install: component(parts([identifier]), ([id], context) => asManager(context, () => installPack(id, context))),
    cancel: component(parts([identifier]), ([id], { addedPacks, who }) => {
      addedPacks.cancel(id, who.id);
      return { message: notice(packWords.cancelled), replace: true };
    }),
    use: component(parts([packId]), ([key], context) =>
      asManager(context, async () => ({ ...(await choosePack(key, context)), replace: true })),
    ),
    remove: component(parts([packId]), ([key], context) => asManager(context, () => removePack(key, context))),
    keep: component(parts([]), () => ({ message: notice(packWords.kept), replace: true })),
    ...reportComponents(),
  },
});

/** The actions of the buttons, menus and forms with which members report an item and managers review the reports. */
function reportComponents(): Readonly<Record<string, Component>> {
  const item = parts([...itemParts]);
  const named = ([kind, id, pack]: readonly [ItemName['kind'], string, string]): ItemName => ({ kind, id, pack });
  return {
    report: component(item, (name, context) => openReport(named(name), context)),
    reported: component(item, (name, context, fields) => takeReport(named(name), fields, context)),
    reports: component(parts([index]), ([page], context) => asManager(context, () => showList(page, context))),
    item: component(parts([]), (_, context, fields) =>
      asManager(context, () => {
        const chosen = item.safeParse(choiceOf(fields).split(':'));
        return chosen.success ? showItem(named(chosen.data), context) : showList(0, context);
      }),
    ),
    decide: component(parts([oneOf(decisions), ...itemParts]), ([decision, ...name], context) =>
      asManager(context, () => decideOn(named(name), decision, context)),
    ),
    show: component(item, (name, context) => asManager(context, () => showItem(named(name), context))),
    ask: component(parts([oneOf(askedDecisions), ...itemParts]), ([decision, ...name], context) =>
      asManager(context, () => askFirst(named(name), decision, context)),
    ),
    mend: component(item, (name, context) => asManager(context, () => openMend(named(name), context))),
    mended: component(item, (name, context, fields) =>
      asManager(context, () => mendItem(named(name), fields, context)),
    ),
    draft: component(parts([]), (_, context) => asManager(context, () => openDraft(context))),
  };
}
