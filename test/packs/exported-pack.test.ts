/**
 * Tests that exporting a shipped pack and importing it again changes only the id, the title and the labels of the pack.
 */
import { expect, test } from 'vitest';
import { readHere } from '../../src/bot/packs/read-added.ts';
import type { LoadedPack } from '../../src/bot/packs/read-pack.ts';
import { entryCard } from '../../src/chat/cards/entry-card.ts';
import { moreCard, sourcesCard } from '../../src/chat/cards/more-card.ts';
import { materialLimits } from '../../src/core/material/material.ts';
import { createFacts } from '../../src/core/pack/facts.ts';
import { isFromRecord, type Pack } from '../../src/core/pack/pack.ts';
import { library, polarFirsts } from '../support/caspian.ts';

/** Exports a pack as YAML and imports the file under another name, as `/pack export` and `/pack import` do. */
async function importedAgain({ pack, folder = '' }: LoadedPack): Promise<LoadedPack> {
  const { text, fileName, lost } = await readHere.exported({ folder, name: pack.title }, 'yaml');
  expect(lost).toEqual([]);
  const bytes = new TextEncoder().encode(text);
  const { pieces, material } = await readHere.material({ bytes, fileName, name: 'Our copy', limits: materialLimits });
  expect(material).toMatchObject({ kind: 'pack', leftOut: [], remarks: [] });
  return readHere.stored({ pieces, server: 'guild', key: 'our-copy', name: 'Our copy' });
}

function cardsOf(pack: Pack) {
  const facts = createFacts(pack);
  return pack.entries.map((entry) => [entryCard(entry, facts), moreCard(entry, facts), sourcesCard(entry, facts)]);
}

test.each([library, polarFirsts])(
  'after the shipped pack $pack.id is exported and imported again, it has the same entries, cards and questions',
  async (shipped) => {
    const copy = await importedAgain(shipped);
    const { id, title, addedByServer } = shipped.pack;
    const withoutLabels: Pack = { ...copy.pack, id, title, addedByServer };
    expect(withoutLabels).toEqual(shipped.pack);
    expect(cardsOf(withoutLabels)).toEqual(cardsOf(shipped.pack));
    const asked = ({ bank }: LoadedPack) => bank.questions.map((question) => ({ ...question, label: '' }));
    expect(asked(copy)).toEqual(asked(shipped));
    expect(copy.bank.apart).toEqual(shipped.bank.apart);
    expect(copy.bank.spares).toEqual(shipped.bank.spares);
  },
);

test('all labels in an imported copy of the shipped pack contain the name of the copy, and no label contains the word “article”', async () => {
  const { pack, bank } = await importedAgain(library);
  const facts = createFacts(pack);
  const labels = [...pack.entries.map((entry) => facts.label(entry)), ...bank.questions.map(({ label }) => label)];
  expect(labels.filter((label) => !label.endsWith('from Our copy, added by this server'))).toEqual([]);
  expect(labels.filter((label) => /\barticle\b/.test(label))).toEqual([]);
  const ofRecord = new Set(pack.entries.filter(isFromRecord).map((entry) => facts.label(entry)));
  expect([...ofRecord]).toEqual(['from the public record, from Our copy, added by this server']);
});
