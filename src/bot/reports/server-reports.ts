/**
 * Implements the report functions that commands call: members report items, and managers of the server decide on the
 * reported items. `changed-pack.ts` applies the decisions.
 */
import type { Decision, ItemName, ReportResult, Reports } from '../../chat/reports/reports.ts';
import { packCode } from '../../core/pack/pack-code.ts';
import * as reportedItems from '../../core/reports/reported-items.ts';
import type { ItemId, Reported } from '../../core/reports/reported-items.ts';
import { isShortened, longItemId } from '../../core/reports/short-item-id.ts';
import { addedPackId, idInPack, storedId } from '../../core/scores/stored-ids.ts';
import { hasItem, questionsById } from './items-in-pack.ts';
import { createMendDrafts } from './mend-drafts.ts';
import { mend, mendForm } from './mend-item.ts';
import type { ReportsPorts, ReportsState } from './reports-state.ts';
import { findItem, reviewList } from './review-items.ts';

export interface ServerReports {
  /** The reports of a scope. A scope is the id of a server, or `dm:` and the id of a member. */
  at(scope: string): Reports;
  /** Removes the reports that a member made, in all servers. Throws StoreError. */
  forgetMember(user: string): Promise<void>;
}

export function createServerReports(ports: ReportsPorts): ServerReports {
  const drafts = createMendDrafts(ports.clock);
  const state: ReportsState = { ...ports, drafts };
  return {
    at: (scope) => ({
      report: async (item, by, report) =>
        takeReport(state, scope, await fullName(state, scope, item), { ...report, user: by.id, name: by.name }),
      list: () => reviewList(state, scope),
      find: async (item) => findItem(state, scope, await fullName(state, scope, item)),
      decide: async (item, decision) => decide(state, scope, await fullName(state, scope, item), decision),
      mendForm: async (item) => mendForm(state, scope, await fullName(state, scope, item)),
      mend: async (item, user, form) => mend(state, scope, await fullName(state, scope, item), user, form),
      draft: (user) => drafts.find(scope, user),
    }),
    async forgetMember(user) {
      drafts.forgetMember(user);
      await ports.reported.forgetMember(user);
    },
  };
}

/** A custom_id may contain a short code instead of the id of a question. Replaces this code by the id. */
async function fullName({ packs, reported }: ReportsState, server: string, name: ItemName): Promise<ItemName> {
  if (name.kind === 'entry' || !isShortened(name.id)) return name;
  const { bank, facts } = await packs.at(server);
  const { items } = await reported.read(server);
  const known = items.flatMap(({ id }) => idInPack(facts.pack.id, id) ?? []);
  return { ...name, id: longItemId(name.id, [...questionsById(bank).keys(), ...known]) };
}

/** The id of the pack with this code. Undefined if the server no longer has the pack. */
async function packWithCode({ packs }: ReportsState, server: string, code: string): Promise<string | undefined> {
  const { packs: added } = await packs.list(server);
  const ids = [packs.defaultAt(server).facts.pack.id, ...added.map(({ key }) => addedPackId(server, key))];
  return ids.find((id) => packCode(id) === code);
}

async function takeReport(
  state: ReportsState,
  server: string,
  { kind, id, pack: code }: ItemName,
  report: reportedItems.Report,
): Promise<ReportResult> {
  const { packs, reported } = state;
  const pack = await packWithCode(state, server, code);
  if (pack === undefined) return { is: 'gone' };
  const served = await packs.at(server);
  // If the pack is not in use, the bot does not check whether the item exists, because loading the pack could take
  // seconds.
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

async function decide(state: ReportsState, server: string, name: ItemName, decision: Decision): Promise<void> {
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
