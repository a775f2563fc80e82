/** Lists the reported and changed items of a server for the managers of the server. */
import type { ItemName, ReviewedItem, ReviewList } from '../../chat/reports/reports.ts';
import { packCode } from '../../core/pack/pack-code.ts';
import { isFromRecord } from '../../core/pack/pack.ts';
import { answerOf, wrongAnswersOf } from '../../core/questions/question.ts';
import { questionVersion, shownSums } from '../../core/reports/question-sums.ts';
import * as reportedItems from '../../core/reports/reported-items.ts';
import type { ItemId, ReportedItem } from '../../core/reports/reported-items.ts';
import { idInPack, storedId } from '../../core/scores/stored-ids.ts';
import type { ServedPack } from '../packs/pack-by-guild.ts';
import { questionIn, wordingNow } from './items-in-pack.ts';
import type { ReportsState } from './reports-state.ts';

export async function reviewList({ packs, reported }: ReportsState, server: string): Promise<ReviewList> {
  const served = await packs.at(server);
  const { items } = await reported.read(server);
  const { id: pack, title } = served.facts.pack;
  const own = items.flatMap((item) => {
    const id = idInPack(pack, item.id);
    return id === undefined ? [] : [reviewed(served, id, item)];
  });
  // Items that are in use, have no reports and were not changed are left out, because managers need not decide about
  // them. Such items stay stored after their reports were dismissed.
  const open = own.filter(({ reports, state, mend }) => reports.length > 0 || state !== 'used' || mend !== 'none');
  const rank = ({ state, reports }: ReviewedItem) => (state === 'aside' ? 0 : reports.length > 0 ? 1 : 2);
  return {
    packTitle: title,
    items: open.toSorted((a, b) => rank(a) - rank(b) || b.reports.length - a.reports.length),
    elsewhere: items.length - own.length,
  };
}

export async function findItem(state: ReportsState, server: string, name: ItemName): Promise<ReviewedItem | undefined> {
  const { packs, reported, sums } = state;
  const served = await packs.at(server);
  const { id: pack } = served.facts.pack;
  if (packCode(pack) !== name.pack) return undefined;
  const item: ItemId = { kind: name.kind, id: storedId(pack, name.id) };
  const known = reportedItems.itemOf(await reported.read(server), item);
  const found = reviewed(served, name.id, known ?? reportedItems.unreportedItem(item));
  const wording = name.kind === 'question' && wordingNow(served, name.id, known);
  if (!wording) return found;
  const shown = shownSums(await sums.read(server, item.id), questionVersion(wording.question));
  return { ...found, ...(shown && { sums: shown }) };
}

function reviewed(served: ServedPack, id: string, item: ReportedItem): ReviewedItem {
  const { kind, reports, isRetired, isSetAside, mend, note } = item;
  const { facts } = served;
  const original = kind === 'question' ? questionIn(served, id) : undefined;
  const wording = original && wordingNow(served, id, item);
  const entry = kind === 'entry' ? facts.entry(id) : undefined;
  const title = kind === 'entry' ? entry?.title : wording?.question.ask;
  const isOutdated = mend && (!original || mend.of !== questionVersion(original));
  return {
    kind,
    id,
    pack: packCode(facts.pack.id),
    ...(title !== undefined && { title }),
    ...(entry && {
      text: isFromRecord(entry) ? entry.statement.text : entry.summary,
      label: facts.label(entry),
      paragraphs: entry.paragraphs,
    }),
    isOwnPack: facts.pack.addedByServer,
    ...(wording && {
      answer: answerOf(wording.question),
      wrong: [...wrongAnswersOf(wording.question), ...wording.spares],
    }),
    reports: reports.map(({ name, at, mistake, words, answer }) => ({ name, at, mistake, words, answer })),
    isRetired,
    ...(note !== undefined && { note }),
    state: title === undefined ? 'gone' : isRetired ? 'retired' : isSetAside ? 'aside' : 'used',
    mend: isOutdated ? 'outdated' : reportedItems.isMended(item) ? 'used' : 'none',
  };
}
