/** Tests packs that are made of cards: ids, questions, labels, exports and templates. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePacks } from '../../src/core/material/compare-packs.ts';
import { choicesIn } from '../../src/core/questions/bank.ts';
import { strategyScores } from '../../src/core/questions/naive-strategies.ts';
import { packIndexOf } from '../../src/core/questions/question-candidate.ts';
import { clozeCards } from '../../src/formats/cloze.ts';
import { exportPack } from '../../src/formats/export-pack.ts';
import { writeNativePack } from '../../src/formats/native-pack.ts';
import { readMaterial } from '../../src/formats/read-material.ts';
import { packWords } from '../../src/chat/words/pack-words.ts';
import { template, templateFormats } from '../../src/formats/templates.ts';

function read(text: string, fileName = 'cards.csv') {
  const result = readMaterial(Buffer.from(text), { fileName, packName: 'Words of week 3' });
  if (result.kind !== 'pack') throw new Error('the columns are not recognised');
  return result;
}

const idsOf = (text: string) => read(text).pack.entries.map(({ id }) => id);

test('the id of a card is made from its front and does not depend on the order of the rows', () => {
  const rows = [
    'hund;dog',
    'katze;cat',
    'bank;bench',
    'bank;bank (money)',
    'C;language',
    'C++;other',
    'книга;book',
    '本;book',
  ];
  const ids = idsOf(rows.join('\n'));
  const byRow = new Map(rows.map((row, index) => [row, ids[index]]));
  expect(ids.slice(0, 5)).toEqual(['hund', 'katze', 'bank-2', 'bank', 'c']);
  expect(byRow.get('книга;book')).toBe('kniga');
  expect(new Set(ids).size).toBe(rows.length);
  const turned = rows.toReversed();
  expect(idsOf(turned.join('\n'))).toEqual(turned.map((row) => byRow.get(row)));
});

test('two versions of a pack are compared by the ids of their entries', () => {
  const before = read('hund;dog\nkatze;cat\nmaus;mouse\n').pack;
  const after = read('vogel;bird\nmaus;mouse\nhund;hound\n').pack;
  expect(comparePacks(before, after)).toEqual({ added: ['vogel'], changed: ['hund'], gone: ['katze'] });
  expect(comparePacks(before, before)).toEqual({ added: [], changed: [], gone: [] });
});

test('the explanation of a question joins both sides of its card by a colon, but not if the front ends with a punctuation mark', () => {
  const explanationsOf = (text: string) => new Set(read(text).bank.questions.map(({ explanation }) => explanation));
  expect(explanationsOf('front,back\nOne?,Uno\nTwo?,Dos\nThree?,Tres\nFour?,Cuatro\n')).toEqual(
    new Set(['One? Uno', 'Two? Dos', 'Three? Tres', 'Four? Cuatro']),
  );
  expect(explanationsOf('hund;dog\nkatze;cat\nmaus;mouse\nvogel;bird\n')).toEqual(
    new Set(['hund: dog', 'katze: cat', 'maus: mouse', 'vogel: bird']),
  );
});

test('the label of a card says that the server added the card, and the column "source" is read as the source of a card', () => {
  const { pack, bank } = read('question,answer,source\nOne?,Uno,Book 1\nTwo?,Dos,\nThree?,Tres,\nFour?,Cuatro,\n');
  expect(pack.entries[0]).toMatchObject({ kind: 'card', voice: 'added', source: 'Book 1', paragraphs: [] });
  expect(new Set(bank.questions.map(({ label }) => label))).toEqual(
    new Set(['from Words of week 3, added by this server']),
  );
});

test('a card without wrong answers becomes a multiple-choice question only if three other cards have an answer of the same kind', () => {
  const years = 'a1;1901\na2;1923\na3;1944\n';
  expect(read(`${years}b1;a long explanation of many words, which is no option at all\n`).bank.questions).toEqual([]);
  const { bank, remarks } = read(`${years}a4;1965\nb1;Berlin\nb2;an island\n`);
  expect(bank.questions.map(({ id }) => id)).toEqual(['card-a1', 'card-a2', 'card-a3', 'card-a4']);
  expect(bank.questions[0]?.options).toEqual(['1901', '1923', '1944', '1965']);
  expect(remarks).toContain('4 of 6 cards can be asked in a quiz. The others can only be looked up.');
});

test('if two cards have the same front, the back of one card is never a wrong option of the other card’s question', () => {
  const words = ['bench', 'money house', 'table', 'chair', 'lamp', 'shelf'];
  const { bank } = read(words.map((word, index) => `${index < 2 ? 'Bank' : `Wort ${index}`};${word}`).join('\n'));
  const ofBank = bank.questions.filter(({ ask }) => ask.includes('“Bank”'));
  expect(ofBank).toHaveLength(2);
  for (const { options } of ofBank)
    expect(options.filter((one) => one === 'bench' || one === 'money house')).toHaveLength(1);
});

test('a member who ignores the questions and chooses options by a simple rule finds less than 30 % of the right answers of a deck', () => {
  const words = Array.from(
    { length: 60 },
    (_, index) => `wort ${index};${'abcdefghij'.slice(index % 10)}${'xyz'.repeat(1 + (index % 5))}${index}`,
  );
  const { bank, pack } = read(words.join('\n'));
  expect(bank.questions).toHaveLength(60);
  const scores = strategyScores(choicesIn(bank), packIndexOf(pack)).filter(({ questions }) => questions > 0);
  for (const { strategy, share } of scores) expect(share, strategy).toBeLessThan(0.3);
});

test.each(templateFormats)('the reply to "/pack template %s" quotes an example from the template file', (format) => {
  const quoted = [...packWords.template[format].matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  expect(quoted.length).toBeGreaterThan(0);
  for (const text of quoted) expect(template(format).text).toContain(text);
});

test('the reply to "/pack template csv" quotes the row of column names, and then an example row', () => {
  const [names = '', example = ''] = template('csv').text.replace('\uFEFF', '').split('\r\n');
  const quoted = [...packWords.template.csv.matchAll(/^`(.+)`$/gmu)].map(([, text]) => text);
  expect(quoted).toEqual([names, example]);
});

test.each(templateFormats)('when the template for %s is imported, no row is left out', (format) => {
  const { text, fileName } = template(format);
  const { leftOut, pack, bank } = read(text, fileName);
  expect(leftOut).toEqual([]);
  expect(pack.entries.length).toBeGreaterThan(4);
  expect(bank.questions.length).toBeGreaterThan(3);
});

/** Texts of table cells. Some contain characters that have a special meaning in tables. */
const cellText = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.constantFrom(
    '=1+1',
    '@everyone',
    '"quoted"',
    'a;b,c|d',
    'line one\nline two',
    '+49',
    '  spaces  ',
    '# heading',
    'front',
  ),
);
const rows = fc.array(
  fc.record({
    front: cellText,
    back: cellText,
    wrong: fc.array(cellText, { maxLength: 3 }),
    topic: cellText,
    date: cellText,
  }),
  { minLength: 1, maxLength: 12 },
);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('a deck is unchanged after it is exported as CSV or YAML and imported again', () => {
  let decks = 0;
  fc.assert(
    fc.property(rows, (list) => {
      const header = 'front,back,wrong 1,wrong 2,wrong 3,topic,date\n';
      const text = list.map(({ front, back, wrong, topic, date }) =>
        [front, back, wrong[0] ?? '', wrong[1] ?? '', wrong[2] ?? '', topic, date].map(quoted).join(','),
      );
      let deck;
      try {
        deck = read(`${header}${text.join('\n')}`);
      } catch {
        // If every text consists of invisible characters only, the file has no cards and is refused.
        return;
      }
      decks++;
      const csv = exportPack(deck.files, 'csv');
      expect(csv.lost).toEqual(['The description and the source of the pack.']);
      const again = read(csv.text);
      expect(again.leftOut.map(({ reason }) => reason)).toEqual(
        deck.leftOut.map(({ reason }) => reason).filter((reason) => reason.startsWith('the wrong answer')),
      );
      expect(again.pack).toEqual(deck.pack);
      expect(again.bank).toEqual(deck.bank);
      const yaml = exportPack(deck.files, 'yaml');
      expect(read(yaml.text, yaml.fileName).pack).toEqual(deck.pack);
    }),
    { numRuns: 40, seed: 18 },
  );
  expect(decks).toBeGreaterThan(25);
});

test('an export as CSV lists the parts of the pack that are missing from the file, and a pack without cards cannot be exported as CSV', () => {
  const { files } = read(template('yaml').text, 'pack.yaml');
  expect(exportPack(files, 'csv').lost).toEqual([
    'Entries without a front and a back (1).',
    'The questions of questions.yaml.',
    'The description and the source of the pack.',
  ]);
  const without = files.filter(({ name }) => name !== 'cards.yaml');
  expect(() => exportPack(without, 'csv')).toThrow('use format:YAML');
  expect(writeNativePack(files)).toContain('cards:');
});

test('in a cloze note, a gap inside another gap is shown without its hint', () => {
  expect(clozeCards('{{c1::Paris on the {{c2::Seine::a river}}::a city}} is old.')).toEqual([
    { front: '[a city] is old.', back: 'Paris on the Seine' },
  ]);
});
