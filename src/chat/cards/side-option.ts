/**
 * The option `side` of `/dispute`. Suggests the sides of a dispute, and finds the side that a member typed. Each side
 * is a party.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { EntryOf } from '../../core/pack/pack.ts';
import { sidesOf } from '../../core/pack/sides.ts';
import type { OptionChoice } from '../command.ts';
import type { Services } from '../command-context.ts';
import { limits } from '../limits.ts';
import { cleanInline } from '../message/escape-markdown.ts';

/** The names of the sides of a dispute, joined with commas. */
export const sideNames = (dispute: EntryOf<'dispute'>, facts: Facts): string =>
  sidesOf(dispute)
    .map(({ party }) => facts.nameOf(party))
    .join(', ');

/**
 * Finds the party whose id, name or alias was typed. Returns its id, or its name if the party has no entry. Ignores
 * case. Undefined if the dispute has no such party.
 */
export function partyNamed(typed: string, dispute: EntryOf<'dispute'>, facts: Facts): string | undefined {
  const wanted = typed.trim().toLowerCase();
  return sidesOf(dispute)
    .map(({ party }) => party)
    .find((party) =>
      [party, facts.nameOf(party), ...(facts.entry(party)?.aliases ?? [])].some(
        (name) => name.toLowerCase() === wanted,
      ),
    );
}

/**
 * Suggests the sides of a dispute. The option `about` says which dispute the member means. If this is not clear,
 * suggests the sides of all disputes.
 */
export async function suggestSides(
  typed: string,
  { pack }: Services,
  { about }: Readonly<Record<string, unknown>>,
): Promise<readonly OptionChoice[]> {
  const { facts } = await pack();
  const found = await facts.find(typeof about === 'string' ? about : '', ['dispute']);
  const meant = found.kind === 'one' && found.entry.kind === 'dispute' ? [found.entry] : undefined;
  const disputes = meant ?? facts.pack.entries.filter((entry) => entry.kind === 'dispute');
  const parties = new Set(disputes.flatMap(sidesOf).map(({ party }) => party));
  const wanted = typed.trim().toLowerCase();
  return [...parties]
    .map((party) => ({ name: cleanInline(facts.nameOf(party), limits.choiceName), value: party }))
    .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.includes(wanted));
}
