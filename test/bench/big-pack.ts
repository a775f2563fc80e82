/**
 * Writes a pack of any size with real words. Word meanings from WordNet become events, claims, people, organisations
 * and figures. Towns become places. The entries are as long as those of the shipped pack. Every third entry has notes.
 */
import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { Corpus, CorpusEntry } from './corpus.ts';

/**
 * Creates the fields that only the entries of one file have, such as `date` in events.yaml. `near` returns the id of a
 * related entry in another file.
 */
type Special = (about: CorpusEntry, number: number, near: (file: string) => string) => object;
const files: Readonly<Record<string, readonly [ofTen: number, special: Special]>> = {
  'events.yaml': [
    2,
    (_, number, near) => ({
      date: `${1900 + (number % 120)}-0${1 + (number % 9)}-1${number % 10}`,
      people: [near('people.yaml')],
      places: [near('places.yaml')],
    }),
  ],
  'claims.yaml': [3, (_, __, near) => ({ on: [near('events.yaml')] })],
  'people.yaml': [1, ({ text }) => ({ role: text.slice(0, 150) })],
  'organisations.yaml': [1, () => ({})],
  'places.yaml': [2, () => ({ type: 'town' })],
  'figures.yaml': [1, ({ text }, number) => ({ value: number, unit: 'percent', of: text.slice(0, 150) })],
};
const kept = 80;
const topics = ['first', 'second', 'third'];

/** Writes the files of a pack with about `count` entries into `folder`. The URL of the folder must end with a slash. */
export async function writeBigPack(folder: URL, { entries }: Corpus, count: number): Promise<void> {
  const towns = entries.filter(({ id }) => id.startsWith('c'));
  const senses = entries.filter(({ id, text }) => !id.startsWith('c') && text.length > 20);
  const idOf = (file: string, number: number) => `${file.slice(0, -'.yaml'.length)}-${number}`;
  for (const [file, [ofTen, special]] of Object.entries(files)) {
    const size = Math.floor((count * ofTen) / 10);
    const [about, other] = file === 'places.yaml' ? [towns, senses] : [senses, towns];
    const list = Array.from({ length: size }, (_, number) => {
      // Each file starts at a different position in the corpus. Each summary consists of three definitions from
      // WordNet.
      const at = (offset: number, of: readonly CorpusEntry[]) =>
        of[(number * 7 + offset * 1009) % of.length] as CorpusEntry;
      const subject = at(ofTen + file.length, about);
      const glosses = [1, 2, 3].map((offset) => at(offset + file.length, senses).text);
      return {
        id: idOf(file, number),
        title: subject.title.slice(0, kept),
        summary: glosses.join('. ').slice(0, 900),
        voice: 'reported',
        paragraphs: [1 + (number % 18)],
        topics: [topics[number % topics.length]],
        aliases: [...subject.aliases, `${subject.title} ${at(5, other).title}`].map((name) => name.slice(0, kept)),
        links: [...new Set([number - 1, number + 1].map((next) => idOf(file, (next + size) % size)))],
        ...(number % 3 === 0 && {
          notes: [
            {
              check: 'C01',
              text: glosses[1]?.slice(0, 500),
              sources: [{ title: glosses[2]?.slice(0, 200), url: `https://example.org/${number}` }],
            },
          ],
        }),
        ...special(subject, number, (of) => idOf(of, number % Math.floor(count / 10))),
      };
    });
    await writeFile(new URL(file, folder), stringify(list));
  }
  const manifest = {
    id: 'big',
    title: 'Big',
    description: 'A pack as large as packs may be.',
    source: { title: 'WordNet and GeoNames', paragraphs: 18, note: 'Made for the bench.' },
    topics: topics.map((id) => ({ id, title: id })),
  };
  await writeFile(new URL('pack.yaml', folder), stringify(manifest));
}
