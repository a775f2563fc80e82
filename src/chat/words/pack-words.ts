/** The sentences of /pack. These functions escape the texts of members and packs. */
import type { StrategyName } from '../../core/questions/naive-strategies.ts';
import { formatDay } from '../cards/format-dates.ts';
import type { TemplateFormat } from '../packs/added-packs.ts';
import { escapeInline, escapeMarkdown } from '../message/escape-markdown.ts';
import { percent, pluralize } from './labels.ts';

const quoted = (name: string): string => `“${escapeInline(name)}”`;

export const packWords = {
  whatIsPack: 'A pack is a collection of facts and questions. A server uses one at a time for look-ups and rounds.',
  listTitle: 'Packs of this server',
  listTitlePrivate: 'The pack that I use here',
  inUse: 'in use',
  ships: 'ships with the bot',
  size: (entries: number, questions: number) =>
    `${pluralize(entries, 'entry', 'entries')}, ${pluralize(questions, 'question')}`,
  addedBy: (by: string | undefined, at: number, version: number) =>
    `version ${version}, added ${by === undefined ? '' : `by ${escapeInline(by)} `}on ${formatDay(at)}`,
  room: (added: number, most: number) =>
    `This server has ${added} of at most ${pluralize(most, 'pack')} of its own. Members who may manage the server add one with /pack import, choose one with /pack use and remove one with /pack remove; /pack template gives a file to fill in.`,
  serverOnly:
    'Packs of your own belong to a server. Here I use the pack that ships with the bot; /pack list, /pack info and /pack template work here.',
  noSuchPack: (typed: string) => `There is no pack ${quoted(typed)} here. /pack list shows all packs.`,
  fromOtherPack: (name: string | undefined) =>
    name === undefined
      ? 'This message is about a pack that this server no longer has. Look for it again by name.'
      : `This message is about the pack ${quoted(name)}, and this server uses another pack now. Somebody who may manage the server can choose it again with /pack use.`,
  shippedStays: 'The pack that ships with the bot cannot be changed or removed. /pack use can choose another pack.',

  /** For each format of the template: says which parts of the file are needed, and shows an example from the file. */
  template: {
    csv: 'The columns **front** (a word or question) and **back** (the right answer) are needed. The others may stay empty or be left out. Each wrong answer has a column of its own; without wrong answers a question uses the answers of similar cards.\nThe first row names the columns:\n`front,back,wrong answer 1,wrong answer 2,wrong answer 3,note,topic,date,source`\nA row with a card, for example:\n`Gold,Au,Go,Gd,Ag,From Latin aurum,Metals,,`',
    anki: 'The first two columns, front and back, are needed; the third, tags, may stay empty. A tab stands between them. Leave the lines with # at the top as they are.\nA row, for example: `Gold\tAu\tmetals`',
    yaml: 'The part **pack** (title, source, topics) and at least one entry or card are needed. Questions may be left out. Keep the spaces at the beginning of each line.\nA card, for example: `front: Silver` and below it `back: Ag`',
  } satisfies Readonly<Record<TemplateFormat, string>>,
  templateThen:
    'Write your own in place of the examples. Somebody who may manage the server then imports the file with /pack import; a preview comes first.',
  exported: (name: string) => `The pack ${quoted(name)} as a file. /pack import reads it again.`,
  exportedShipped: (name: string) =>
    `The pack ${quoted(name)} as a file. To bring it back with changes of your own, use /pack import and give it another name. It is then a pack of this server: its labels name that pack and not the article, and everybody’s progress in it begins anew.`,
  notExported: (name: string, problems: readonly string[]) =>
    [`${quoted(name)} cannot be exported in this format:`, ...problems.map((one) => `- ${escapeMarkdown(one)}`)].join(
      '\n',
    ),
  lost: 'The file does not hold everything:',
  changesNotExported: (count: number) =>
    `${pluralize(count, 'item')} that this server has changed or retired: the file has the original wording. The changes stay in this server, even if the file is imported again.`,

  pasteTitle: 'Paste cards or a pack',
  pasteText: 'Text',
  pasteHow: 'One card a line, front and back separated by a tab, a semicolon or a comma; or a whole pack (YAML)',
  pasteName: 'Name of the pack',
  pastedNothing: 'Nothing was pasted. Type /pack import again.',

  readAs: 'Read as',
  found: 'Found',
  alsoSays: 'Note',
  onlyLookUps: 'There are no questions in it. Members can look its entries up.',
  sample: (at: number, of: number) => `Sample card ${at} of ${of}`,
  nextCard: 'Next card',
  leftOutTitle: (count: number) => `Left out: ${pluralize(count, 'row')}`,
  leftOutNone: 'Nothing was left out.',
  leftOutLine: (line: number, reason: string, instead: string) =>
    `- **Line ${line}**: ${escapeMarkdown(reason)}; ${escapeMarkdown(instead)}`,
  seeLeftOut: (count: number) => `See what was left out (${count})`,
  partly: 'The rest of the file can be installed.',
  seeStrategies: 'How easy are the questions to guess?',
  hardToGuess: 'Good: no trick does clearly better than chance, which answers 25 % right.',
  easyToGuess:
    'Some questions are easy to guess: the tricks in **bold** do clearly better than chance, which answers 25 % right. It helps if wrong answers are as long as the right one and worded like it.',
  strategiesCount: (questions: number) =>
    `The share of the ${pluralize(questions, 'question')} that a member gets right without reading them:`,
  noStrategies: 'No question has four options, so there is nothing to guess.',
  strategies: {
    'the longest option': 'Always choosing the longest answer',
    'the shortest option': 'Always choosing the shortest answer',
    'the most hedged option': 'Choosing an answer with a cautious word, such as “may” or “perhaps”',
    'the most theme words': 'Choosing the answer with the most words that are frequent in the titles of the pack',
    'a title or alias of the pack': 'Choosing an answer that is a title in the pack',
    'theme words and titles together': 'Choosing by frequent words and titles together',
    'a middle value of ordered options': 'Choosing a number or date that is neither the lowest nor the highest',
    'the order nearest to the others': 'Choosing the order that is most like the other orders',
    'an option that is right somewhere': 'Choosing an answer that is right in some question of the pack',
  } satisfies Readonly<Record<StrategyName, string>>,
  /**
   * The line about one strategy for guessing. `questions` is the number of questions in which the strategy can be used.
   * Undefined if it can be used in all questions.
   */
  strategy: (name: StrategyName, share: number, isClear: boolean, questions: number | undefined) => {
    const said = `${packWords.strategies[name]}: ${percent(share, 1)}`;
    return `- ${isClear ? `**${said}**` : said}${questions === undefined ? '' : ` of ${pluralize(questions, 'question')}`}`;
  },
  changesTitle: (name: string) => `This server already has a pack ${quoted(name)}. Installing this one changes it:`,
  changesNothing: (name: string) =>
    `This server already has a pack ${quoted(name)}, and this one has the same entries and cards.`,
  changes: {
    added: (count: number, examples: string) => `- ${count} added${examples}`,
    changed: (count: number, examples: string) => `- ${count} changed${examples}`,
    gone: (count: number, examples: string) => `- ${count} gone${examples}`,
  },
  progressKept: 'Members keep their progress in entries that stay.',
  lives: 'The buttons of this preview work for 15 minutes.',
  installSays: 'Only you see the preview; Install tells the channel about the pack.',
  otherName: 'To give it another name: /pack import name:…',
  install: 'Install',
  cancel: 'Cancel',
  cancelled: 'Nothing was installed.',
  expired:
    'This preview has expired: a preview is kept for 15 minutes and is lost when the bot restarts. Nothing was installed. Type /pack import again.',
  busy: 'Other files are being read just now. Try again in a minute.',
  full: (most: number) =>
    `This server has ${pluralize(most, 'pack')} of its own and cannot have more. Remove one with /pack remove, or give this one the name of the pack that it should replace.`,
  refused: 'This cannot be imported yet. Correct this, then type /pack import again:',
  /**
   * A mistake in a line of the file. `name` is the id or title of the part that has the mistake, which is usually an
   * entry. `name` and `field` may be absent.
   */
  mistakeInLine: (line: string, name: string | undefined, field: string | undefined, what: string) => {
    const isMissing = field !== undefined && what.startsWith('is missing');
    const place = [`Line ${line}`, ...(name === undefined ? [] : [`in “${name}”`])];
    return isMissing
      ? `${place.join(', ')}: the field “${field}” ${what}`
      : `${[...place, ...(field === undefined ? [] : [`field “${field}”`])].join(', ')}: ${what}`;
  },
  fieldsHow:
    'What the fields of a pack are called and how they are written: see the file of /pack template format:YAML.',
  moreProblems: (count: number) => `… and ${count} more`,
  chooseColumns:
    'This is a table. Each menu below is for one of its columns: choose one column for the front of the cards and one for the back. The preview then follows by itself.',
  changeColumns: () =>
    `Each menu below is for one column and says what becomes of it. Choose anew where it is wrong; the preview then follows by itself. **${packWords.keepColumns}** goes back to the preview.`,
  column: (name: string, samples: readonly string[]) =>
    `**${escapeInline(name)}** ${samples.map((sample) => escapeInline(sample, 40)).join(' · ')}`,
  previewOnly: 'Preview: nothing is installed yet.',
  columns: 'Columns',
  columnWithRole: (name: string, role: string) => `“${escapeInline(name, 40)}” – ${role}`,
  columnRole: (name: string) => `“${name}” – choose …`,
  roles: {
    front: 'front of the card',
    back: 'back of the card',
    wrong: 'wrong answer',
    tags: 'tags or topics',
    date: 'date',
    source: 'source',
    extra: 'note below the back',
    ignore: 'left out',
  },
  firstRow: { yes: 'Use the first row as column names', no: 'Use the first row as a card, too' },
  otherColumns: 'Choose other columns',
  keepColumns: 'Keep these columns',
  nameTaken: (name: string) => `There is a pack ${quoted(name)} already. Give this one another name.`,
  badName: 'A name needs 1 to 60 visible characters.',

  installed: (name: string, isUsed: boolean) =>
    `${quoted(name)} is installed.${isUsed ? ' Look-ups and rounds here use it.' : ' Look-ups and rounds of the whole server still use another pack. The button below changes that for everybody, and /pack use changes it back.'}`,
  useNow: 'Use it on this server',
  announced: (who: string, name: string, size: string, version: number, isUsed: boolean) =>
    `${escapeInline(who)} ${version === 1 ? 'added the pack' : 'installed a new version of the pack'} ${quoted(name)}: ${size}.${isUsed ? '' : ' Look-ups and rounds use it once somebody who may manage the server chooses it with /pack use.'}`,
  used: (name: string) => `Look-ups and rounds on this server now use ${quoted(name)}.`,
  usedAlready: (name: string) => `Look-ups and rounds on this server use ${quoted(name)} already.`,
  /** `before` is the name of the pack that the server used before, if it still has that pack. */
  announcedUse: (who: string, name: string, before: string | undefined) =>
    `${escapeInline(who)} chose the pack ${quoted(name)} for this server: from now on look-ups and rounds use it${before === undefined ? '' : ` instead of ${quoted(before)}`}. Somebody who may manage the server can choose another one with /pack use. Rounds that are being played finish with the questions they have.`,
  renamed: (from: string, to: string) => `${quoted(from)} is now called ${quoted(to)}.`,
  announcedName: (who: string, from: string, to: string) =>
    `${escapeInline(who)} renamed the pack ${quoted(from)}: it is now called ${quoted(to)}.`,
  /**
   * `name` is the pack to remove. If the server uses this pack, the pack that ships with the bot takes its place, and
   * `shipped` is the name of that pack. Otherwise `shipped` is undefined.
   */
  askRemove: (name: string, shipped: string | undefined) =>
    `Remove ${quoted(name)} from this server? ${shipped === undefined ? '' : `It is in use: look-ups and rounds of the whole server then use ${quoted(shipped)} again. `}Progress in it is kept for 30 days in case it comes back under this name, and then deleted. /pack export saves its content first.`,
  remove: 'Remove it',
  keep: 'Keep it',
  kept: 'Nothing was removed.',
  announcedRemoval: (who: string, name: string, shipped: string) =>
    `${escapeInline(who)} removed the pack ${quoted(name)}: look-ups and rounds on this server use ${quoted(shipped)} again.`,
  removed: (name: string, shipped: string | undefined) =>
    `${quoted(name)} is removed.${shipped === undefined ? '' : ` Look-ups and rounds here use ${quoted(shipped)} again.`}`,
} as const;
