/**
 * Changes the wording of a question in one server, or adds the server's note to an entry. The pack itself does not
 * change.
 */
import type { ItemName, MendResult, NoteForm } from '../../chat/reports/reports.ts';
import { packCode } from '../../core/pack/pack-code.ts';
import { packIndexOf } from '../../core/questions/question-candidate.ts';
import { type MendForm, mendedQuestion, mendFormOf, noteProblems, readMend } from '../../core/reports/mend-question.ts';
import * as reportedItems from '../../core/reports/reported-items.ts';
import type { ItemId } from '../../core/reports/reported-items.ts';
import { storedId } from '../../core/scores/stored-ids.ts';
import { questionIn } from './items-in-pack.ts';
import type { ReportsState } from './reports-state.ts';
import { findItem } from './review-items.ts';

/**
 * Finds a question. Undefined if the pack of the question is not the pack that the server uses now, or if this pack
 * does not contain the question.
 */
async function mendable({ packs }: ReportsState, server: string, { kind, id, pack }: ItemName) {
  const served = await packs.at(server);
  const isUsed = packCode(served.facts.pack.id) === pack;
  const original = kind === 'question' && isUsed ? questionIn(served, id) : undefined;
  return original && { served, original, item: { kind, id: storedId(served.facts.pack.id, id) } };
}

export async function mendForm(
  state: ReportsState,
  server: string,
  name: ItemName,
): Promise<MendForm | NoteForm | undefined> {
  if (name.kind === 'entry') {
    const found = await findItem(state, server, name);
    return found?.title === undefined ? undefined : { note: found.note ?? '', title: found.title };
  }
  const found = await mendable(state, server, name);
  if (!found) return undefined;
  const { served, original, item } = found;
  const known = reportedItems.itemOf(await state.reported.read(server), item)?.mend;
  if (!known) return mendFormOf(original, served.bank.spares?.get(original.id));
  // The form shows the server's wording even if the pack has a newer version of the question. The member can then
  // submit the same wording for the newer version.
  const { question, spares } = mendedQuestion(original, known);
  return mendFormOf(question, spares);
}

export async function mend(
  state: ReportsState,
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
  state: ReportsState,
  server: string,
  name: ItemName,
  user: string,
  form: NoteForm,
): Promise<MendResult> {
  const { reported, drafts, packs } = state;
  const title = (await findItem(state, server, name))?.title;
  if (title === undefined) return { is: 'gone' };
  const note = form.note.trim();
  const problems = noteProblems(note);
  if (problems.length > 0) {
    drafts.keep(server, user, { item: name, form: { ...form, title } });
    return { is: 'mistakes', problems };
  }
  const { id: pack } = (await packs.at(server)).facts.pack;
  const item: ItemId = { kind: name.kind, id: storedId(pack, name.id) };
  if (note !== '' && !reportedItems.mayMend(await reported.read(server), item)) return { is: 'full' };
  await reported.change(server, (old) => reportedItems.noted(old, item, note));
  drafts.forget(server, user);
  return { is: 'mended' };
}
