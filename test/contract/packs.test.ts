/** Tests the rules that every shipped pack must fulfil. */
import { describe, expect, test } from 'vitest';
import { entryCard } from '../../src/chat/cards/entry-card.ts';
import { moreCard, sourcesCard } from '../../src/chat/cards/more-card.ts';
import { cardWords } from '../../src/chat/words/card-words.ts';
import { helpCard } from '../../src/chat/cards/help-card.ts';
import { suggestEntries, suggestTopics } from '../../src/chat/cards/suggestions.ts';
import { timelineCard } from '../../src/chat/cards/timeline-card.ts';
import { closedQuestionCard } from '../../src/chat/quiz/question-card.ts';
import { roundCard } from '../../src/chat/quiz/round-card.ts';
import { createFacts } from '../../src/core/pack/facts.ts';
import { isFromRecord, kinds } from '../../src/core/pack/pack.ts';
import { packIndexOf } from '../../src/core/questions/question-candidate.ts';
import { giveAwayCheck } from '../../src/core/questions/give-away.ts';
import { createDraw } from '../../src/core/questions/draw.ts';
import { begin } from '../../src/core/quiz/quiz.ts';
import { checkPack } from '../../src/bot/packs/check-pack.ts';
import { partsOf, refusals, textOf } from '../chat/discord.ts';
import { library, polarFirsts } from '../support/caspian.ts';

/** The number of a fact check or source in the editor's files, such as C07. No card may show such a number. */
const editorsNumber = /(?<![\w-])[CRSTG]\d{2}[a-z]?(?![\w-])/;

/** The text of a markdown string as members see it, without URLs, escapes and formatting. */
const asShown = (markdown: string): string =>
  markdown
    .replaceAll(/\[([^\]]*)\]\(<[^>]*>\)/g, '$1')
    .replaceAll(/^(-# |#{1,3} |> )/gm, '')
    .replaceAll(/(?<!\\)\*/g, '')
    .replaceAll('\\', '');

/** The kinds of entries that a shipped pack has. The kind `card` occurs only in packs that servers add. */
const articleKinds = kinds.filter((kind) => kind !== 'card');

describe.each([library, polarFirsts].map((each) => [each.pack.id, each] as const))('%s', (id, { pack, bank }) => {
  const facts = createFacts(pack);
  const { entries } = pack;

  test('pack:check reports no mistakes and no warnings', async () => {
    const report = await checkPack(new URL(`../../data/${id}/`, import.meta.url));
    expect(report).toMatchObject({ problems: [], warnings: [], entries: entries.length });
    expect(report.questions).toBe(bank.questions.length);
  });

  test('the pack has entries of every kind except the kind "card", and every topic has at least three entries and three questions', () => {
    expect(articleKinds.filter((kind) => !entries.some((entry) => entry.kind === kind))).toEqual([]);
    for (const topic of pack.topics) {
      const ids = entries.filter(({ topics }) => topics.includes(topic.id)).map((entry) => entry.id);
      expect(ids.length, topic.id).toBeGreaterThan(2);
      const asked = bank.questions.filter(({ about }) => about.some((one) => ids.includes(one)));
      expect(asked.length, topic.id).toBeGreaterThanOrEqual(3);
    }
  });

  test('the card of every entry is within Discord’s limits and shows the sources', () => {
    for (const entry of entries) {
      const card = entryCard(entry, facts, { canAsk: true });
      expect(refusals(card), entry.id).toEqual([]);
      if (isFromRecord(entry)) {
        expect(textOf(card), entry.id).toContain('from the public record, not from the article');
        expect(textOf(card), entry.id).toContain(`(<${entry.statement.sources[0]?.url}>)`);
      } else {
        expect(textOf(card), entry.id).toMatch(/paragraphs? \d/);
        expect(facts.label(entry), entry.id).toMatch(/^(reported|claimed by [\p{Lu}u]|the author’s)/u);
      }
      expect(textOf(card), entry.id).not.toMatch(editorsNumber);
      const more = moreCard(entry, facts);
      expect(refusals(more), entry.id).toEqual([]);
      expect(textOf(more), entry.id).not.toMatch(editorsNumber);
      const sources = sourcesCard(entry, facts);
      expect(textOf(sources).replaceAll(/\(<.*?>\)/g, ''), entry.id).not.toMatch(editorsNumber);
      expect(refusals(sources), entry.id).toEqual([]);
      for (const { url } of entry.notes.flatMap((note) => note.sources))
        expect(textOf(sources)).toContain(`(<${url}>)`);
    }
    expect(refusals(helpCard([{ command: 'help', mention: '/help', description: 'This' }], facts))).toEqual([]);
    expect(refusals(timelineCard({}, facts.timeline({}), { page: 0, owner: '1', isPublic: true }, facts))).toEqual([]);
  });

  test('the card of every entry is short enough to read in a channel', () => {
    for (const entry of entries) {
      const card = entryCard(entry, facts, { canAsk: true, owner: '1'.repeat(19) });
      const shown = asShown(textOf(card));
      if (entry.kind === 'dispute') expect(shown.length, entry.id).toBeLessThanOrEqual(1_600);
      else {
        expect(shown.length, entry.id).toBeLessThanOrEqual(900);
        const lines = shown.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0);
        expect(lines, entry.id).toBeLessThanOrEqual(14);
      }
      const rows = partsOf(card).filter(({ type }) => type === 1);
      const buttons = rows.filter(({ components }) => components?.[0]?.type === 2);
      expect(buttons, entry.id).toHaveLength(1);
      expect(rows.length - buttons.length, entry.id).toBeLessThanOrEqual(1);
      for (const { label = '' } of buttons[0]?.components ?? []) expect(label.length, entry.id).toBeLessThanOrEqual(14);
      expect(shown, entry.id).not.toMatch(/['"]/);
    }
  });

  test('the card of every entry shows what happened after the article was written, and every card except the card of a dispute also shows the corrections to the article', () => {
    for (const entry of entries) {
      const shown = textOf(entryCard(entry, facts, { canAsk: true, owner: '1'.repeat(19) }));
      if (entry.sinceThen.length > 0) expect(shown, entry.id).toContain(cardWords.sinceThen);
      if (entry.kind !== 'dispute' && entry.notes.some(({ corrects }) => corrects))
        expect(shown, entry.id).toContain(cardWords.correction);
    }
  });

  test('for an empty query, autocomplete suggests entries of the preferred kind first', async () => {
    for (const kind of articleKinds) {
      const offered = await facts.suggest('', [kind]);
      expect(offered[0]?.kind, kind).toBe(kind);
      expect(offered.map(({ voice }) => voice)).not.toContain("author's speculation");
    }
  });

  test('for the first letters of any title, the autocomplete choices are within Discord’s limits', async () => {
    // The cast is safe because autocomplete uses only the function `pack` of the services.
    const services = { pack: async () => ({ facts }) } as unknown as Parameters<typeof suggestTopics>[1];
    for (const typed of ['', ...entries.map(({ title }) => title.slice(0, 7))])
      for (const choices of [await suggestEntries(kinds)(typed, services), await suggestTopics(typed, services)]) {
        expect(choices.length).toBeLessThanOrEqual(25);
        for (const { name, value } of choices) {
          expect(name.length, name).toBeLessThanOrEqual(100);
          expect(value.length, name).toBeLessThanOrEqual(100);
        }
      }
  });

  test('a search for the title or an alias of an entry finds the entry', async () => {
    const first = async (query: string) => {
      const found = await facts.find(query);
      return found.kind === 'one' ? [found.entry.id] : found.kind === 'none' ? [] : found.entries.map((one) => one.id);
    };
    const lost: string[] = [];
    for (const entry of entries.filter(({ voice }) => voice !== "author's speculation")) {
      const [best] = await first(entry.title);
      expect(best, entry.title).toBe(entry.id);
      for (const alias of entry.aliases)
        if (!(await first(alias)).includes(entry.id)) lost.push(`${alias} (${entry.id})`);
    }
    expect(lost).toEqual([]);
  });

  test('a search for the exact date of an event finds the event', async () => {
    for (const entry of facts.timeline({}).filter(({ date }) => date?.length === 10)) {
      const found = await facts.find(entry.date ?? '', ['event', 'agreement', 'record-event']);
      const those = found.kind === 'one' ? [found.entry, ...found.others] : found.kind === 'none' ? [] : found.entries;
      expect(those, entry.date).toContain(entry);
    }
  });

  test('the cards of every question are within Discord’s limits, before and after the reveal', () => {
    expect(bank.questions.length).toBeGreaterThanOrEqual(30);
    const at = Date.UTC(2026, 10, 24);
    for (const question of bank.questions) {
      const host = { id: '1', name: 'Ana' };
      const quiz = begin({
        id: 'x',
        mode: 'solo',
        scope: 'h',
        channel: 'c',
        host,
        topic: undefined,
        questions: [question],
        at,
      });
      for (const name of ['asking', 'reveal'] as const) {
        const card = roundCard({ ...quiz, phase: { name, question: 0, opensAt: at } });
        expect(card && refusals(card), question.id).toEqual([]);
      }
      expect(refusals(closedQuestionCard(quiz, 0)), question.id).toEqual([]);
    }
  });

  test('for every seed, a different round of ten questions is drawn, and no question gives away the answer of another', () => {
    const givesAway = giveAwayCheck(bank, packIndexOf(pack));
    const inBank = (id: string) => bank.questions.filter((one) => one.id === id);
    const draw = createDraw(bank, pack);
    const rounds = Array.from({ length: 20 }, (_, seed) => draw({ seed, count: 10 }));
    for (const round of rounds) {
      expect(round).toHaveLength(10);
      for (const [index, one] of round.entries())
        for (const other of round.slice(index + 1))
          for (const left of inBank(one.id))
            for (const right of inBank(other.id)) expect(givesAway(left, right), `${one.id} ${other.id}`).toBe(false);
    }
    expect(new Set(rounds.map((round) => round.map((one) => one.id).join())).size).toBe(20);
  });
});
