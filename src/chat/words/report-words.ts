/** The sentences of reports and of /pack reports. These functions escape the texts of members and packs. */
import type { ItemKind, MistakeKind } from '../../core/reports/reported-items.ts';
import type { Decision, ReviewedItem, ShownReport } from '../reports/reports.ts';
import { formatDay } from '../cards/format-dates.ts';
import { escapeInline, escapePart, shorten } from '../message/escape-markdown.ts';
import { percent, pluralize } from './labels.ts';

/**
 * If sending a form also deletes the reports of the item, the explanation of the form's button ends with this sentence.
 */
const formDeletes = (isReported: boolean): string =>
  isReported ? ' Sending the form also deletes the reports for good.' : '';

export const reportWords = {
  report: 'Report',
  title: 'Report a mistake',
  mistakeField: 'What is wrong?',
  mistakes: {
    wrong: 'What it says is wrong',
    several: 'Several answers are right, or none is',
    unclear: 'It is unclear or badly worded',
    outdated: 'It is out of date',
    source: 'The source or the label is wrong',
    other: 'Something else',
  } satisfies Readonly<Record<MistakeKind, string>>,
  answerField: 'Which answer is it about?',
  wordsField: 'In your words',
  wordsHow: {
    question: 'What is wrong, and what would be right? Letters such as B say nothing: they differ in each round.',
    entry: 'What is wrong, and what would be right?',
  } satisfies Readonly<Record<ItemKind, string>>,
  about: (title: string) => `**About**: ${escapePart(shorten(title, 200))}`,
  whoReads:
    'Those who manage this server read this with your name. It is not posted. If you have reported this before, the new report takes the place of the earlier one.',
  chooseMistake: 'Nothing was reported: no mistake was chosen. Press Report again.',

  reported: (isReplaced: boolean, isAside: boolean) =>
    `${isReplaced ? 'Your report replaces your earlier one.' : 'Reported, thank you.'} ${isAside ? 'Several members have reported this. From now on it is left out here, until somebody who manages the server has decided; cards that are already posted stay.' : 'Those who manage this server can read your report.'}`,
  retired: 'This is not asked or shown here any more, so there is nothing to report.',
  gone: 'The pack no longer has this, so there is nothing to report.',
  ownFull:
    'You have too many open reports here. You can report more when those who manage the server have decided on some of them with /pack reports.',
  full: 'This server has too many open reports. New ones are taken when those who manage the server have decided on some of them with /pack reports.',
  enough: 'Many members have reported this already. Those who manage the server can read the reports.',
  serverOnly:
    'Reports go to those who manage a server, so they work only in a server that has added me. Tell whoever runs the bot about a mistake in the pack that ships with it.',
  noItem:
    'There is nothing to report on this message. Use Report on a card about one entry, or on a question of a round.',

  listTitle: 'Reports and changes',
  nothing: 'Nobody has reported anything in this pack, and nothing is changed here.',
  how: 'Members report with the button Report on cards and answers, or with Report in the menu of a message (⋯, Apps). What you change is changed in this server alone; the pack itself stays as it is.',
  elsewhere: (count: number) =>
    `${pluralize(count, 'reported or changed item')} in packs that this server does not use now. To see them, choose the pack with /pack use.`,
  page: (page: number, pages: number) => `page ${page} of ${pages}`,
  openItem: 'Look at one of them',
  back: 'Back to the list',
  kinds: { question: 'Question', entry: 'Entry' } satisfies Readonly<Record<ItemKind, string>>,
  states: {
    used: '',
    aside: 'set aside',
    retired: 'retired',
    gone: 'no longer in the pack',
  } satisfies Readonly<Record<ReviewedItem['state'], string>>,
  mends: {
    none: '',
    used: 'mended',
    outdated: 'mended, but a newer version of the pack has changed it, so the pack’s wording is asked',
  } satisfies Readonly<Record<ReviewedItem['mend'], string>>,
  withNote: 'with a note of this server',
  count: (reports: number) => (reports === 0 ? '' : pluralize(reports, 'report')),
  goneTitle: (id: string) => `No longer in the pack: ${escapeInline(id)}`,
  rightAnswer: (answer: string) => `**Right answer**: ${escapePart(answer)}`,
  wrongAnswers: (answers: readonly string[]) =>
    `**Wrong answers**: ${answers.map((answer) => escapeInline(answer, 100)).join('; ')}`,
  asideHow: (kind: ItemKind, isReported: boolean) =>
    `Three members have reported it, so it is not asked or shown here until you decide: ${kind === 'entry' ? '' : `**${reportWords.mend.question(isReported)}**, `}**${isReported ? reportWords.dismiss.aside : reportWords.release}** or **${reportWords.retire}**.${kind === 'entry' ? ' A note alone leaves it set aside.' : ''}`,
  sums: (asked: number, answered: number, right: number) =>
    `**Asked** in ${pluralize(asked, 'round')}, ${pluralize(answered, 'answer')}, ${right} right (${percent(right, answered)})`,
  wrongTaken: (option: string, count: number, answered: number) =>
    `- ${escapeInline(option, 80)}: ${count} (${percent(count, answered)})`,
  noSums: (fewest: number) =>
    `How often it was asked and answered right is shown when at least ${fewest} members have answered it here.`,
  reportsTitle: (count: number) => `**${pluralize(count, 'report')}**`,
  reportLine: ({ mistake, answer, words, name, at }: ShownReport) =>
    `- **${reportWords.mistakes[mistake]}**${answer === undefined ? '' : `, about the answer “${escapeInline(answer, 60)}”`}${words === '' ? '' : `: ${escapeInline(words, 200)}`} — ${escapeInline(name, 40)}, ${formatDay(at)}`,
  moreReports: (count: number) => `… and ${count} more`,
  noReports: 'No open reports.',

  mendDoes: ({ kind, isOwnPack, note, reports }: ReviewedItem) =>
    kind === 'question'
      ? `**${reportWords.mend.question(reports.length > 0)}**: write the question, its answers and its explanation anew, for this server only.${formDeletes(reports.length > 0)}`
      : `**${reportWords.mend.entry(note !== undefined)}**: write a note of this server for the card; the text itself cannot be changed here.${reports.length > 0 ? ' The reports of members stay until you delete them.' : ''} ${isOwnPack ? 'To correct the text itself, correct the file of the pack and import it again under the same name.' : 'The text comes with the bot, so a note is all that a server can add.'}`,
  retireDoes: (isReported: boolean) =>
    `**Retire**: not asked or shown here any more; it can be brought back.${isReported ? ' The bot asks first: the reports are deleted for good.' : ''}`,
  dismissDoes: (isAside: boolean) =>
    `**${isAside ? reportWords.dismiss.aside : reportWords.dismiss.used}**: they are dealt with, or nothing is wrong; it is asked and shown as before. The bot asks first.`,
  releaseDoes: '**Ask and show it again**: its reports are gone, and it is asked and shown here as before.',

  /**
   * The label of the button that opens the form of `mendModal`. For a question, the label says whether sending the form
   * also deletes the reports.
   */
  mend: {
    question: (isReported: boolean) => (isReported ? 'Mend and delete reports' : 'Mend'),
    entry: (hasNote: boolean) => (hasNote ? 'Change the note' : 'Add a note'),
  },
  unmend: { question: 'Undo the mend', entry: 'Remove the note' } satisfies Readonly<Record<ItemKind, string>>,
  /** `aside`: the item is set aside. After its reports are deleted, the item is used again. */
  dismiss: { used: 'Delete reports', aside: 'Use again and delete reports' },
  release: 'Ask and show it again',
  retire: 'Retire',
  bringBack: 'Bring it back',
  askDismiss: (kind: ItemKind, title: string, reports: number) =>
    `Delete ${reports === 1 ? 'the report' : `all ${reports} reports`} of the ${kind} **${escapePart(shorten(title, 200))}**? What the members wrote is then gone for good, and it is asked and shown here as before.`,
  dismissSure: (reports: number, isAside: boolean) =>
    `${isAside ? 'Use again and delete' : 'Delete'} ${pluralize(reports, 'report')}`,
  askRetire: (kind: ItemKind, title: string, reports: number) =>
    `Retire the ${kind} **${escapePart(shorten(title, 200))}**? It is then not asked or shown here any more, until you bring it back. ${reports === 1 ? 'Its report is' : `Its ${reports} reports are`} deleted for good: **Bring it back** does not bring back what the members wrote.`,
  retireSure: (reports: number) => `Retire and delete ${pluralize(reports, 'report')}`,
  cancel: 'Cancel',
  decided: {
    retire: 'Retired: it is not asked or shown here any more. Points already given stay.',
    back: 'It is asked and shown here again.',
    dismiss:
      'The reports are deleted, and it is asked and shown here as before. If the same members report it again, that does not count towards the three reports that set it aside.',
    unmend: { question: 'The wording of the pack is asked again.', entry: 'The note of this server is removed.' },
  } satisfies Readonly<Record<Decision, string | Readonly<Record<ItemKind, string>>>>,
  mendTitle: 'Mend a question and delete its reports',
  fields: {
    ask: 'Question',
    answer: 'Right answer',
    wrong: 'Wrong answers',
    explanation: 'Explanation',
    difficulty: 'Difficulty',
  },
  wrongHow: 'Three to five, one on each line (true or false: one; a typed year: none)',
  difficultyHow: '1 (easy), 2 (medium) or 3 (hard)',
  noteTitle: 'Write a note',
  noteWhat:
    'The card shows it with the label “Note of this server”; the text itself stays, and so do open reports about it.',
  noteField: 'Note of this server',
  noteHow: 'What is wrong or missing, and what is right',
  noteHowAgain: 'What is wrong or missing, and what is right. Leave it empty to remove the note',
  noted: ({ note, state }: Pick<ReviewedItem, 'note' | 'state'>) =>
    note === undefined
      ? reportWords.decided.unmend.entry
      : `The note is saved. ${state === 'used' ? 'The card shows it from now on.' : 'The card shows it once the entry is used again.'}`,
  mended:
    'Mended: from the next round on, this wording is asked here, with the label “mended by this server”. Points already given stay.',
  mistakesInForm: 'Nothing is changed yet. Please correct this:',
  backToForm: 'Back to the form',
  noDraft: 'What you typed was kept for 15 minutes and is gone now. Open the form again with /pack reports.',
  mendGone: 'The pack that this server uses does not have this, so there is nothing to change.',
  mendFull: 'This server has changed as many questions and entries as it may. Undo a mend or remove a note first.',
  otherPack: 'This is about a pack that this server does not use now. /pack use chooses another pack.',
} as const;
