/**
 * Tests the search quality with queries of people who did not know the pack. The tests use the same look-up as the
 * commands.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createFacts } from '../../src/core/pack/facts.ts';
import type { Kind } from '../../src/core/pack/pack.ts';
import { library } from '../support/caspian.ts';

const commands: Readonly<Record<string, readonly Kind[]>> = {
  event: ['event', 'agreement', 'record-event'],
  dispute: ['dispute'],
  fact: ['claim', 'figure', 'agreement', 'person', 'organisation', 'place', 'term'],
};
const row = z.strictObject({
  query: z.string(),
  best: z.array(z.string()).default([]),
  accept: z.array(z.string()),
});
const listIn = (name: string) => {
  const file = new URL(`../golden/${name}`, import.meta.url);
  return Object.entries(z.record(z.string(), z.array(row)).parse(parse(readFileSync(file, 'utf8'))));
};
const facts = createFacts(library.pack);

test.each([
  ['strangers.yaml', 0.87, 0],
  ['strangers-second.yaml', 0.77, 0],
  ['strangers-third.yaml', 0.79, 1],
  ['strangers-fourth.yaml', 0.85, 1],
])(
  'nearly all queries find a right entry, and queries that the article does not answer get no card from the article: %s',
  async (name, leastBest, maxWrong) => {
    const counts = { answerable: 0, shown: 0, withBest: 0, best: 0, wrong: 0, unanswerable: 0, answered: 0 };
    const wrong: string[] = [];
    for (const [command, rows] of listIn(name))
      for (const { query, best, accept } of rows) {
        const found = await facts.find(query, commands[command]);
        const card = found.kind === 'one' ? found.entry : undefined;
        const isFromRecord = card?.kind === 'record-event' || card?.kind === 'term';
        if (accept.length === 0) {
          counts.unanswerable += 1;
          // The article does not answer this query, so a card from the article would be wrong and is counted. A card
          // from another source can be right and is not counted.
          if (card && !isFromRecord) counts.answered += 1;
          continue;
        }
        const shown =
          found.kind === 'one'
            ? [found.entry]
            : found.kind === 'none'
              ? found.related
              : found.kind === 'period'
                ? found.entries
                : found.entries.slice(0, 3);
        counts.answerable += 1;
        if (shown.some(({ id }) => accept.includes(id))) counts.shown += 1;
        if (best.length > 0) counts.withBest += 1;
        if (card && best.includes(card.id)) counts.best += 1;
        if (card && !accept.includes(card.id) && !isFromRecord) wrong.push(`/${command} ${query}: ${card.id}`);
      }
    counts.wrong = wrong.length;
    process.stdout.write(`Queries of ${name}: ${JSON.stringify(counts)}\n`);
    expect(counts.shown / counts.answerable).toBeGreaterThanOrEqual(0.97);
    expect(counts.best / counts.withBest).toBeGreaterThanOrEqual(leastBest);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(maxWrong);
    expect(counts.answered).toBe(0);
  },
);
