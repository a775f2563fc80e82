/**
 * Reads files of the kinds that other programs write. The author of the files knew the formats but not the code of the
 * bot, and wrote down for each file the result that a user expects.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ReadMaterial } from '../../src/core/material/material.ts';
import { PackError } from '../../src/core/pack/pack-file.ts';
import { readMaterial } from '../../src/formats/read-material.ts';

type ReadPack = Extract<ReadMaterial, { kind: 'pack' }>;

const bytesOf = (name: string) => readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url)));

function read(name: string): ReadPack {
  const result = readMaterial(bytesOf(name), { fileName: name, packName: 'Deck' });
  if (result.kind !== 'pack') throw new Error(`${name}: the columns are not recognised`);
  return result;
}

const textsOf = ({ pack }: ReadPack) =>
  pack.entries.flatMap((entry) =>
    entry.kind === 'card' ? [entry.front, entry.back, ...(entry.extra?.split('\n') ?? []), entry.source ?? ''] : [],
  );

/**
 * For each file: its name, a text that must occur in `readAs` (the description of how the file was read), the number of
 * cards, the numbers of the lines that are left out, and texts that the cards must contain unchanged.
 */
const files: readonly (readonly [name: string, readAs: string, cards: number, leftOut: number[], texts: string[]])[] = [
  ['a-zellbiologie.csv', 'semicolons, Windows-1252', 14, [], ['Was ist ein „Lysosom“?', '10–30 µm', '3,50 €']],
  ['a2-anki-capitals.txt', 'Anki', 13, [12], ['Capital of "the land of fire and ice"', 'Reykjavík', '< 10,000']],
  ['a3-hebrew-1255.csv', 'Windows-1255 (Hebrew), with a header', 10, [], ['מה פירוש צה"ל?', 'שָׁלוֹם', 'שלום, עולם', '₪']],
  ['b-cold-war-sheets.csv', 'commas, UTF-8', 12, [], ['1. Greece, Turkey\n2. "free peoples"\n3. economic aid']],
  ['b2-quizlet-comida.txt', 'tabs', 40, [], ['"buen provecho"', 'paprika - smoked or sweet', 'almorzar (o → ue)']],
  [
    'b3-japanese-shiftjis.csv',
    'Shift JIS, with a header',
    12,
    [14],
    ['「ン」に似たカナは？', '水, 氷, 水蒸気', '①＋②は？'],
  ],
  ['c-physics-quiz.csv', 'UTF-8 with a byte order mark', 12, [11], ['300,000', 'ohm (Ω)', "Newton's second law"]],
  ['c3-arabic-1256.csv', 'Windows-1256', 9, [10], ['كُتُب', 'أحمر، أخضر، أزرق', 'عمّان']],
  ['e-turkce-unicode.txt', 'tabs, UTF-16', 14, [], ['ığdır', 'İstanbul', 'kar / kâr', 'yoghurt, yogurt']],
  ['e2-anki-old-bio.txt', 'tabs', 11, [11, 13, 14], ["Darwin's ship", "'junk' DNA", '7.35–7.45', '−70 mV']],
  ['e3-quizlet-one-line.txt', '“;” after each row', 14, [1], ['E-Mail', 'Baden-Baden', 'Apfel, rot']],
  ['f-french-mac.csv', 'commas, Mac OS Roman', 50, [], ['la forêt', 'la sœur', 'ça coûte 5 €', 'autumn, fall']],
  [
    'f3-networks-notion.md',
    'A table in Markdown',
    10,
    [16],
    ['OSI layer of IP?', 'layer 3\n(network)', 'What is ARP (https://example.org/arp)?', '`ls -l`', 'Loopback, v4?'],
  ],
  ['g-geo-distractors.csv', 'commas, UTF-8', 12, [], ['a drowned valley cut by a glacier; deep, with steep sides']],
  [
    'g2-membranes-ragged.csv',
    'commas',
    12,
    [6, 9],
    ['needs energy, works against the gradient, uses carrier proteins'],
  ],
  ['g3-music-obsidian.md', '2 tables in Markdown', 10, [16, 26, 27], ['largo', 'lively', 'Händel', 'Baroque']],
  ['h-farsi.csv', 'commas, UTF-8', 12, [], ['دماوند (۵٬۶۱۰ متر)', 'بزرگ‌ترین دریاچهٔ جهان', 'a² + 2ab + b²']],
  ['h2-sep-italienisch.csv', '“sep=”', 11, [], ['solo andata; semplice', 'la valigia, il bagaglio', "l'orario"]],
  [
    'h3-broken-quotes.csv',
    'commas',
    11,
    [4, 5, 7, 10, 12, 14, 15, 20],
    ['Red, white and blue?', 'Who sang "Hey"?', 'He said "go", twice', 'Vatican City'],
  ],
  ['i-http-pipe.csv', 'vertical bars', 44, [], ["I'm a teapot", 'Service Unavailable, try later; see Retry-After']],
  ['i3-joined-exports.csv', 'commas', 12, [7, 11, 15, 17], ['mercury', 'zinc', 'tungsten', 'nickel']],
  [
    'j2-formeln-calc.csv',
    'semicolons',
    16,
    [],
    ['=WENN(A1>0;"ja";"nein")', "'s-Hertogenbosch", '00123', '+49', '-273,15'],
  ],
  ['k-markdown-mentions.csv', 'commas', 16, [], ['@everyone', '[link](http://example.org/x)', '# heading']],
  ['k2-duplicates.csv', 'commas', 11, [5, 9, 13, 16], ['side of a river', 'place that keeps money', 'massless boson']],
  [
    'l-anki-long-row.txt',
    'Anki',
    8,
    [10],
    ['Rückgewähr; §§ 346 ff.', 'Frist < 2 Wochen?', 'nur bei <b>besonderer</b> Abrede'],
  ],
  [
    'l2-mixed-utf8-cp1252.csv',
    'lines 7–8, 10–11 in Windows-1252',
    11,
    [],
    ['die Hähnchenkeule', 'le thé au rhum', 'l’huile'],
  ],
  ['m-hormones-order.csv', 'commas', 9, [9], ['erythropoietin (EPO)', 'https://example.org/endo?id=3&x=1']],
  [
    'm2-very-wide-form.csv',
    'commas',
    12,
    [],
    ['largest organ of the body', 'Achilles tendon', 'temporomandibular joint'],
  ],
  ['n-istoriya-daty.csv', 'Windows-1251', 34, [], ['Чьё войско шло на Русь в 1237 году?', '1223']],
  ['n2-anki-chemie.txt', 'Anki', 14, [], [String.raw`\(K = \frac{[C]^c [D]^d}{[A]^a [B]^b}\)`, 'Quecksilber']],
  [
    'o-gedichtanalyse-calc.csv',
    'without a header row',
    16,
    [],
    ['über das Versende\n\nhinaus (Leerzeile gehört dazu)'],
  ],
  ['o2-quizlet-music.txt', '“;;” after each row', 16, [], ['mezzo-forte', 'in flexible time - literally "robbed"']],
  ['p-litterature-qcm.csv', 'Windows-1252', 10, [8, 11], ['« Cœur » : quel pluriel ?', '9,90 €']],
  ['r-japanese-unicode.txt', 'UTF-16', 34, [], ['𠮟る', 'ｶﾀｶﾅ', 'to see, to watch', 'ついたち／いちにち']],
  [
    'r2-anki-old-jura.txt',
    'Anki',
    13,
    [],
    ['empfangsbedürftige Willenserklärung; muss alle "essentialia negotii" enthalten'],
  ],
  ['s-capitales-mac.txt', 'Mac OS Roman, with a header', 55, [], ['Puerto Príncipe', 'Suiza (¡ojo!)', 'Bélgica']],
  [
    't-genel-kultur.tsv',
    'tabs',
    11,
    [],
    ['"Nutuk" kimin eseridir?', 'Mantıkta "p | q" ne demektir?', 'Mehmet Âkif Ersoy'],
  ],
  ['t2-musik-unclosed-quote.csv', 'semicolons', 12, [6], ["Höhe des Kammertons a'", 'Wie viele Vorzeichen hat F-Dur?']],
  ['u-hebrew-arabic.tsv', 'tabs', 14, [], ['צה"ל', 'שָׁלוֹם', 'كِتَابٌ', "ג'ירפה"]],
  [
    'v-tableau-markdown.txt',
    'Markdown',
    10,
    [],
    ['LIFO : dernier entré, premier sorti', '`a | b`', '`a ^ b`', 'O(n log n)'],
  ],
  ['w2-excel-values.csv', 'commas', 17, [], ['#DIV/0!', '6.02214E+23', '=A1&"x"', "'02108", '#N/A', '+34']],
  ['x-emoji-zero-width.tsv', 'with a header row', 18, [17, 19], ['👩‍🔬', '🇧🇷', '1️⃣', '👍🏽', '@everyone проверка']],
  ['x2-empty-and-near-duplicates.csv', 'semicolons', 9, [3, 4, 6, 7, 8, 11, 14, 19], ['ördek (kuş)', 'keçi', 'balık']],
  ['y-anki-nul-bytes.txt', 'Anki', 10, [11, 13, 15], ['365 Tage', '11,9 Jahre', 'Jupiter', '29,5 Jahre']],
  ['y2-mixed-bom-cp1251.csv', 'lines 6–8 in Windows-1251', 11, [], ['ёжик', 'молоко', 'соль', 'рыба']],
  ['z-literatura-numbers.csv', 'semicolons', 9, [10], ['¿Quién escribió «Cien años de soledad»?', '3,5 puntos']],
  [
    'z2-trailing-columns.csv',
    'without a header row',
    11,
    [],
    ['E = ½ m v²', 'U = R · I', 'M = F · r; nur wenn senkrecht'],
  ],
];

test.each(files)(
  '%s is read as %s with %i cards, and its texts are unchanged',
  (name, readAs, cards, leftOut, texts) => {
    const result = read(name);
    expect(result.readAs).toContain(readAs);
    expect(result.pack.entries).toHaveLength(cards);
    expect([...new Set(result.leftOut.map(({ line }) => line))]).toEqual(leftOut);
    const found = textsOf(result).join('\n');
    for (const text of texts) expect(found).toContain(text);
    expect(found).not.toMatch(/\uFFFD|\{\{c\d|\[sound:|&nbsp;/);
  },
);

test.each([
  ['c2-leer.csv', 'is empty'],
  ['d-workbook-renamed.csv', 'an Excel workbook'],
  ['d2-login-page.csv', 'is a web page'],
  ['j-ethik-mitschrift.txt', 'no rows were found'],
  ['p2-only-header.csv', 'has the names of columns and no rows below them'],
  ['q-handout-renamed.csv', 'is a PDF'],
  ['q2-whiteboard-photo.txt', 'is a picture'],
  ['v2-json-renamed.csv', 'is JSON'],
  ['w-apuntes-prosa.txt', 'no rows were found'],
])('%s is refused with a message that contains "%s"', (name, words) => {
  expect(() => read(name)).toThrow(PackError);
  expect(() => read(name)).toThrow(words);
});

test('if the names of the columns are unknown, the member is asked for the role of each column, and the chosen roles are used', () => {
  const bytes = bytesOf('u2-sep-comments.csv');
  const asked = readMaterial(bytes, { fileName: 'u2.csv', packName: 'Units' });
  if (asked.kind !== 'columns') throw new Error('the columns were guessed');
  expect(asked.columns.map(({ name }) => name)).toEqual(['unit', 'quantity', 'in other units']);
  expect(asked.columns[0]?.samples).toEqual(['Newton', 'pascal', 'joule']);
  const chosen = readMaterial(bytes, {
    fileName: 'u2.csv',
    packName: 'Units',
    columns: { 0: 'front', 1: 'back', 2: 'extra' },
  });
  if (chosen.kind !== 'pack') throw new Error('the choice was not taken');
  expect(chosen.pack.entries).toHaveLength(10);
  expect(chosen.leftOut.map(({ line }) => line)).toEqual([2, 9, 10]);
  expect(chosen.pack.entries[0]).toMatchObject({ front: 'Newton', back: 'force', extra: 'kg·m/s²' });
});

test('the texts of an ignored column are not in the pack, and a remark lists the column', () => {
  const { files: documents, remarks } = read('m2-very-wide-form.csv');
  expect(JSON.stringify(documents)).not.toContain('@example.org');
  expect(remarks.join(' ')).toContain('Not read: “Timestamp”, “Email”');
});

test.each([
  ['a3-hebrew-1255.csv', ['front', 'back', 'tags']],
  ['b3-japanese-shiftjis.csv', ['front', 'back', 'tags']],
  ['c3-arabic-1256.csv', ['front', 'back', 'tags']],
])('the role of each column of %s is found by the name of the column', (name, roles) => {
  expect(read(name).columns?.map(({ role }) => role)).toEqual(roles);
});

test('the wrong answers of a row become options of the question, and the right answer occurs only once among the options', () => {
  const { bank } = read('g-geo-distractors.csv');
  const equator = bank.questions.find(({ ask }) => ask.includes('Line at 0° latitude'));
  expect(equator?.options.filter((option) => option === 'Equator')).toEqual(['Equator']);
  expect(equator?.options).toEqual(expect.arrayContaining(['Tropic of Cancer', 'Prime Meridian']));
  const islands = bank.questions.find(({ ask }) => ask.includes('Country with the most islands'));
  expect(islands?.options.toSorted()).toEqual(['Finland', 'Indonesia', 'Norway', 'Sweden'].toSorted());
});
