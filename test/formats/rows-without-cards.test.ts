/**
 * Tests which rows of a file do not become cards: titles, repeated names of columns, damaged rows, and notes around
 * tables.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readMaterial } from '../../src/formats/read-material.ts';

const bytesOf = (name: string) => readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url)));

function read(name: string) {
  const result = readMaterial(bytesOf(name), { fileName: name, packName: 'Deck' });
  if (result.kind !== 'pack') throw new Error(`${name}: the columns are not recognised`);
  return result;
}

test('the title above a table and the names of its columns do not become cards', () => {
  const options = { fileName: 'Elementi.csv', packName: 'Elementi' };
  const asked = readMaterial(bytesOf('d3-elementi-numbers.csv'), options);
  expect(asked).toMatchObject({ kind: 'columns', hasHeader: true });
  const chosen = readMaterial(bytesOf('d3-elementi-numbers.csv'), { ...options, columns: { 0: 'front', 1: 'back' } });
  if (chosen.kind !== 'pack') throw new Error('the choice was not taken');
  expect(chosen.pack.entries).toHaveLength(25);
  expect(chosen.pack.entries[0]).toMatchObject({ front: 'Idrogeno', back: 'H' });
  expect(chosen.leftOut).toMatchObject([{ line: 1, reason: 'it is the title of the table' }]);
});

test('if a list has all its rows on one line, the reason for leaving a row out contains the number of the row', () => {
  const { leftOut } = read('e3-quizlet-one-line.txt');
  expect(leftOut).toMatchObject([{ line: 1, reason: 'row 8: the back is empty' }]);
});

test('if a file is damaged or consists of several joined tables, each row that is left out has a reason', () => {
  const reasons = (name: string) => new Map(read(name).leftOut.map(({ line, reason }) => [line, reason]));
  expect(reasons('i3-joined-exports.csv').get(7)).toBe('it repeats the names of the columns');
  expect(reasons('i3-joined-exports.csv').get(15)).toBe('it has only invisible characters');
  expect(reasons('h3-broken-quotes.csv').get(10)).toBe('it has 5 fields, and the table has 3 columns');
});

test('a column of a second Markdown table is matched by its name to a column of the first table, or by its position if the name is unknown', () => {
  const tables = (second: string) =>
    readMaterial(Buffer.from(`| Term | Meaning |\n|---|---|\n| dog | Hund |\n\nMore:\n\n${second}`), {
      fileName: 'words.md',
      packName: 'Words',
    });
  const cardsIn = (second: string) => {
    const result = tables(second);
    return result.kind === 'pack' ? result.pack.entries : [];
  };
  const cat = { front: 'cat', back: 'Katze' };
  expect(cardsIn('| Back | Front |\n|---|---|\n| Katze | cat |')).toMatchObject([{ front: 'dog' }, cat]);
  const unknown = '| Tier | Wort auf Deutsch |\n|---|---|\n| cat | Katze |';
  expect(cardsIn(unknown)).toMatchObject([{ front: 'dog' }, cat]);
  expect(tables(unknown)).toMatchObject({
    leftOut: [{ line: 7, reason: 'it has the names of the columns of another table' }],
    remarks: expect.arrayContaining(['Only the tables of the note were read, not the text around them.']),
  });
});

test('a Markdown table inside a cell of a CSV file is part of the text of the card', () => {
  const csv =
    'front,back\n"Draw it","Such as:\n| a | b |\n|---|---|\n| 1 | 2 |"\none,1\ntwo,2\nthree,3\nfour,4\nfive,5\n';
  const result = readMaterial(Buffer.from(csv), { fileName: 'cards.csv', packName: 'Cards' });
  expect(result).toMatchObject({ kind: 'pack', readAs: 'CSV separated by commas, UTF-8, with a header row.' });
  expect(result.kind === 'pack' && result.pack.entries).toHaveLength(6);
});
