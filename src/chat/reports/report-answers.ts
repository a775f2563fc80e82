/** The responses to reports and to the buttons of /pack reports. An item is a question or an entry. */
import type { CommandContext, InteractionResponse, MessageResponse } from '../command-context.ts';
import type { ModalFields } from '../message/modal-fields.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { reportWords } from '../words/report-words.ts';
import { itemOfMessage } from './report-button.ts';
import { answerIn, longestReport, mendFormIn, mendModal, mistakeIn, reportForm } from './report-form.ts';
import type { AskedDecision, Decision, ItemName, ReportResult, ReviewedItem } from './reports.ts';
import { askDecisionCard, formMistakesCard, reviewedItemCard, reviewListCard } from './review-cards.ts';

/** Opens the form for a report. The form contains the title of the item, because several cards may be on the screen. */
export async function openReport(item: ItemName, { where, reports }: CommandContext): Promise<InteractionResponse> {
  if (where.guild === undefined) return ephemeralNotice(reportWords.serverOnly);
  return { modal: reportForm(item, await reports.find(item)) };
}

/**
 * Opens the form for a report on the item that a message shows. `customIds` are the custom_ids of the components of the
 * message.
 */
export async function reportMessage(
  customIds: readonly string[],
  context: CommandContext,
): Promise<InteractionResponse> {
  const { where, rounds } = context;
  if (where.guild === undefined) return ephemeralNotice(reportWords.serverOnly);
  const item = itemOfMessage(customIds, (round, index) => {
    const quiz = rounds.byId(round);
    const question = quiz?.scope === where.scope ? quiz.questions[index] : undefined;
    return quiz && question && { id: question.id, pack: quiz.pack };
  });
  return item ? openReport(item, context) : ephemeralNotice(reportWords.noItem);
}

export async function takeReport(
  item: ItemName,
  fields: ModalFields,
  context: CommandContext,
): Promise<MessageResponse> {
  const { where, who, at, reports } = context;
  if (where.guild === undefined) return ephemeralNotice(reportWords.serverOnly);
  const mistake = mistakeIn(fields);
  if (!mistake) return ephemeralNotice(reportWords.chooseMistake);
  const words = String(fields['words'] ?? '')
    .trim()
    .slice(0, longestReport);
  const answer = answerIn(fields);
  const report = { at, mistake, words, ...(answer !== undefined && { answer }) };
  return ephemeralNotice(resultWords(await reports.report(item, who, report)));
}

function resultWords(result: ReportResult): string {
  switch (result.is) {
    case 'reported':
      return reportWords.reported(result.replaced, result.isAside);
    case 'retired':
      return reportWords.retired;
    case 'gone':
      return reportWords.gone;
    case 'own-full':
      return reportWords.ownFull;
    case 'full':
      return reportWords.full;
    case 'enough':
      return reportWords.enough;
  }
}

/**
 * @param news returns a sentence about the change that was just made. Its argument is the item as it is after the
 * change
 */
export async function showItem(
  item: ItemName,
  { reports }: CommandContext,
  news?: (now: ReviewedItem) => string,
): Promise<MessageResponse> {
  const found = await reports.find(item);
  return { message: found ? reviewedItemCard(found, news?.(found)) : notice(reportWords.otherPack), replace: true };
}

export const showList = async (page: number, { reports }: CommandContext): Promise<MessageResponse> => ({
  message: reviewListCard(await reports.list(), page),
  replace: true,
});

export async function decideOn(item: ItemName, decision: Decision, context: CommandContext): Promise<MessageResponse> {
  if (!(await context.reports.find(item))) return { message: notice(reportWords.otherPack), replace: true };
  await context.reports.decide(item, decision);
  const said = reportWords.decided[decision];
  return showItem(item, context, () => (typeof said === 'string' ? said : said[item.kind]));
}

/**
 * Asks the member to confirm a decision that deletes the reports of an item. If the item has no reports any more, shows
 * the item instead.
 */
export async function askFirst(
  item: ItemName,
  decision: AskedDecision,
  context: CommandContext,
): Promise<MessageResponse> {
  const found = await context.reports.find(item);
  return found && found.reports.length > 0
    ? { message: askDecisionCard(found, decision), replace: true }
    : showItem(item, context);
}

export async function openMend(item: ItemName, { reports }: CommandContext): Promise<InteractionResponse> {
  const form = await reports.mendForm(item);
  return form ? { modal: mendModal(item, form) } : ephemeralNotice(reportWords.mendGone);
}

/** Opens the form again with what the member typed. */
export function openDraft({ reports, who }: CommandContext): InteractionResponse {
  const draft = reports.draft(who.id);
  return draft ? { modal: mendModal(draft.item, draft.form) } : ephemeralNotice(reportWords.noDraft);
}

export async function mendItem(item: ItemName, fields: ModalFields, context: CommandContext): Promise<MessageResponse> {
  const result = await context.reports.mend(item, context.who.id, mendFormIn(item, fields));
  switch (result.is) {
    case 'mended':
      return showItem(item, context, item.kind === 'entry' ? reportWords.noted : () => reportWords.mended);
    case 'mistakes':
      return { message: formMistakesCard(result.problems), ephemeral: true };
    case 'gone':
      return ephemeralNotice(reportWords.mendGone);
    case 'full':
      return ephemeralNotice(reportWords.mendFull);
  }
}
