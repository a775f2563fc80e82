/**
 * Tests the questions that are made of decks with answers of several kinds. All options of a question must be different
 * and of the same kind, for example all dates, all names or all words of one language.
 */
import { expect, test } from 'vitest';
import { readMaterial } from '../../src/formats/read-material.ts';

/** Maps each kind of answer to rows of cards. Each line is a row: front, back and optional tags. */
type Deck = Readonly<Record<string, string>>;

const rowsOf = (deck: Deck): readonly { readonly kind: string; readonly cells: readonly string[] }[] =>
  Object.entries(deck).flatMap(([kind, rows]) =>
    rows
      .trim()
      .split('\n')
      .map((row) => ({ kind, cells: row.trim().split(';') })),
  );

/** The questions of a deck, each with the kinds of its options. */
function questionsOf(deck: Deck, header: string) {
  const rows = rowsOf(deck);
  const text = [header, ...rows.map(({ cells }) => cells.join(';'))].join('\n');
  const read = readMaterial(Buffer.from(text), { fileName: 'mixed.csv', packName: 'Mixed' });
  if (read.kind !== 'pack') throw new Error('the columns are not recognised');
  const kindOf = new Map(rows.map(({ kind, cells }) => [cells[1], kind]));
  return read.bank.questions.map(({ ask, options }) => ({
    ask,
    options,
    kinds: [...new Set(options.map((option) => kindOf.get(option)))],
  }));
}

function expectOneKind(deck: Deck, header: string, asked: number): void {
  const questions = questionsOf(deck, header);
  for (const { ask, options, kinds } of questions) {
    expect(kinds, `${ask} ${options.join(' | ')}`).toHaveLength(1);
    expect(new Set(options.map((option) => option.toLowerCase())).size, ask).toBe(4);
  }
  expect(questions).toHaveLength(asked);
}

test('in a vocabulary of two languages without tags, all options of a question are of the same language', () => {
  expectOneKind(
    {
      german: `dog;der Hund
        house;das Haus
        bread;das Brot
        river;der Fluss
        to sleep;schlafen
        to eat;essen
        to swim;schwimmen
        to write;schreiben`,
      french: `dog;le chien
        house;la maison
        bread;le pain
        river;le fleuve
        to sleep;dormir
        to eat;manger
        to swim;nager
        to write;écrire`,
    },
    'English;Translation',
    16,
  );
});

test('even if cards of two languages share a tag, all options of a question are of the same language', () => {
  expectOneKind(
    {
      spanish: `dog;perro;spanish animals
        cat;gato;spanish animals
        cow;vaca;spanish
        red;rojo;spanish
        green;verde;spanish
        blue;azul;spanish`,
      italian: `dog;cane;italian animals
        cat;micio;italian animals
        cow;mucca;italian
        red;rosso;italian
        green;verdastro;italian
        blue;blu;italian`,
    },
    'front;back;tags',
    12,
  );
});

test('dates, years and names of a history deck are never options of the same question', () => {
  expectOneKind(
    {
      day: `Fall of the Berlin Wall;9 November 1989
        When was NATO founded?;4 April 1949
        French Revolution begins;14 July 1789
        Battle of Waterloo;18 June 1815`,
      years: `First World War;1914–1918
        Second World War;1939–1945
        Thirty Years’ War;1618–1648
        Seven Years’ War;1756–1763`,
      person: `First chancellor of West Germany;Konrad Adenauer
        Who wrote the first draft of the Basic Law?;Carlo Schmid
        Leader of the GDR until 1971;Walter Ulbricht
        Leader of the GDR after 1971;Erich Honecker`,
      place: `City of the peace treaty of 1648;Münster
        Where was the peace of 1919 signed?;Versailles
        Where did the Congress of 1815 meet?;Vienna
        Capital of West Germany;Bonn`,
      'date in figures': 'German reunification;03.10.1990\nUprising in East Germany;17.06.1953',
      century: 'Crisis of the Roman Empire;3rd century\nEnlightenment;18th century',
    },
    'front;back',
    16,
  );
});

test('words in different scripts are never options of the same question, whether the words are on the front or on the back of the cards', () => {
  expectOneKind(
    {
      russian: 'water;вода\nbread;хлеб\nfriend;друг\nsea;море',
      persian: 'water;آب\nbread;نان\nfriend;دوست\nsea;دریا',
      turkish: 'water;su\nbread;ekmek\nfriend;arkadaş\nsea;deniz',
      chinese: 'water;水\nbread;面包\nfriend;朋友\nsea;大海',
      english: 'книга;book\nстол;table\nокно;window\nдорога;road',
    },
    'word;in the other language',
    20,
  );
});

test('symbols, formulas, units and names of a science deck are never options of the same question', () => {
  expectOneKind(
    {
      temperature: `Boiling point of water;100 °C
        Melting point of iron;1538 °C
        Body temperature;37 °C
        Absolute zero;−273.15 °C`,
      symbol: `Chemical symbol of iron;Fe
        Chemical symbol of gold;Au
        Chemical symbol of lead;Pb
        Chemical symbol of silver;Ag`,
      formula: `Formula of water;H2O
        Formula of carbon dioxide;CO2
        Formula of ammonia;NH3
        Formula of table salt;NaCl`,
      person: `Discoverer of radium;Marie Curie
        Discoverer of penicillin;Alexander Fleming`,
      speed: 'Speed of sound in air;343 m/s\nWalking speed;5 km/h',
      word: 'Number of planets;eight',
    },
    'question;answer',
    12,
  );
});

test('the options of a question are all of one kind: names of people, names of museums, styles, materials, or the words "yes" and "no"', () => {
  expectOneKind(
    {
      person: `Who painted Guernica?;Pablo Picasso
        Who painted The Night Watch?;Rembrandt
        Who made the statue David?;Michelangelo
        Who painted Las Meninas?;Diego Velázquez`,
      museum: `Where is Las Meninas shown?;Prado
        Where is Guernica shown?;Museo Reina Sofía
        Where is The Night Watch shown?;Rijksmuseum
        Where is The Starry Night shown?;MoMA`,
      style: `Which style is The Scream?;Expressionism
        Which style is Guernica?;Cubism
        Which style is Las Meninas?;Baroque
        Which style is The Persistence of Memory?;Surrealism`,
      material: `What is The Scream painted on?;cardboard
        What is Guernica painted on?;canvas
        What is the Mona Lisa painted on?;poplar wood
        What is David made of?;marble`,
      truth: 'Is Guernica in colour?;no\nIs David made of marble?;yes',
    },
    'question;answer',
    16,
  );
});

test('if a deck asks for only two people and two places, no multiple-choice question is made, because no kind has four answers', () => {
  const rows = `Who painted Guernica?;Picasso
    Who painted The Night Watch?;Rembrandt
    Where is Las Meninas shown?;Prado
    Where is the Mona Lisa shown?;Louvre`;
  expect(questionsOf({ mixed: rows }, 'question;answer')).toEqual([]);
});

test('if the fronts of two cards differ only in symbols, the back of one card can be a wrong option of the other card’s question', () => {
  const rows = '`a | b`;or\n`a & b`;and\n`a ^ b`;either\n`~a`;not';
  expect(questionsOf({ operation: rows }, 'front;back').map(({ options }) => options.length)).toEqual([4, 4, 4, 4]);
});

test('if only the form of the answers is known, a topic with fewer than four cards gets wrong options from other topics only for vocabulary cards, and only from vocabulary cards there', () => {
  expectOneKind(
    {
      bone: `Longest bone of the body?;femur;body bones
        Upper arm bone?;humerus;body bones
        Shin bone?;tibia;body bones
        Collar bone?;clavicle;body bones`,
      animal: 'perro;dog;body spanish\ngato;cat;body spanish',
      wind: 'Warm wind of the Alps?;foehn;body wind',
      untagged: 'Which metal is liquid?;mercury;body',
    },
    'front;back;tags',
    4,
  );
});

test('in a vocabulary, words of different topics can be options of the same question if their topics have fewer than four words', () => {
  const rows = 'ağaç;tree;nature\nçiçek;flower;nature\nöğretmen;tutor;school\nsınıf;class;school\nyağmur;rain;weather';
  expect(questionsOf({ word: rows }, 'front;back;tags')).toHaveLength(5);
});

test('dates of different topics can be options of the same question, because dates are of the same kind in every topic', () => {
  const rows =
    'Magna Carta;1215;law\nFirst printed Bible;1455;books\nMoon landing;1969;space\nFirst email;1971;computers';
  expect(questionsOf({ year: rows }, 'front;back;tags')).toHaveLength(4);
});

test('the options of a question never include both words and code, or both words and formulas', () => {
  expectOneKind(
    {
      colour: 'Hex for red?;#ff0000\nHex for lime?;#00ff00\nHex for blue?;#0000ff\nHex for white?;#ffffff',
      entity: 'Entity for the ampersand?;&amp;\nTag of the largest heading?;<h1>',
      formula: 'Sum of three cells?;=SUM(A1:A3)\nTemplate for x?;{{ x }}',
      word: 'Abbreviation p?;paragraph\nTag br?;break\nTag i?;italic\nTag b?;bold',
    },
    'front;back',
    8,
  );
});

test('numbers with and without a sign can be options of the same question', () => {
  const rows = 'Mercury freezes at;-39\nWater boils at;100\nIce melts at;0\nHelium boils at;-269';
  expect(questionsOf({ temperature: rows }, 'front;back')).toHaveLength(4);
});

test('the options of a question never include both words and numbers in Persian digits', () => {
  expectOneKind(
    {
      word: 'روی میز چیست؟;کتاب‌ها\nنویسندهٔ شاهنامه؟;فردوسی\nاز چه فعلی است؟;رفتن\nپایتخت ایران؟;تهران',
      number: 'سال چند ماه دارد؟;۱۲',
    },
    'front;back',
    4,
  );
});

test('if several questions ask for the same thing, such as a capital, their answers are never options of questions that ask for something else', () => {
  expectOneKind(
    {
      capital: 'ما عاصمة مصر؟;القاهرة\nما عاصمة العراق؟;بغداد\nما عاصمة المغرب؟;الرباط\nما عاصمة الأردن؟;عمّان',
      plural: 'ما جمع كتاب؟;كُتُب',
      city: 'Capital of Chad?;Ndjamena\nCapital of Peru?;Lima\nCapital of Cuba?;Havana\nCapital of Mali?;Bamako',
      poet: 'Poet of Faust?;Goethe',
    },
    'front;back',
    8,
  );
});
