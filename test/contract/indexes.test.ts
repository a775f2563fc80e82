/**
 * Tests that the statements of the stores use indexes, because a statement without an index is slow with a million
 * values.
 */
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { statements } from '../../src/store/postgres.ts';
import { writeStatements } from '../../src/store/postgres-writes.ts';
import { openSqlite, sqliteStatements } from '../../src/store/sqlite.ts';
import { newStoreFile } from '../support/store-file.ts';
import { newPostgresStore, testDatabase } from '../support/test-database.ts';

const user = '100000000000000042';
const ranges = {
  page: ['member/7/', 'member/7/\uffff', 500],
  keys: ['member/7/', 'member/7/\uffff', '/7'],
  keysByIndex: ['member/', 'member/\uffff', `/${user}`],
  keysContaining: ['round/', 'round/\uffff', user],
} as const;
const sqliteTexts = {
  ...sqliteStatements,
  parts: sqliteStatements.parts(2),
  summaries: sqliteStatements.summaries(1, 2),
  compareAndWrite: sqliteStatements.compareAndWrite(1),
};
const postgresTexts = {
  ...statements,
  ...writeStatements,
  parts: statements.parts(2),
  summaries: statements.summaries(2, 1),
};

test.each([
  ['page', /^SEARCH keyv USING INDEX sqlite_autoindex_keyv_1 \(key>\? AND key<\?\)$/],
  ['parts', /^SEARCH keyv USING INDEX sqlite_autoindex_keyv_1 \(key>\? AND key<\?\)$/],
  ['summaries', /^SEARCH keyv USING COVERING INDEX keyv_summary \(key>\? AND key<\?\)$/],
  ['keys', /^SEARCH keyv USING COVERING INDEX sqlite_autoindex_keyv_1 \(key>\? AND key<\?\)$/],
  ['keysByIndex', /^SEARCH keyv USING INDEX keyv_suffix \(<expr>=\?\)$/],
  ['keysContaining', /^SEARCH keyv USING INDEX sqlite_autoindex_keyv_1 \(key>\? AND key<\?\)$/],
  ['many', /^SEARCH keyv USING INDEX sqlite_autoindex_keyv_1 \(key=\?\)$/],
  ['compareAndWrite', /^SEARCH keyv USING INDEX sqlite_autoindex_keyv_1 \(key=\?\)/],
] as const)('sqlite: the statement "%s" finds its rows with an index', async (name, plan) => {
  const store = await openSqlite(await newStoreFile());
  onTestFinished(() => store.close());
  const values = {
    ...ranges,
    parts: ['$.value.name', '$.value.points', ...ranges.page],
    summaries: [...ranges.page, '"all":', '$.value.name', '$.value.points'],
    many: ['[]'],
    compareAndWrite: ['member/1', '{}', '[]'],
  }[name];
  const sql = sqliteTexts[name];
  const steps = z
    .array(z.object({ detail: z.string() }))
    .parse(await store.query(`EXPLAIN QUERY PLAN ${sql}`, ...values));
  const details = steps.map(({ detail }) => detail).filter((detail) => detail.includes('keyv'));
  expect(details).toContainEqual(expect.stringMatching(plan));
  expect(details.join()).not.toMatch(/SCAN keyv/);
});

test.skipIf(testDatabase === '')(
  'postgres: every statement that reads or changes rows finds them with an index',
  async () => {
    const store = await newPostgresStore();
    await store.query(
      `INSERT INTO keyv SELECT 'member/' || server || '/' || 100000000000000000 + number, '{}'
       FROM generate_series(1, 20) AS server, generate_series(1, 1000) AS number`,
    );
    await store.query('ANALYZE keyv');
    const row = [`member/7/${user}`];
    const plans = [
      ['page', ranges.page, 'keyv_pkey'],
      ['parts', [...ranges.page, ['value', 'name'], ['value', 'points']], 'keyv_pkey'],
      ['summaries', [...ranges.page, ['value', 'name'], ['value', 'points'], '"all":'], 'keyv_pkey'],
      ['keys', ranges.keys, 'keyv_pkey'],
      ['keysContaining', ranges.keysContaining, 'keyv_pkey'],
      ['keysByIndex', ranges.keysByIndex, 'keyv_suffix'],
      ['many', [row], 'keyv_pkey'],
      ['compareAndWrite', [row, ['{}'], ['[]']], 'keyv_pkey'],
      ['compareAndWriteFenced', [row, ['{}'], ['[]'], '1'], 'keyv_pkey'],
      ['deleteFenced', [row[0], '1'], 'keyv_pkey'],
    ] as const;
    for (const [name, values, index] of plans) {
      const sql = postgresTexts[name];
      const lines = z.array(z.object({ 'QUERY PLAN': z.string() })).parse(await store.query(`EXPLAIN ${sql}`, values));
      const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
      expect(plan, name).toMatch(new RegExp(`Index (Only )?Scan (on|using) ${index}`));
      expect(plan, name).not.toContain('Seq Scan on keyv');
    }
  },
);
