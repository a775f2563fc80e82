/** Tests the drawing of pictures: cache, queue, and right-to-left text. */
import { expect, test } from 'vitest';
import { cachePictures } from '../src/pictures/picture-cache.ts';
import { drawPng } from '../src/pictures/resvg.ts';
import { settled } from '../src/loopback/virtual-clock.ts';

const bytes = (of: string) => new TextEncoder().encode(of);

/** A renderer whose `draw` finishes only when the test calls `next`. */
function slowRenderer() {
  const asked: string[] = [];
  const going: (() => void)[] = [];
  return {
    asked,
    next: async () => {
      going.shift()?.();
      await settled();
    },
    draw: async (svg: string) => {
      asked.push(svg);
      await new Promise<void>((resolve) => going.push(resolve));
      return bytes(`drawn ${svg}`);
    },
  };
}

test('a picture that is requested twice is drawn only once', async () => {
  const { asked, next, draw } = slowRenderer();
  const { png } = cachePictures(draw);
  const both = [png('a'), png('a')];
  await settled();
  await next();
  expect(await Promise.all([...both, png('a')])).toEqual(Array.from({ length: 3 }, () => bytes('drawn a')));
  expect(asked).toEqual(['a']);
});

test('pictures are drawn one at a time, and the queue holds at most 200 pictures', async () => {
  const { asked, next, draw } = slowRenderer();
  const { png } = cachePictures(draw);
  const first = Array.from({ length: 200 }, (_, index) => png(String(index)));
  await settled();
  expect(asked).toEqual(['0']);
  await expect(png('one more')).rejects.toThrow('200 pictures are waiting');
  await next();
  expect(asked).toEqual(['0', '1']);
  expect(await first[0]).toEqual(bytes('drawn 0'));
  const later = png('later');
  for (let left = 0; left < 200; left++) await next();
  expect(await later).toEqual(bytes('drawn later'));
});

test('a picture that could not be drawn is drawn again at the next request', async () => {
  let times = 0;
  const { png } = cachePictures(async (svg) => {
    if (++times === 1) throw new Error('no ink');
    return bytes(svg);
  });
  await expect(png('a')).rejects.toThrow('no ink');
  expect(await png('a')).toEqual(bytes('a'));
});

test('the cache keeps the 64 most recently used pictures', async () => {
  const asked: string[] = [];
  const { png } = cachePictures(async (svg) => {
    asked.push(svg);
    return bytes(svg);
  });
  for (let index = 0; index < 64; index++) await png(String(index));
  await png('0');
  await png('new');
  expect(asked).toHaveLength(65);
  await png('0');
  await png('1');
  expect(asked.slice(65)).toEqual(['1']);
});

const svgOf = (name: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="50" font-family="DejaVu Sans"><text x="10" y="34" font-size="28" font-weight="700">${name}</text></svg>`;

test('the letters of a right-to-left name are drawn in their correct shape and order', async () => {
  // The characters of `name`, but with explicit letter shapes and in order from left to right. U+202D overrides the
  // direction of the letters.
  const byHand = '\u202d(\ufeee\ufee7) \ufe8e\ufe91\u202c';
  const name = 'با (نو)';
  const drawn = await drawPng(svgOf(`\u2068${name}\u2069`));
  expect(Buffer.compare(drawn, await drawPng(svgOf(byHand)))).toBe(0);
  expect(Buffer.compare(drawn, await drawPng(svgOf(`\u202d${name}\u202c`)))).not.toBe(0);
  expect(Buffer.compare(drawn, await drawPng(svgOf('')))).not.toBe(0);
});

test('drawing fails for text that is not valid SVG', async () => {
  await expect(drawPng('<svg')).rejects.toThrow(/./);
});
