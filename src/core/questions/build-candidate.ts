/** Builds candidates: questions that have not been checked yet. `checks.ts` decides whether a candidate is fair. */
import type { Entry, Position } from '../pack/pack.ts';
import { speakerOf, voiceLabel } from '../pack/voice.ts';
import {
  type QuestionCandidate,
  type AnswerOption,
  type PackIndex,
  type Statement,
  optionFrom,
  notesFor,
} from './question-candidate.ts';
import { sequenceSeparator } from './naive-strategies.ts';
import type { QuestionKind } from './question.ts';
import type { WrittenQuestion } from './question-schema.ts';
import { wordOverlap } from './text-comparison.ts';

/**
 * The parts of a candidate that come from an author or from a rule that generates questions. All other parts of the
 * candidate are derived from the entries.
 */
export interface CandidateDraft {
  readonly id: string;
  readonly kind: QuestionKind;
  /** The entries that the question is about. There is at least one entry. */
  readonly about: readonly [Entry, ...Entry[]];
  readonly sentences?: readonly string[];
  readonly ask: string;
  readonly answer: AnswerOption;
  readonly wrong: readonly AnswerOption[];
  readonly statement?: Statement | undefined;
  readonly explanation: string;
  readonly difficulty: 1 | 2 | 3;
  readonly origin: QuestionCandidate['origin'];
  /**
   * The position of one side in a dispute. Set only if the question is about this side. The label and the paragraphs of
   * the question then come from the position, not from the entry.
   */
  readonly position?: Position | undefined;
}

/** Completes a draft with the voice, label, paragraphs and notes of its entries. */
export function buildCandidate({ position, ...draft }: CandidateDraft, packIndex: PackIndex): QuestionCandidate {
  const { voice, hedged, paragraphs: own } = position ?? draft.about[0];
  // A question about the order of events uses the paragraphs of all its entries. Any other question uses the paragraphs
  // of its first entry, or of the position if the draft has one.
  const all = draft.kind === 'order' ? draft.about.flatMap((entry) => entry.paragraphs) : own;
  const paragraphs = [...new Set(all)].toSorted((a, b) => a - b);
  const notes = notesFor(draft.about, `${draft.ask} ${draft.explanation}`);
  return {
    ...draft,
    voice,
    hedged,
    paragraphs,
    notes,
    label: voiceLabel({ voice, hedged }, (id) => packIndex.entry(id)?.title ?? id, packIndex.pack),
  };
}

/**
 * Builds a candidate from a written question. If `about` contains unknown ids, returns these ids instead of a
 * candidate.
 */
export function candidateFromWritten(
  written: WrittenQuestion,
  pool: readonly string[],
  packIndex: PackIndex,
): QuestionCandidate | { readonly unknown: readonly string[] } {
  const unknown = written.about.filter((id) => !packIndex.entry(id));
  const [first, ...others] = written.about.flatMap((id) => packIndex.entry(id) ?? []);
  if (unknown.length > 0 || !first) return { unknown };
  const { id, kind, sentences, explanation, difficulty } = written;
  const base = { id, kind, sentences, explanation, difficulty, about: [first, ...others], origin: 'written' } as const;
  switch (written.kind) {
    case 'order': {
      const [answer = { text: '' }, ...wrong] = sequences(written.names).map((names) => ({
        text: names.join(sequenceSeparator),
      }));
      return buildCandidate({ ...base, ask: written.ask, answer, wrong }, packIndex);
    }
    case 'true-false': {
      const { says, instead } = written;
      const answer = optionFrom(written.part, packIndex);
      const wrong = instead === undefined ? [] : [optionFrom(instead, packIndex)];
      // The replacement is a function, because `replace` would interpret "$4" in a replacement string as a reference to
      // a group.
      const ask = says.replace(answer.text, () => (wrong[0] ?? answer).text);
      return buildCandidate({ ...base, ask, answer, wrong, statement: { says, holds: wrong.length === 0 } }, packIndex);
    }
    case 'closest-year':
      return buildCandidate(
        { ...base, ask: written.ask, answer: { text: String(written.year) }, wrong: [] },
        packIndex,
      );
    default: {
      const { ask } = written;
      const answer = optionFrom(written.answer, packIndex);
      const wrong = (written.wrong ?? pool).map((option) => optionFrom(option, packIndex));
      return buildCandidate({ ...base, ask, answer, wrong, position: positionOf(first, answer, ask) }, packIndex);
    }
  }
}

/**
 * Of the positions in a dispute, returns the one that the question is about. This is a position whose party or speaker
 * is the right answer. If there are several, returns the one that shares the most words with the question.
 */
function positionOf(entry: Entry, { entry: holder }: AnswerOption, ask: string): Position | undefined {
  if (entry.kind !== 'dispute' || !holder) return undefined;
  return entry.positions
    .filter(({ party, voice }) => party === holder.id || speakerOf(voice) === holder.id)
    .toSorted((a, b) => wordOverlap(b.position, ask) - wordOverlap(a.position, ask))[0];
}

/**
 * The right order of the names, followed by all other orders. Because all orders are options, comparing the options
 * does not show which order is right.
 */
function sequences(names: readonly string[]): string[][] {
  if (names.length < 2) return [[...names]];
  return names.flatMap((first, index) =>
    sequences(names.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}
