/** Tests the card on which a manager chooses the columns of an imported table. */
import { expect, test } from 'vitest';
import type { Material } from '../../src/chat/packs/added-packs.ts';
import { columnsCard } from '../../src/chat/packs/preview-card.ts';
import { partsOf } from './discord.ts';

test('the card for choosing columns has the button "Keep these columns" only if there is a preview to go back to', () => {
  const labels = (material: Material) => partsOf(columnsCard('p', material)).flatMap(({ label }) => label ?? []);
  const table = { name: 'table', readAs: 'CSV', columns: [{ name: 'Um', samples: ['amo'], role: 'ignore' }] } as const;
  expect(labels({ ...table, kind: 'columns' })).not.toContain('Keep these columns');
  const rest = { entries: 1, questions: 0, cards: [], leftOut: [], remarks: [], strategies: [] };
  expect(labels({ ...table, ...rest, kind: 'pack' })).toContain('Keep these columns');
});
