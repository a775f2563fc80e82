/**
 * Generates questions from the fields of entries: who has a role, where an event took place, who made a statement. The
 * wrong answers come from a pool that an author approved. The checks later remove the wrong answers that do not fit a
 * question.
 */
import type { Entry, EntryOf, Position } from '../pack/pack.ts';
import { speakerOf } from '../pack/voice.ts';
import { type CandidateDraft, buildCandidate } from './build-candidate.ts';
import {
  type QuestionCandidate,
  type AnswerOption,
  type PackIndex,
  optionFrom,
  namesOf,
} from './question-candidate.ts';
import type { QuestionKind } from './question.ts';
import type { GenerateRule } from './question-schema.ts';
import { hasPhrase, normaliseText } from './text-comparison.ts';

interface GeneratedQuestion {
  readonly kind: QuestionKind;
  readonly ask: string;
  readonly answer: AnswerOption;
  readonly explanation?: string;
  readonly position?: Position;
}

/**
 * All candidates that one rule generates. The wrong answers of each candidate are all answers of the pool except the
 * right one.
 */
export function candidatesFromRule(
  rule: GenerateRule,
  pool: readonly string[],
  packIndex: PackIndex,
): QuestionCandidate[] {
  const options = pool.map((option) => optionFrom(option, packIndex));
  return packIndex.pack.entries
    .filter(({ id }) => !rule.except.includes(id))
    .flatMap((entry) => {
      const made = generators[rule.from](entry, packIndex);
      return made.map(({ explanation = openingSentences(entry), ...rest }, index) => {
        const draft: CandidateDraft = {
          ...rest,
          id: `${rule.from}-${entry.id}${made.length > 1 ? `-${index + 1}` : ''}`,
          about: [entry],
          wrong: options.filter(({ text }) => normaliseText(text) !== normaliseText(rest.answer.text)),
          explanation,
          difficulty: rule.difficulty,
          origin: 'generated',
        };
        return buildCandidate(draft, packIndex);
      });
    });
}

const generators: Readonly<Record<GenerateRule['from'], (entry: Entry, packIndex: PackIndex) => GeneratedQuestion[]>> =
  {
    role: (entry) => {
      const role = roleOf(entry);
      const ask = `Who is described in the article as ${role}?`;
      return role === undefined ? [] : [{ kind: 'who', ask, answer: { text: entry.title, entry } }];
    },

    'described-as': (entry) => {
      const role = roleOf(entry);
      const ask = `Which role does the article give to ${entry.title}?`;
      return role === undefined ? [] : [{ kind: 'what', ask, answer: { text: role } }];
    },

    place: (entry, packIndex) => {
      const [place, second] = entry.kind === 'event' ? entry.places.flatMap((id) => packIndex.entry(id) ?? []) : [];
      if (!place || second) return [];
      const ask = `Which place does the article name for ${quoted(withoutPlace(entry.title, place.title))}?`;
      return [{ kind: 'where', ask, answer: { text: place.title, entry: place } }];
    },

    year: (entry) =>
      (entry.kind === 'event' || entry.kind === 'agreement') && entry.date
        ? [
            {
              kind: 'year',
              ask: `Which year does the article give for ${quoted(entry.title)}?`,
              answer: { text: entry.date.slice(0, 4) },
            },
          ]
        : [],

    position: (entry, packIndex) => (entry.kind === 'dispute' ? positions(entry, packIndex) : []),

    claim: (entry, packIndex) => {
      const speaker = entry.kind === 'claim' ? packIndex.entry(speakerOf(entry.voice) ?? '') : undefined;
      const said = speaker && wordsWithout(entry.summary, speaker);
      if (!said) return [];
      const ask = `Who, according to the article, says that ${said.replace(/[.?!]$/, '')}?`;
      return [{ kind: 'says-who', ask, answer: { text: speaker.title, entry: speaker } }];
    },
  };

function positions(dispute: EntryOf<'dispute'>, packIndex: PackIndex): GeneratedQuestion[] {
  return dispute.positions.flatMap((position) => {
    const party = packIndex.entry(position.party);
    if (!party) return [];
    const ask = `Which side took the following position, according to the article: ${quoted(position.position)}?`;
    const explanation = `${party.title}: ${position.position}`;
    return [{ kind: 'side', ask, answer: { text: party.title, entry: party }, explanation, position }];
  });
}

/**
 * The statement in the first sentence of a claim, without an introduction such as "According to X,". Undefined if the
 * sentence has no known introduction, or if the statement still names the speaker.
 */
function wordsWithout(summary: string, speaker: Entry): string | undefined {
  const sentence = summary.split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0] ?? '';
  const reported = /\b(?:said|says|stressed|insists)(?: in \p{L}+)? that (.+)$/u.exec(sentence)?.[1];
  const introduced = /^(?:According to|In) (?:the )?[^,]+,(?: (?:as|whose|which) [^,]+,)? (.+)$/.exec(sentence)?.[1];
  const words = reported ?? introduced;
  return words && !namesOf(speaker).some((name) => hasPhrase(words, name)) ? words : undefined;
}

function quoted(text: string): string {
  return `“${text.replaceAll('"', '').replace(/[.?!]$/, '')}”`;
}

/**
 * The role of a person, without the opening words "described in the article as". Undefined if the entry is not a person
 * or if the role does not begin with these words.
 */
function roleOf(entry: Entry): string | undefined {
  return entry.kind === 'person' ? /^described in the article as (.+?)\.?$/.exec(entry.role)?.[1] : undefined;
}

/** Removes the name of the place from a title: "Polo's visit to Venice" becomes "Polo's visit". */
function withoutPlace(title: string, place: string): string {
  return [` to ${place}`, ` in ${place}`, ` at ${place}`].reduce((text, part) => text.replace(part, ''), title);
}

/**
 * The first two sentences of the summary, or only the first sentence if both together have more than 300 characters.
 */
function openingSentences({ summary }: Entry): string {
  const [first = '', second = ''] = summary.split(/(?<=[.!?])\s+(?=\p{Lu})/u);
  const both = `${first} ${second}`.trim();
  return both.length <= 300 ? both : first;
}
