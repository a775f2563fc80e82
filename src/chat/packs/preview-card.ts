/**
 * The preview of a file that a member wants to import. The overview says what was found. Other pages show sample cards,
 * the rows that were left out, and how well the questions can be guessed. Every page has the buttons "Install" and
 * "Cancel".
 */
import { customId } from '../command.ts';
import { cleanInline, escapeInline, escapeMarkdown, escapePart, shorten } from '../message/escape-markdown.ts';
import {
  type ActionRow,
  actionRow,
  button,
  type Button,
  buttonStyle,
  type Component,
  container,
  type Message,
  message,
  selectRow,
  textDisplay,
} from '../message/message-components.ts';
import { packWords } from '../words/pack-words.ts';
import { limits } from '../limits.ts';
import type { MaterialColumn } from '../../core/material/material.ts';
import type { StrategyScore } from '../../core/questions/naive-strategies.ts';
import type { Material, PackChanges, Preview } from './added-packs.ts';

/**
 * The pages of a preview. `cards` shows a sample card. `rows` lists rows that were left out. `guesses` shows how often
 * simple strategies guess the right answers.
 */
export const previewPages = ['overview', 'cards', 'rows', 'guesses'] as const;
export type PreviewPage = (typeof previewPages)[number];

type PackMaterial = Extract<Material, { readonly kind: 'pack' }>;

/** Maximum number of left-out rows that a page lists. */
const rowsPerPage = 10;
/** Maximum number of titles that are listed for each kind of change. */
const namedChanges = 5;
/** Maximum number of columns with a select menu. Each select menu takes two of the 40 components of a message. */
const maxColumns = 8;
/** Maximum length of the name of a column in a select option. The rest of the option must be visible on a phone. */
const shownName = 16;

export function previewCard(preview: Preview, page: PreviewPage = 'overview', at = 0): Message {
  const { id, material } = preview;
  if (material.kind === 'columns') return columnsCard(id, material);
  return message(
    ...pageParts(preview, material, page, at),
    ...pageRow(id, material, page, at),
    actionRow(
      button(packWords.install, customId('pack', 'install', id), buttonStyle.success),
      button(packWords.cancel, customId('pack', 'cancel', id)),
    ),
    textDisplay(`-# ${packWords.lives} ${packWords.installSays} ${packWords.otherName}`),
  );
}

function pageParts(preview: Preview, material: PackMaterial, page: PreviewPage, at: number): readonly Component[] {
  switch (page) {
    case 'overview':
      return [overview(preview, material)];
    case 'cards': {
      const card = material.cards[at % Math.max(1, material.cards.length)];
      return [
        textDisplay(`-# ${packWords.sample((at % material.cards.length) + 1, material.cards.length)}`),
        ...(card?.components ?? []),
      ];
    }
    case 'rows':
      return [container([textDisplay(leftOutText(material, at))])];
    case 'guesses':
      return [container([textDisplay(guessesText(material))])];
  }
}

const overviewId = (id: string): string => customId('pack', 'page', id, 'overview', 0);

/** The buttons that lead to the other pages. */
function pageRow(id: string, material: PackMaterial, page: PreviewPage, at: number): readonly ActionRow[] {
  const { cards, leftOut, strategies, columns } = material;
  const to = (label: string, target: PreviewPage, index: number): Button =>
    button(label, customId('pack', 'page', id, target, index));
  const pages = Math.ceil(leftOut.length / rowsPerPage);
  const buttons = [
    ...(page === 'overview' ? [] : [button('Overview', overviewId(id))]),
    ...(cards.length === 0
      ? []
      : page === 'cards'
        ? [to(packWords.nextCard, 'cards', (at + 1) % cards.length)]
        : [to('Sample cards', 'cards', 0)]),
    ...(leftOut.length === 0
      ? []
      : page === 'rows'
        ? pages > 1
          ? [to('More rows', 'rows', (at + 1) % pages)]
          : []
        : [to(packWords.seeLeftOut(leftOut.length), 'rows', 0)]),
    ...(strategies.length > 0 && page !== 'guesses' ? [to(packWords.seeStrategies, 'guesses', 0)] : []),
    ...(columns && page === 'overview' ? [button(packWords.otherColumns, customId('pack', 'columns', id))] : []),
  ];
  return buttons.length > 0 ? [actionRow(...buttons)] : [];
}

function overview({ changes }: Preview, material: PackMaterial): Component {
  const { name, readAs, columns = [], entries, questions, leftOut, remarks } = material;
  const texts = [
    `-# ${packWords.previewOnly}`,
    `## ${escapeInline(name)}`,
    `**${packWords.readAs}**: ${escapeMarkdown(readAs)}`,
    ...(columns.length > 0 ? [`**${packWords.columns}**: ${columnRoles(columns)}`] : []),
    `**${packWords.found}**: ${packWords.size(entries, questions)}`,
    ...(questions === 0 ? [packWords.onlyLookUps] : []),
    ...remarks.map((remark) => `**${packWords.alsoSays}**: ${escapePart(remark)}`),
    leftOut.length === 0 ? packWords.leftOutNone : `**${packWords.leftOutTitle(leftOut.length)}.** ${packWords.partly}`,
    ...(changes ? [changesText(name, changes)] : []),
  ];
  return container([textDisplay(texts.join('\n'))]);
}

function columnRoles(columns: readonly MaterialColumn[]): string {
  const roles = columns
    .slice(0, maxColumns)
    .map(({ name, role }) => packWords.columnWithRole(name, packWords.roles[role]));
  return `${roles.join('; ')}${columns.length > roles.length ? ' …' : '.'}`;
}

function changesText(name: string, changes: PackChanges): string {
  const kinds = (['added', 'changed', 'gone'] as const).filter((kind) => changes[kind].length > 0);
  const lines = kinds.map((kind) => packWords.changes[kind](changes[kind].length, examplesOf(changes[kind])));
  if (lines.length === 0) return `**${packWords.changesNothing(name)}**`;
  return [`**${packWords.changesTitle(name)}**`, ...lines, packWords.progressKept].join('\n');
}

function examplesOf(titles: readonly string[]): string {
  const named = titles.slice(0, namedChanges).map((title) => escapeInline(title, 40));
  return `: ${named.join(', ')}${titles.length > named.length ? ' …' : ''}`;
}

function leftOutText({ leftOut }: PackMaterial, page: number): string {
  const shown = leftOut.slice(page * rowsPerPage, (page + 1) * rowsPerPage);
  return [
    `### ${packWords.leftOutTitle(leftOut.length)}`,
    ...shown.map(({ line, reason, instead }) =>
      packWords.leftOutLine(line, shorten(reason, 150), shorten(instead, 150)),
    ),
  ].join('\n');
}

/**
 * Whether a strategy does clearly better than chance: it answers more than a third of its questions right. The strategy
 * "an option that is right somewhere" chooses an option that is the right answer to some question of the pack. Its
 * limit is half of its questions, because a member can use it only after learning all right answers of the pack.
 */
const isClear = ({ strategy, share }: StrategyScore): boolean =>
  share > (strategy === 'an option that is right somewhere' ? 1 / 2 : 1 / 3);

function guessesText({ strategies }: PackMaterial): string {
  const rows = strategies.filter(({ questions }) => questions > 0);
  const all = Math.max(...rows.map(({ questions }) => questions));
  return [
    `### ${packWords.seeStrategies}`,
    ...(rows.length === 0
      ? [packWords.noStrategies]
      : [
          rows.some(isClear) ? packWords.easyToGuess : packWords.hardToGuess,
          packWords.strategiesCount(all),
          ...rows.map((row) => {
            const { strategy, share, questions } = row;
            return packWords.strategy(strategy, share, isClear(row), questions < all ? questions : undefined);
          }),
        ]),
  ].join('\n');
}

/**
 * Asks for the role of each column of a table. After each choice, the bot reads the file again. If the columns are known
 * already, a button leads back to the preview.
 */
export function columnsCard(id: string, { kind, name, readAs, columns = [], hasHeader = true }: Material): Message {
  const hasPreview = kind === 'pack';
  // The button changes whether the first row is read as the names of the columns or as a card.
  const other = hasHeader ? 'no' : 'yes';
  return message(
    container([
      textDisplay(
        [
          `## ${escapeInline(name)}`,
          `**${packWords.readAs}**: ${escapeMarkdown(readAs)}`,
          hasPreview ? packWords.changeColumns() : packWords.chooseColumns,
          ...columns.slice(0, maxColumns).map((one) => packWords.column(one.name, one.samples)),
        ].join('\n'),
      ),
      ...columns.slice(0, maxColumns).map((one, index) => columnSelect(id, one, index)),
    ]),
    actionRow(
      ...(hasPreview ? [button(packWords.keepColumns, overviewId(id), buttonStyle.primary)] : []),
      button(packWords.firstRow[other], customId('pack', 'header', id, other)),
      button(packWords.cancel, customId('pack', 'cancel', id)),
    ),
    textDisplay(`-# ${packWords.lives}`),
  );
}

function columnSelect(id: string, { name, role }: NonNullable<Material['columns']>[number], index: number): ActionRow {
  return selectRow(
    customId('pack', 'column', id, index),
    shorten(packWords.columnRole(cleanInline(name, 60)), limits.placeholder),
    Object.entries(packWords.roles).map(([value, label]) => ({
      value,
      label: shorten(`“${cleanInline(name, shownName)}” – ${label}`, limits.optionLabel),
      ...(value === role && { default: true }),
    })),
  );
}

/**
 * Splits a text about a mistake, such as `pack.yaml:12, volga, summary: is missing`, into its parts (see `locationIn`).
 * Undefined if the text contains no line number.
 */
function mistakeParts(problem: string) {
  const read = /^[^:]*:(\d+)(?:, ([^:]+?))??(?:, ([^,:]+))?: (.+)$/s.exec(problem);
  if (!read) return undefined;
  const [, line = '', name, field, what = ''] = read;
  return { line, name: name ?? field, field: name === undefined ? undefined : field, what };
}

/**
 * Rewords a text about a mistake, so that it names the line, the entry and the field in words. If the text contains no
 * line number, returns it unchanged.
 */
function inWords(problem: string): string {
  const read = mistakeParts(problem);
  return read ? packWords.mistakeInLine(read.line, read.name, read.field, read.what) : problem;
}

/**
 * Whether a mistake is in a field of a YAML pack. If so, the card says that the YAML template shows how to write
 * fields.
 */
const isInField = (problem: string): boolean =>
  mistakeParts(problem)?.name !== undefined || problem.includes('there is no part');

/** Lists the first ten mistakes, shortened so that they fit into one message. */
export function mistakesCard(problems: readonly string[]): Message {
  const most = 10;
  const lines = problems.slice(0, most).map((problem) => `- ${escapeMarkdown(shorten(inWords(problem), 300))}`);
  const more = problems.length - lines.length;
  return message(
    textDisplay([packWords.refused, ...lines, ...(more > 0 ? [packWords.moreProblems(more)] : [])].join('\n')),
    ...(problems.some(isInField) ? [textDisplay(`-# ${packWords.fieldsHow}`)] : []),
  );
}
