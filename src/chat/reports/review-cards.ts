/**
 * The cards of /pack reports: a list of reported and changed items, and one item with its reports and its buttons. An
 * item is a question or an entry. An item that is set aside is left out of rounds and look-ups until a manager decides.
 */
import { minMembers } from '../../core/scores/min-members.ts';
import { customId } from '../command.ts';
import { cleanInline, escapeMarkdown, escapePart, shorten } from '../message/escape-markdown.ts';
import {
  actionRow,
  button,
  type Button,
  buttonStyle,
  container,
  type Message,
  message,
  selectRow,
  textDisplay,
} from '../message/message-components.ts';
import { limits } from '../limits.ts';
import { cardWords } from '../words/card-words.ts';
import { paragraphList } from '../words/labels.ts';
import { reportWords } from '../words/report-words.ts';
import { itemId } from './report-button.ts';
import type { AskedDecision, Decision, ItemName, ReviewedItem, ReviewList } from './reports.ts';

const itemsPerPage = 10;
/** Maximum number of reports that the card of an item lists. */
const listedReports = 4;
/** Maximum number of wrong options that the card of an item lists. */
const listedOptions = 5;
/** Maximum length of an entry's text on the card of the item. */
const shownText = 300;

/** One page of the list. `at` is the index of the page. */
export function reviewListCard({ packTitle, items, elsewhere }: ReviewList, at = 0): Message {
  const pages = Math.max(1, Math.ceil(items.length / itemsPerPage));
  const page = Math.min(at, pages - 1);
  const shown = items.slice(page * itemsPerPage, (page + 1) * itemsPerPage);
  const numbered = pages > 1 ? ` · ${reportWords.page(page + 1, pages)}` : '';
  const turn = (label: string, to: number) =>
    button(label, customId('pack', 'reports', Math.max(0, to)), buttonStyle.secondary, to < 0 || to >= pages);
  return message(
    container([
      textDisplay(`## ${reportWords.listTitle}\n-# ${escapePart(packTitle)}${numbered}`),
      textDisplay(shown.length === 0 ? reportWords.nothing : shown.map(listLine).join('\n')),
      ...(elsewhere > 0 ? [textDisplay(`-# ${reportWords.elsewhere(elsewhere)}`)] : []),
      textDisplay(`-# ${reportWords.how}`),
      ...(shown.length > 0 ? [selectRow(customId('pack', 'item'), reportWords.openItem, shown.map(optionOf))] : []),
      ...(pages > 1 ? [actionRow(turn('Earlier', page - 1), turn('Later', page + 1))] : []),
    ]),
  );
}

const mendOf = (kind: ReviewedItem['kind'], mend: ReviewedItem['mend']): string =>
  kind === 'entry' && mend === 'used' ? reportWords.withNote : reportWords.mends[mend];

const stateOf = ({ kind, state, mend, reports }: ReviewedItem): string =>
  [reportWords.kinds[kind], reportWords.count(reports.length), reportWords.states[state], mendOf(kind, mend)]
    .filter((text) => text !== '')
    .join(' · ');

/** Maximum length of a title in the list, so that a page fits into a message. */
const listedTitle = 120;

const titleOf = ({ title, id }: ReviewedItem, most = Infinity): string =>
  title === undefined ? reportWords.goneTitle(id) : escapeMarkdown(shorten(title, most));

const listLine = (item: ReviewedItem): string => `**${titleOf(item, listedTitle)}**\n-# ${stateOf(item)}`;

const optionOf = (item: ReviewedItem) => ({
  value: itemId(item).join(':'),
  label: cleanInline(item.title ?? reportWords.goneTitle(item.id), limits.optionLabel),
  description: cleanInline(stateOf(item), limits.optionLabel),
});

/** The card of one item. `news` is a sentence about the change that was just made. */
export function reviewedItemCard(item: ReviewedItem, news?: string): Message {
  const { kind, text, answer, wrong = [], state, note } = item;
  return message(
    ...(news === undefined ? [] : [textDisplay(news)]),
    container([
      textDisplay(`### ${titleOf(item)}\n-# ${stateOf(item)}`),
      ...(text === undefined ? [] : [textDisplay(escapeMarkdown(shorten(text, shownText)))]),
      ...(item.label === undefined ? [] : [textDisplay(`-# ${statedBy(item.label, item.paragraphs ?? [])}`)]),
      ...(answer === undefined ? [] : [textDisplay([reportWords.rightAnswer(answer), ...wrongText(wrong)].join('\n'))]),
      ...(note === undefined ? [] : [textDisplay(`**${cardWords.serverNote}**: ${escapePart(note)}`)]),
      ...(state === 'aside' ? [textDisplay(reportWords.asideHow(kind, item.reports.length > 0))] : []),
      ...sumsTexts(item),
      textDisplay(reportsText(item)),
      ...buttonTexts(item),
      actionRow(...itemButtons(item)),
    ]),
  );
}

const statedBy = (label: string, paragraphs: readonly number[]): string =>
  [escapePart(label), ...(paragraphs.length > 0 ? [paragraphList(paragraphs)] : [])].join(' · ');

const wrongText = (wrong: readonly string[]): readonly string[] =>
  wrong.length === 0 ? [] : [reportWords.wrongAnswers(wrong)];

function sumsTexts({ kind, sums, state }: ReviewedItem): readonly ReturnType<typeof textDisplay>[] {
  if (kind === 'entry' || state === 'gone') return [];
  if (!sums) return [textDisplay(`-# ${reportWords.noSums(minMembers)}`)];
  const { asked, answered, right, wrong } = sums;
  const taken = wrong.toSorted(([, a], [, b]) => b - a).slice(0, listedOptions);
  const lines = taken.map(([option, count]) => reportWords.wrongTaken(option, count, answered));
  return [textDisplay([reportWords.sums(asked, answered, right), ...lines].join('\n'))];
}

function reportsText({ reports }: ReviewedItem): string {
  if (reports.length === 0) return `-# ${reportWords.noReports}`;
  const latest = reports.toReversed().slice(0, listedReports);
  const left = reports.length - latest.length;
  return [
    reportWords.reportsTitle(reports.length),
    ...latest.map(reportWords.reportLine),
    ...(left > 0 ? [reportWords.moreReports(left)] : []),
  ].join('\n');
}

/** Explains the buttons that change an item or decide about its reports, in one small line for each button. */
function buttonTexts(item: ReviewedItem): readonly ReturnType<typeof textDisplay>[] {
  const { state, isRetired, reports } = item;
  const isReported = reports.length > 0;
  const lines = [
    ...(state === 'gone' ? [] : [reportWords.mendDoes(item)]),
    ...(state === 'gone' || isRetired ? [] : [reportWords.retireDoes(isReported)]),
    ...(isReported ? [reportWords.dismissDoes(state === 'aside')] : []),
    ...(mayRelease(item) ? [reportWords.releaseDoes] : []),
  ];
  return lines.length === 0 ? [] : [textDisplay(lines.map((line) => `-# ${line}`).join('\n'))];
}

/**
 * Whether an item is still set aside although it has no reports. This happens if the members who reported it have
 * deleted their data.
 */
const mayRelease = ({ reports, state }: ReviewedItem): boolean => reports.length === 0 && state === 'aside';

function itemButtons(item: ReviewedItem): readonly Button[] {
  const { kind, state, mend, isRetired, reports, note } = item;
  const isThere = state !== 'gone';
  const { bringBack, retire, dismiss, release } = reportWords;
  const mendId = customId('pack', 'mend', ...itemId(item));
  return [
    // The button for a note is not highlighted, because a note does not decide about the reports.
    ...(isThere
      ? [
          kind === 'question'
            ? button(reportWords.mend.question(reports.length > 0), mendId, buttonStyle.primary)
            : button(reportWords.mend.entry(note !== undefined), mendId),
        ]
      : []),
    ...(isRetired
      ? [button(bringBack, decisionId('back', item))]
      : isThere
        ? [button(retire, reports.length > 0 ? askId('retire', item) : decisionId('retire', item))]
        : []),
    ...(reports.length > 0 ? [button(state === 'aside' ? dismiss.aside : dismiss.used, askId('dismiss', item))] : []),
    ...(mayRelease(item) ? [button(release, decisionId('dismiss', item))] : []),
    ...(mend === 'none' ? [] : [button(reportWords.unmend[kind], decisionId('unmend', item))]),
    button(reportWords.back, customId('pack', 'reports', 0)),
  ];
}

const decisionId = (decision: Decision, item: ItemName): string =>
  customId('pack', 'decide', decision, ...itemId(item));

const askId = (decision: AskedDecision, item: ItemName): string => customId('pack', 'ask', decision, ...itemId(item));

/** Asks the member to confirm a decision that deletes the reports of an item. */
export function askDecisionCard(item: ReviewedItem, decision: AskedDecision): Message {
  const { askDismiss, askRetire, dismissSure, retireSure, cancel } = reportWords;
  const [ask, sure] = decision === 'retire' ? [askRetire, retireSure] : [askDismiss, dismissSure];
  return message(
    textDisplay(ask(item.kind, item.title ?? item.id, item.reports.length)),
    actionRow(
      button(sure(item.reports.length, item.state === 'aside'), decisionId(decision, item), buttonStyle.danger),
      button(cancel, customId('pack', 'show', ...itemId(item))),
    ),
  );
}

/** Lists the mistakes in a form. A button opens the form again with everything that was typed. */
export const formMistakesCard = (problems: readonly string[]): Message =>
  message(
    textDisplay(
      [
        reportWords.mistakesInForm,
        ...problems.slice(0, 8).map((problem) => `- ${escapeMarkdown(problem.slice(0, 200))}`),
      ].join('\n'),
    ),
    actionRow(button(reportWords.backToForm, customId('pack', 'draft'), buttonStyle.primary)),
  );
