/** Tests the progress picture and its alt text. Some names contain characters that could break the SVG. */
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { progressPicture } from '../../src/chat/boards/progress-picture.ts';
import { limits } from '../../src/chat/limits.ts';
import { attachmentOf, svgText } from '../../src/chat/message/picture.ts';
import { createFacts } from '../../src/core/pack/facts.ts';
import { type Member, memberSchema } from '../../src/core/scores/member.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { dayNumber, weekId } from '../../src/core/scores/time-windows.ts';
import { library } from '../support/caspian.ts';

const today = dayNumber(Date.UTC(2026, 10, 23), 'UTC');
const { pack } = library;

const tally = (points: number, right: number, answered: number): [number, number, number] => [points, right, answered];

interface Given {
  readonly name?: string;
  readonly topics?: Member['windows'][string]['topics'];
  /** Points per week: the current week first, then the previous weeks. */
  readonly points?: readonly number[];
}
const member = ({ name = 'Ana', topics = {}, points = [] }: Given): Member =>
  memberSchema.parse({
    v: 2,
    name,
    windows: { all: { all: [900, 5, 9], topics } },
    weeks: Object.fromEntries(points.map((each, index) => [weekId(today - 7 * index), each])),
    rounds: [],
    rightAnswers: [],
    dayPoints: [],
    kinds: {},
    missed: [],
    days: { runs: [[today - 2, today]], longest: 8 },
  });
function pictureOf(given: Given, of: Pack = pack) {
  const picture = progressPicture(member(given), today, createFacts(of));
  if (!picture) throw new Error('there is no picture');
  return picture;
}

test('the alt text contains all the numbers and names in the picture', () => {
  const { alt, svg } = pictureOf({
    topics: { syria: [30, 2, 8], nuclear: [0, 0, 9], gone: [1, 1, 1] },
    points: [40, 0, 1_250],
  });
  expect(alt).toBe(
    'Progress of Ana: 3 days in a row now, 8 at best. ' +
      'Points in the last 12 weeks, this week last: 0, 0, 0, 0, 0, 0, 0, 0, 0, 1250, 0, 40. ' +
      'Right answers by topic: The nuclear agreement 0 % · 0 of 9; Syria 25 % · 2 of 8.',
  );
  for (const said of [
    'Ana',
    '3 days in a row now, 8 at best',
    '>40<',
    '>1.3K<',
    'Syria',
    '>25 % · 2 of 8<',
    '>Sep<',
    '>Nov<',
  ])
    expect(svg).toContain(said);
  expect(pictureOf({}).alt).toBe('Progress of Ana: 3 days in a row now, 8 at best. No points in the last 12 weeks.');
});

test('no picture is drawn for a member without answers', () => {
  const nothing = { ...member({}), windows: {} };
  expect(progressPicture(nothing, today, createFacts(pack))).toBeUndefined();
});

test('the picture shows the five topics with the most answers, and says how many other topics there are', () => {
  const all = Object.fromEntries(pack.topics.map(({ id }, index) => [id, tally(0, 1, index + 1)]));
  const { svg, alt } = pictureOf({ topics: all });
  const [most, least] = [pack.topics.at(-1)?.title ?? '', pack.topics[0]?.title ?? ''];
  for (const said of [svg, alt]) {
    expect(said).toContain(most);
    expect(said).not.toContain(least);
    expect(said).toContain(`${pack.topics.length - 5} more topics in the text above`);
  }
});

test('if there are six topics, the picture shows all of them; among topics with equally many answers, the topic with the most right answers comes first', () => {
  const six = pack.topics.slice(0, 6);
  const all = Object.fromEntries(six.map(({ id }, index) => [id, tally(0, index === 5 ? 1 : 0, 1)]));
  const { svg, alt } = pictureOf({ topics: all });
  for (const { title } of six) expect(svg).toContain(title);
  expect(alt).not.toContain('more topic');
  expect(alt).toContain(`Right answers by topic: ${six[5]?.title} 100 %`);
});

/** Parses the SVG without fonts. Throws if the SVG is not well-formed. */
const drawn = (svg: string) => new Resvg(svg, { font: { loadSystemFonts: false } });

test.each(['<svg>&"\'', '</text><image href="file:///etc/passwd"/>', ']]>\u0000\u0008\ud800', '\u202eevil', '   '])(
  'the SVG is well-formed for the name %j',
  (name) => {
    const { svg } = pictureOf({ name });
    expect(drawn(svg).width).toBe(520);
    expect(svg).not.toMatch(/<image|\u202e/);
    expect(svg.match(/<text/g)).toHaveLength(pictureOf({}).svg.match(/<text/g)?.length ?? 0);
  },
);

test('a right-to-left name is put between Unicode direction isolates', () => {
  const { svg, alt } = pictureOf({ name: 'علی (رضا) 2' });
  expect(svg).toContain('>\u2068علی (رضا) 2\u2069</text>');
  expect(alt).toContain('Progress of \u2068علی (رضا) 2\u2069: 3 days');
  expect(svgText('می\u200cخواهم', 32)).toBe('\u2068می\u200cخواهم\u2069');
});

test('a name with characters that the font lacks appears only in the alt text', () => {
  expect(svgText('王小明', 32)).toBeUndefined();
  expect(svgText('Ana 王', 32)).toBeUndefined();
  expect(svgText('Иван 🎉 Петров', 32)).toBe('Иван Петров');
  const { svg, alt } = pictureOf({ name: '王小明' });
  expect(svg).toContain('>Progress</text>');
  expect(alt).toContain('Progress of 王小明');
});

test('with very long names and titles, the picture and the alt text stay within the size limits', () => {
  const topics = Array.from({ length: 30 }, (_, index) => ({ id: `t${index}`, title: `${index} ${'Ж&'.repeat(200)}` }));
  const { svg, alt } = pictureOf(
    {
      name: 'W'.repeat(400),
      topics: Object.fromEntries(topics.map(({ id }) => [id, [99_999, 99_999, 99_999]])),
      points: Array.from({ length: 40 }, () => 9_876_543),
    },
    { ...pack, topics },
  );
  expect(drawn(svg).height).toBeLessThan(720);
  expect(svg.length).toBeLessThan(10_000);
  expect(attachmentOf({ svg, alt: `${alt}${alt}${alt}` }, new Uint8Array()).description).toHaveLength(
    limits.attachmentDescription,
  );
});
