/** The option `side` of a dispute: its suggestions, and the party that a member means by what they typed. */
import type { Facts } from '../../core/pack/facts.ts';
import type { EntryOf } from '../../core/pack/pack.ts';
import { sidesOf } from '../../core/pack/sides.ts';
import type { OptionChoice } from '../command.ts';
import type { Services } from '../command-context.ts';
import { limits } from '../limits.ts';
import { shorten } from '../message/escape-markdown.ts';

/** The names of the sides of a dispute, for a sentence. */
export const sideNames = (dispute: EntryOf<'dispute'>, facts: Facts): string =>
  sidesOf(dispute)
    .map(({ party }) => facts.nameOf(party))
    .join(', ');

/** The party with this id, name or alias. Ignores case. */
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

/** Suggests the sides of the dispute in the option `about`; of all disputes while that one is not clear. */
export async function suggestSides(
  typed: string,
  { facts }: Services,
  { about }: Readonly<Record<string, unknown>>,
): Promise<readonly OptionChoice[]> {
  const found = await facts.find(typeof about === 'string' ? about : '', ['dispute']);
  const meant = found.kind === 'one' && found.entry.kind === 'dispute' ? [found.entry] : undefined;
  const disputes = meant ?? facts.pack.entries.filter((entry) => entry.kind === 'dispute');
  const parties = new Set(disputes.flatMap(sidesOf).map(({ party }) => party));
  const wanted = typed.trim().toLowerCase();
  return [...parties]
    .map((party) => ({ name: shorten(facts.nameOf(party), limits.choiceName), value: party }))
    .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.includes(wanted));
}
