/** Tests that the emulated Discord accepts every message about a pack whose texts are as long as the schema allows. */
import { expect, test } from 'vitest';
import type { LoadedPack } from '../../src/bot/packs/read-pack.ts';
import { labelsOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf } from '../support/emulated-round.ts';
import { library } from '../support/caspian.ts';
import { seen } from '../support/seen.ts';

/** Maps the names of fields to the maximum lengths that the schema of a pack allows for them. */
const longest: Readonly<Record<string, number>> = { title: 80, summary: 900, text: 500, ask: 250, explanation: 600 };

/** Returns a copy of a value. All texts in the copy are filled up to their maximum length with `filler`. */
function filled(value: unknown, filler: string, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, filler, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, filler, key)]));
  const length = longest[name];
  return typeof value === 'string' && length !== undefined ? (value + filler.repeat(length)).slice(0, length) : value;
}

const withLongTexts = ({ pack, bank, vocabulary }: LoadedPack, filler: string): LoadedPack => {
  const { questions } = bank;
  const lettered = questions.filter(({ options }) => options.length === 4);
  const long = lettered.map((question) => ({
    ...(filled(question, filler) as typeof question),
    options: question.options.map((option) => (option + filler.repeat(100)).slice(0, 100)),
  }));
  return {
    pack: { ...pack, entries: filled(pack.entries, filler) as typeof pack.entries },
    bank: { ...bank, questions: long },
    vocabulary,
  };
};

// The bot passes this test because every message is shortened before it is sent.
test.each([
  ['Persian', 'ر'],
  ['Chinese', '海'],
])(
  'F24: with a pack of very long %s texts, Discord accepts all cards, questions, answers and pages',
  async (_, filler) => {
    const pack = withLongTexts(library, filler);
    const { ana, begin, loopback, press, shows } = await emulatedBot({ pack });
    const look = async (line: string, options: Record<string, string | boolean> = {}) =>
      messageOf(await ana.command('general', line, options));
    const longestEntries = pack.pack.entries
      .toSorted((one, other) => JSON.stringify(other).length - JSON.stringify(one).length)
      .slice(0, 4);
    for (const { id, kind } of longestEntries) {
      const card = await look(kind === 'dispute' ? '/dispute' : '/fact', { about: `id:${id}` });
      for (const label of ['More', 'Sources'])
        if (labelsOf(card).includes(label)) messageOf(await ana.press(card, label));
    }
    await look('/timeline', {});
    expect((await ana.autocomplete('general', '/event', 'about', '')).length).toBeGreaterThan(0);
    const question = await begin();
    expect(await press('ana', question, 'A')).toContain('Locked A');
    await shows('1 answer.', question.id);
    await ana.command('general', '/quiz stop');
    await shows('Podium');
    const ours = loopback.log.filter(({ caller }) => caller === loopback.world().application.id || caller === 'none');
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter(({ status }) => status >= 400).map(({ path, status }) => `${path} ${status}`)).toEqual([]);
    seen(`${ours.length} requests, none refused`);
  },
);
