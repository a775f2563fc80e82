/** Creates the documents of a pack from cards: the manifest with its topics, and the list of cards. */
import { cardIds, slugOf } from '../core/material/card-ids.ts';
import type { LeftOut, PackDocument } from '../core/material/material.ts';
import { monthNames } from '../core/months.ts';
import { maxBack } from '../core/pack/pack-schemas.ts';
import { cleanCell, comparedText } from './cell-text.ts';
import type { TableCard } from './table-cards.ts';

interface Deck {
  readonly documents: readonly PackDocument[];
  /** Texts that were left out of cards, such as the end of a long note. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Maximum number of topics. A menu on Discord has at most 25 options. The last topic contains the cards that have no
 * frequent tag.
 */
const maxTopics = 25;
const longestTitle = 60;
const longestSource = 300;
const longestWrong = 200;
const maxWrong = 20;

export function deckOf(
  cards: readonly TableCard[],
  {
    packName,
    fileName,
    tags,
  }: { readonly packName: string; readonly fileName: string; readonly tags: readonly string[] },
): Deck {
  const title = shortened(cleanCell(packName).replaceAll(/\s+/g, ' ') || 'Cards', longestTitle);
  const topics = topicsOf(
    cards.map((card) => [...card.tags, ...tags]),
    title,
  );
  const ids = cardIds(cards);
  const leftOut: LeftOut[] = [];
  const values = cards.map((card, index) => {
    const { front, back } = card;
    const wrong = card.wrong.filter((text) => comparedText(text) !== comparedText(back));
    const kept = [...new Set(wrong)].filter((text) => text.length <= longestWrong).slice(0, maxWrong);
    if (card.extra.length > maxBack)
      leftOut.push({
        line: card.line,
        reason: `the note has ${card.extra.length} characters, and only the first ${maxBack} were taken`,
        instead: 'shorten it',
      });
    return {
      id: ids[index],
      front,
      back,
      ...(kept.length > 0 && { wrong: kept }),
      ...(card.extra !== '' && { extra: shortened(card.extra, maxBack) }),
      ...dateFields(card.date),
      ...(card.source !== '' && { source: shortened(card.source, longestSource) }),
      topics: topics.idsOf([...card.tags, ...tags]),
    };
  });
  const manifest = {
    id: slugOf(title) ?? 'cards',
    title,
    description: `Cards that this server added from ${shortened(cleanCell(fileName), 200) || 'a text'}.`,
    source: { title, paragraphs: 1, note: 'Cards have no article. Where the group named a source, the card shows it.' },
    topics: topics.list,
    addedByServer: true,
  };
  return {
    documents: [
      { name: 'pack.yaml', value: manifest },
      { name: 'cards.yaml', value: values },
    ],
    leftOut,
  };
}

/** If a text has more than `most` characters, shortens it to this length. A shortened text ends with an ellipsis. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

interface Topics {
  readonly list: readonly { readonly id: string; readonly title: string }[];
  readonly idsOf: (tags: readonly string[]) => readonly string[];
}

/** The most frequent tags become topics. Cards without any of these tags get the topic of the whole deck. */
function topicsOf(tagsOfCards: readonly (readonly string[])[], deck: string): Topics {
  const times = new Map<string, { readonly title: string; count: number }>();
  for (const tags of tagsOfCards)
    for (const tag of tags) {
      const known = times.get(comparedText(tag));
      if (known) known.count++;
      else times.set(comparedText(tag), { title: tag, count: 1 });
    }
  const frequent = [...times].toSorted(([, a], [, b]) => b.count - a.count).slice(0, maxTopics - 1);
  const ids = new Map<string, string>();
  const taken = new Set(['cards']);
  const list = frequent.map(([key, { title }]) => {
    const slug = slugOf(title, 28) ?? 'topic';
    let id = slug;
    for (let number = 2; taken.has(id); number++) id = `${slug}-${number}`;
    taken.add(id);
    ids.set(key, id);
    return { id, title: shortened(title.replaceAll('::', ' › '), longestTitle) };
  });
  const idsOf = (tags: readonly string[]): readonly string[] => {
    const known = [...new Set(tags.flatMap((tag) => ids.get(comparedText(tag)) ?? []))];
    return known.length > 0 ? known : ['cards'];
  };
  const hasOthers = tagsOfCards.some((tags) => idsOf(tags)[0] === 'cards');
  return { list: hasOthers ? [...list, { id: 'cards', title: shortened(deck, longestTitle) }] : list, idsOf };
}

/**
 * If the bot can parse the text as a date, returns the date in the field `date`. Returns any other short text in the
 * field `when`. For example, 3/4/2020 is returned in `when`, because its month is ambiguous.
 */
function dateFields(text: string): { readonly date?: string; readonly when?: string } {
  if (text === '') return {};
  const date = calendarDate(text);
  if (date !== undefined) return { date };
  return text.length <= 60 ? { when: text.replaceAll(/\s+/g, ' ') } : {};
}

function calendarDate(text: string): string | undefined {
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$/.exec(text);
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  const english = /^(\d{1,2}) (\p{L}+) (\d{4})$/u.exec(text);
  const month = monthNames.findIndex((name) => name.toLowerCase() === english?.[2]?.toLowerCase()) + 1;
  const [year, monthText, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : german
      ? [german[3], german[2], german[1]]
      : english && month > 0
        ? [english[3], String(month), english[1]]
        : [];
  if (year === undefined) return undefined;
  const parts = [year, monthText, day].flatMap((part) => part?.padStart(2, '0') ?? []);
  const written = parts.join('-');
  const whole = new Date(
    `${written}${'-01-01'.slice(written.length === 4 ? 0 : 3, written.length === 10 ? 3 : 6)}T00:00:00Z`,
  );
  if (Number.isNaN(whole.getTime())) return undefined;
  // For 31 April, which does not exist, the constructor returns 1 May.
  return whole.toISOString().startsWith(written) ? written : undefined;
}
