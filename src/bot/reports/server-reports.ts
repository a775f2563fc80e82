/**
 * The reports of members about single items, and the decisions of those who manage the server. `changed-pack.ts` applies
 * the decisions.
 */
import type {
  Decision,
  ItemName,
  MendResult,
  NoteForm,
  ReportResult,
  Reports,
  ReviewedItem,
  ReviewList,
} from '../../chat/reports/reports.ts';
import type { Clock } from '../../clock.ts';
import { packCode } from '../../core/pack/pack-code.ts';
import { packIndexOf } from '../../core/questions/question-candidate.ts';
import { type Question, answerOf } from '../../core/questions/question.ts';
import { mendedQuestion, mendFormOf, noteProblems, readMend, type MendForm } from '../../core/reports/mend-question.ts';
import { questionVersion, shownSums } from '../../core/reports/question-sums.ts';
import * as reportedItems from '../../core/reports/reported-items.ts';
import type { ItemId, Reported, ReportedItem } from '../../core/reports/reported-items.ts';
import { addedPackId, idInPack, storedId } from '../../core/scores/stored-ids.ts';
import type { ServedPack } from '../packs/pack-by-guild.ts';
import type { ServerPacks } from '../packs/server-packs.ts';
import { createMendDrafts, type MendDrafts } from './mend-drafts.ts';
import type { ReportStore } from './report-store.ts';
import type { SumsStore } from './sums-store.ts';

export interface ServerReports {
  /** The reports of a scope. A scope is the id of a server, or `dm:` and the id of a member. */
  at(scope: string): Reports;
  /** Removes the reports of a member in all servers. Throws StoreError. */
  forgetMember(user: string): Promise<void>;
}

interface Ports {
  /** The packs without the changes of servers. */
  readonly packs: ServerPacks;
  readonly reported: ReportStore;
  readonly sums: SumsStore;
  readonly clock: Clock;
}

interface State extends Ports {
  readonly drafts: MendDrafts;
}

export function createServerReports(ports: Ports): ServerReports {
  const drafts = createMendDrafts(ports.clock);
  const state: State = { ...ports, drafts };
  return {
    at: (scope) => ({
      report: (item, by, report) => takeReport(state, scope, item, { ...report, user: by.id, name: by.name }),
      list: () => listOf(state, scope),
      find: (item) => findItem(state, scope, item),
      decide: (item, decision) => decide(state, scope, item, decision),
      mendForm: (item) => mendForm(state, scope, item),
      mend: (item, user, form) => mend(state, scope, item, user, form),
      draft: (user) => drafts.find(scope, user),
    }),
    async forgetMember(user) {
      drafts.forgetMember(user);
      await ports.reported.forgetMember(user);
    },
  };
}

/** The id of the pack with this code. Undefined if the server no longer has the pack. */
async function packWithCode({ packs }: State, server: string, code: string): Promise<string | undefined> {
  const { packs: added } = await packs.list(server);
  const ids = [packs.defaultAt(server).facts.pack.id, ...added.map(({ key }) => addedPackId(server, key))];
  return ids.find((id) => packCode(id) === code);
}

async function takeReport(
  state: State,
  server: string,
  { kind, id, pack: code }: ItemName,
  report: reportedItems.Report,
): Promise<ReportResult> {
  const { packs, reported } = state;
  const pack = await packWithCode(state, server, code);
  if (pack === undefined) return { is: 'gone' };
  const served = await packs.at(server);
  // The items of a pack that is not in use are not looked up, because loading the pack could take seconds.
  if (served.facts.pack.id === pack && !hasItem(served, kind, id)) return { is: 'gone' };
  const item: ItemId = { kind, id: storedId(pack, id) };
  const before = await reported.read(server);
  const known = reportedItems.itemOf(before, item);
  if (known?.isRetired) return { is: 'retired' };
  const refusal = reportedItems.reportRefusal(before, item, report.user);
  if (refusal) return { is: refusal };
  const after = await reported.change(server, (old) => reportedItems.withReport(old, item, report));
  const replaced = known?.reports.some(({ user }) => user === report.user) ?? false;
  return { is: 'reported', replaced, isAside: reportedItems.itemOf(after, item)?.isSetAside ?? false };
}

const hasItem = ({ facts, bank }: ServedPack, kind: ItemName['kind'], id: string): boolean =>
  kind === 'entry' ? facts.entry(id) !== undefined : bank.questions.some((one) => one.id === id);

async function listOf({ packs, reported }: State, server: string): Promise<ReviewList> {
  const served = await packs.at(server);
  const { items } = await reported.read(server);
  const { id: pack, title } = served.facts.pack;
  const own = items.flatMap((item) => {
    const id = idInPack(pack, item.id);
    return id === undefined ? [] : [reviewed(served, id, item)];
  });
  // A member whose reports were dismissed is remembered, but there is nothing to decide.
  const open = own.filter(({ reports, state, mend }) => reports.length > 0 || state !== 'used' || mend !== 'none');
  const rank = ({ state, reports }: ReviewedItem) => (state === 'aside' ? 0 : reports.length > 0 ? 1 : 2);
  return {
    packTitle: title,
    items: open.toSorted((a, b) => rank(a) - rank(b) || b.reports.length - a.reports.length),
    elsewhere: items.length - own.length,
  };
}

async function findItem(state: State, server: string, name: ItemName): Promise<ReviewedItem | undefined> {
  const { packs, reported, sums } = state;
  const served = await packs.at(server);
  const { id: pack } = served.facts.pack;
  if (packCode(pack) !== name.pack) return undefined;
  const item: ItemId = { kind: name.kind, id: storedId(pack, name.id) };
  const known = reportedItems.itemOf(await reported.read(server), item);
  const found = reviewed(served, name.id, known ?? reportedItems.unreportedItem(item));
  const question = name.kind === 'question' && questionNow(served, name.id, known);
  if (!question) return found;
  const shown = shownSums(await sums.read(server, item.id), questionVersion(question));
  return { ...found, ...(shown && { sums: shown }) };
}

function reviewed(served: ServedPack, id: string, item: ReportedItem): ReviewedItem {
  const { kind, reports, isRetired, isSetAside, mend, note } = item;
  const { facts } = served;
  const original = kind === 'question' ? questionIn(served, id) : undefined;
  const question = original && questionNow(served, id, item);
  const title = kind === 'entry' ? facts.entry(id)?.title : question?.ask;
  const isOutdated = mend && (!original || mend.of !== questionVersion(original));
  return {
    kind,
    id,
    pack: packCode(facts.pack.id),
    ...(title !== undefined && { title }),
    ...(question && { answer: answerOf(question) }),
    reports: reports.map(({ name, at, mistake, words }) => ({ name, at, mistake, words })),
    isRetired,
    ...(note !== undefined && { note }),
    state: title === undefined ? 'gone' : isRetired ? 'retired' : isSetAside ? 'aside' : 'used',
    mend: isOutdated ? 'outdated' : reportedItems.isMended(item) ? 'used' : 'none',
  };
}

const questionIn = ({ bank }: ServedPack, id: string): Question | undefined =>
  bank.questions.find((one) => one.id === id);

/** The question with the server's wording, if the server has mended this version of it. */
function questionNow(served: ServedPack, id: string, item: Pick<ReportedItem, 'mend'> | undefined) {
  const original = questionIn(served, id);
  const used = original && item?.mend && item.mend.of === questionVersion(original) ? item.mend : undefined;
  return original && used ? mendedQuestion(original, used).question : original;
}

async function decide(state: State, server: string, name: ItemName, decision: Decision): Promise<void> {
  const pack = await packWithCode(state, server, name.pack);
  if (pack === undefined) return;
  const item: ItemId = { kind: name.kind, id: storedId(pack, name.id) };
  await state.reported.change(server, (old) => changes[decision](old, item));
}

const changes: Readonly<Record<Decision, (old: Reported, item: ItemId) => Reported>> = {
  retire: reportedItems.retired,
  back: reportedItems.broughtBack,
  dismiss: reportedItems.dismissed,
  unmend: reportedItems.unmended,
};

/** The question of the pack that the server uses. Undefined if it has no such question. */
async function mendable({ packs }: State, server: string, { kind, id, pack }: ItemName) {
  const served = await packs.at(server);
  const isUsed = packCode(served.facts.pack.id) === pack;
  const original = kind === 'question' && isUsed ? questionIn(served, id) : undefined;
  return original && { served, original, item: { kind, id: storedId(served.facts.pack.id, id) } };
}

async function mendForm(state: State, server: string, name: ItemName): Promise<MendForm | NoteForm | undefined> {
  if (name.kind === 'entry') {
    const found = await findItem(state, server, name);
    return found?.title === undefined ? undefined : { note: found.note ?? '' };
  }
  const found = await mendable(state, server, name);
  if (!found) return undefined;
  const { served, original, item } = found;
  const known = reportedItems.itemOf(await state.reported.read(server), item)?.mend;
  if (!known) return mendFormOf(original, served.bank.spares?.get(original.id));
  // A mend of an earlier version of the question is offered too, so that it can be sent again.
  const { question, spares } = mendedQuestion(original, known);
  return mendFormOf(question, spares);
}

async function mend(
  state: State,
  server: string,
  name: ItemName,
  user: string,
  form: MendForm | NoteForm,
): Promise<MendResult> {
  if ('note' in form) return changeNote(state, server, name, user, form);
  const { reported, drafts } = state;
  const found = await mendable(state, server, name);
  if (!found) return { is: 'gone' };
  const { served, original, item } = found;
  const read = readMend(form, original, packIndexOf(served.facts.pack));
  if ('problems' in read) {
    drafts.keep(server, user, { item: name, form });
    return { is: 'mistakes', problems: read.problems };
  }
  if (!reportedItems.mayMend(await reported.read(server), item)) return { is: 'full' };
  await reported.change(server, (old) => reportedItems.mended(old, item, read.mend));
  drafts.forget(server, user);
  return { is: 'mended' };
}

async function changeNote(
  state: State,
  server: string,
  name: ItemName,
  user: string,
  form: NoteForm,
): Promise<MendResult> {
  const { reported, drafts, packs } = state;
  if ((await findItem(state, server, name))?.title === undefined) return { is: 'gone' };
  const note = form.note.trim();
  const problems = noteProblems(note);
  if (problems.length > 0) {
    drafts.keep(server, user, { item: name, form });
    return { is: 'mistakes', problems };
  }
  const { id: pack } = (await packs.at(server)).facts.pack;
  const item: ItemId = { kind: name.kind, id: storedId(pack, name.id) };
  if (note !== '' && !reportedItems.mayMend(await reported.read(server), item)) return { is: 'full' };
  await reported.change(server, (old) => reportedItems.noted(old, item, note));
  drafts.forget(server, user);
  return { is: 'mended' };
}
