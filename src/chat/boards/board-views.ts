/**
 * Views of leaderboards. A view says which board is shown, which page, and whether only the reader sees the message.
 * The custom_id of each button contains the complete view, so buttons work after a restart. If a member turns the page
 * of a public leaderboard, the member gets an ephemeral copy.
 */
import { currentTimeZone } from '../../core/time-zones.ts';
import { z } from 'zod';
import { type Board, type Measure, minAnswers, measures } from '../../core/scores/board.ts';
import { isWindowKept } from '../../core/scores/apply-result.ts';
import { tallyOfWindow } from '../../core/scores/member-stats.ts';
import { storedId } from '../../core/scores/stored-ids.ts';
import { dayOf, isoDate, isWeekId, mondayOfWeek, monthId, weekId } from '../../core/scores/time-windows.ts';
import { formatDate } from '../cards/format-dates.ts';
import { boardCard, pageSize } from './board-card.ts';
import { boardSelect } from './board-select.ts';
import { type BoardView, type BoardWindow, roundMark, streaks } from './board-view.ts';
import { groupCard, groupPicture } from './group-card.ts';
import type { CommandContext, InteractionResponse } from '../command-context.ts';
import { customId } from '../command.ts';
import { index, oneOf, orEmpty, packId } from '../component-parts.ts';
import { parts } from '../component.ts';
import { type Button, button } from '../message/message-components.ts';
import { escapeInline } from '../message/escape-markdown.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { inPack, packPart } from '../packs/pack-of-button.ts';
import { boardWords } from '../words/board-words.ts';

/**
 * The first page of a leaderboard. Undefined if the board of the latest round was requested but no round has been
 * played in this channel.
 */
export async function firstView(
  chosen: {
    readonly by: Measure;
    readonly window: BoardWindow;
    readonly topic?: string | undefined;
    readonly ephemeral: boolean;
  },
  { settings, scores, where, at }: CommandContext,
): Promise<BoardView | undefined> {
  const { by, window, topic, ephemeral } = chosen;
  const view = (window: string): BoardView => ({ by, window, topic, from: 0, ephemeral });
  if (by === 'streak') return { ...view(streaks), topic: undefined };
  if (window === 'round') {
    // A round is stored under the channel in which it was started, even if it was played in a thread of this channel.
    // Therefore, if a thread has no stored round, the latest round of its parent channel is shown.
    const here = await scores.lastRound(where.scope, where.channel);
    const round = here ?? (where.threadOf && (await scores.lastRound(where.scope, where.threadOf)));
    return round === undefined ? undefined : { ...view(roundMark + round), topic: undefined };
  }
  const today = dayOf(at, await settings.days(where.scope));
  return view({ week: weekId(today), month: monthId(today), all: 'all' }[window]);
}

/** One page of a leaderboard. With `replace`, this page replaces the message whose button was pressed. */
export async function showBoard(
  view: BoardView,
  context: CommandContext,
  replace = false,
): Promise<InteractionResponse> {
  const { settings, scores, who, where, at } = context;
  const { board: isOn } = await settings.server(where.scope);
  if (!isOn && where.guild !== undefined) return ephemeralNotice(boardWords.boardOff);
  const days = await settings.days(where.scope);
  const today = dayOf(at, days);
  const notKept = whyNotKept(view, today);
  if (notKept !== undefined) return ephemeralNotice(notKept);
  const lastWeek = weekId(today - 7);
  const hasPodium = view.window === weekId(today);
  const topic = await topicOf(view, context);
  const boards = [view, ...(hasPodium ? [{ ...view, window: lastWeek }] : [])].map((one) =>
    boardQuery(one, topic?.stored, today),
  );
  const [ranking, before] = await scores.boards(where.scope, boards);
  if (!ranking) throw new Error('a requested board is missing');
  // A round's board is empty if no answer of this round was counted, or if the results are no longer stored.
  if (view.window.startsWith(roundMark) && ranking.size === 0) return ephemeralNotice(boardWords.roundNotKept);

  const isPublic = !view.ephemeral && where.guild !== undefined;
  const mine = ranking.indexOf(who.id);
  const last = Math.max(0, Math.ceil(ranking.size / pageSize) - 1) * pageSize;
  const from = Math.min(last, view.from === 'mine' ? pageOf(mine ?? 0) : pageOf(view.from));
  const shown = ranking.slice(from, pageSize).map(({ user }) => user);
  const card = boardCard({
    by: view.by,
    heading: viewHeading(view, topic?.title, context, today, days.timeZone),
    ranking,
    emptyText: emptyText(view.by, where.guild === undefined, topic?.title),
    from,
    me: who.id,
    isPublic,
    note: mine === undefined ? await accuracyNote(view, topic?.stored, isPublic, ranking.size, context) : undefined,
    before,
    buttons: [
      ...viewButtons(
        { ...view, from },
        { from, last, mine, thisWeek: weekId(today), lastWeek, hasLast: (before?.size ?? 0) > 0, pack: topic?.pack },
      ),
      ...(where.guild !== undefined && ranking.size > 0
        ? [button(boardWords.groupProgress, customId('leaderboard', 'group'))]
        : []),
    ],
    select: boardSelect(view, topic?.pack, today),
  });
  return {
    message: card,
    ephemeral: view.ephemeral,
    ...(replace && { replace }),
    ...(where.guild !== undefined && {
      onSent: () => scores.removeMembersWhoLeft(where.scope, shown, at),
    }),
  };
}

/** The progress of the whole server, shown only to the member who asked. */
export async function showGroup({ settings, scores, where, at, pack }: CommandContext): Promise<InteractionResponse> {
  if (where.guild === undefined) return ephemeralNotice(boardWords.boardPrivate);
  const { board: isOn } = await settings.server(where.scope);
  if (!isOn) return ephemeralNotice(boardWords.boardOff);
  const progress = await scores.groupProgress(where.scope, dayOf(at, await settings.days(where.scope)), at);
  if (progress.members === 0) return ephemeralNotice(boardWords.groupNobody);
  const { facts } = await pack();
  return { message: groupCard(progress, facts), ephemeral: true, picture: groupPicture(progress, facts) };
}

/** The window in a custom_id: a week, a month, `all`, `days` for streaks, or a round. */
const windowPart = z.string().regex(/^(?:\d{4}-W\d{2}|\d{4}-\d{2}|all|days|round-[^\s:]{1,64})$/);

/** Parses the parts of the custom_id of a view's button. The parts have the same order as in `viewButtonId`. */
export const viewParts = parts([
  oneOf(['h', 'p']),
  oneOf(measures),
  windowPart,
  orEmpty(packId),
  index.or(oneOf(['mine'])),
  packPart.optional(),
])
  .refine(([, by, window]) => (by === 'streak') === (window === streaks))
  .transform(([visible, by, window, topic, from, pack]): { readonly view: BoardView; readonly pack?: string } => ({
    view: { by, window, topic, from, ephemeral: visible === 'h' },
    ...(pack !== undefined && { pack }),
  }));

/** `pack` is the id of the pack to which the topic belongs. Undefined if the view shows all topics together. */
function viewButtonId({ by, window, topic = '', from, ephemeral }: BoardView, pack: string | undefined): string {
  return customId('leaderboard', 'page', ephemeral ? 'h' : 'p', by, window, topic, from, ...inPack(pack ?? ''));
}

/** Explains why the leaderboard of an old week or month is no longer available. Undefined if the board is available. */
function whyNotKept({ by, window }: BoardView, today: number): string | undefined {
  if (by === 'streak' || window.startsWith(roundMark) || isWindowKept(window, today)) return undefined;
  const words = windowInWords(window);
  return isWeekId(window) ? boardWords.weekNotKept(words) : boardWords.monthNotKept(words);
}

const pageOf = (index: number) => index - (index % pageSize);

/** The topic of a view. Undefined if the view shows all topics together. */
async function topicOf({ topic }: BoardView, { pack }: CommandContext): Promise<ShownTopic | undefined> {
  if (topic === undefined) return undefined;
  const { id, topics } = (await pack()).facts.pack;
  return { pack: id, stored: storedId(id, topic), title: topics.find((one) => one.id === topic)?.title ?? topic };
}

interface ShownTopic {
  /** The id of the topic's pack. */
  readonly pack: string;
  /** The id of the topic in the stored scores. */
  readonly stored: string;
  readonly title: string;
}

function boardQuery({ by, window }: BoardView, topic: string | undefined, today: number): Board {
  if (by === 'streak') return { by, day: today };
  if (window.startsWith(roundMark)) return { by, round: window.slice(roundMark.length) };
  return { by, window: window, ...(topic !== undefined && { topic }) };
}

interface PageContext {
  readonly from: number;
  /** Index of the first member on the last page of the board. */
  readonly last: number;
  readonly mine: number | undefined;
  readonly thisWeek: string;
  readonly lastWeek: string;
  readonly hasLast: boolean;
  /** The id of the pack to which the topic of the view belongs. */
  readonly pack: string | undefined;
}

function viewButtons(
  view: BoardView,
  { from, last, mine, thisWeek, lastWeek, hasLast, pack }: PageContext,
): readonly Button[] {
  const to = (label: string, change: Partial<BoardView>) => button(label, viewButtonId({ ...view, ...change }, pack));
  return [
    ...(from > 0 ? [to('Previous 10', { from: from - pageSize })] : []),
    ...(from < last ? [to('Next 10', { from: from + pageSize })] : []),
    ...(mine !== undefined && pageOf(mine) !== from ? [to('My place', { from: 'mine' })] : []),
    ...(view.window === thisWeek && hasLast ? [to('Last week', { window: lastWeek, from: 0 })] : []),
    ...(view.window === lastWeek ? [to('This week', { window: thisWeek, from: 0 })] : []),
  ];
}

function emptyText(by: Measure, isPrivate: boolean, topic: string | undefined): string {
  if (by === 'accuracy') return boardWords.boardEmptyAccuracy(minAnswers);
  return by === 'streak' ? boardWords.boardEmptyStreak(isPrivate) : boardWords.boardEmpty(isPrivate, topic);
}

function viewHeading(
  { by, window }: BoardView,
  title: string | undefined,
  { where }: CommandContext,
  today: number,
  timeZone: string,
): string {
  const parts = [
    by === 'streak' ? undefined : windowLabel(window, today, timeZone),
    by === 'streak' ? boardWords.byStreak : window.startsWith(roundMark) ? undefined : boardWords.allRounds,
    title === undefined ? undefined : boardWords.boardTopic(title),
    where.guild === undefined ? boardWords.boardPrivate : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function windowLabel(window: string, today: number, timeZone: string): string {
  if (window === 'all') return 'All time';
  if (window.startsWith(roundMark)) return boardWords.boardRound;
  const named = {
    [weekId(today)]: 'This week',
    [weekId(today - 7)]: 'Last week',
    [monthId(today)]: 'This month',
  }[window];
  const zone = currentTimeZone(timeZone);
  const days = windowInWords(window);
  if (named === undefined) return `${capitalize(days)} (${zone})`;
  return `${named} (${days.replace(/^week of /, 'from Monday, ')}, ${zone})`;
}

/** Describes the week or month with this id: `2026-W48` → week of 23 November 2026, `2026-11` → November 2026. */
function windowInWords(id: string): string {
  const monday = mondayOfWeek(id);
  return monday === undefined ? formatDate(id) : `week of ${formatDate(isoDate(monday))}`;
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A note for a reader who is not on a leaderboard that ranks by accuracy. The note says how many answers the reader
 * has, because such a leaderboard requires a minimum number of answers.
 */
async function accuracyNote(
  { by, window }: BoardView,
  topic: string | undefined,
  isPublic: boolean,
  ranked: number,
  { scores, who, where }: CommandContext,
): Promise<string | undefined> {
  if (by !== 'accuracy' || window.startsWith(roundMark)) return undefined;
  const member = await scores.member(where.scope, who.id);
  const tally = member && tallyOfWindow(member, window, topic);
  if (!member || !tally) return undefined;
  // A note about too few answers would be wrong if a manager has excluded the member, or if the answers are enough.
  if (member.excluded || tally.answered >= minAnswers) return undefined;
  const have = boardWords.haveAnswers(isPublic ? escapeInline(who.name, 32) : undefined, tally.answered);
  // The text of an empty board already says how many answers a member needs, so the note does not repeat it.
  return ranked === 0 ? `${have}.` : boardWords.tooFewAnswers(have, minAnswers);
}
