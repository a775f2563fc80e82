/** Checks of a whole question bank. Questions are compared in pairs by `give-away.ts`. */
import type { QuestionCandidate, PackIndex } from './question-candidate.ts';
import { wordOverlap, normaliseText } from './text-comparison.ts';

/** Maximum number of questions about one fact. */
export const maxPerFact = 3;

/** Maximum number of questions whose answers are in the same sentence of the source. */
export const maxPerSentence = 3;

/** Maximum fraction of the questions in which the right option is longer than every wrong option that is shown. */
export const maxLongestShare = 0.35;

/** Maximum fraction of true-false questions, in a bank and in a round. */
export const maxTrueFalseShare = 0.25;

/** Minimum and maximum fraction of true statements among the true-false questions of a bank. */
const trueShare = [0.4, 0.6] as const;

type SetCheck = (candidates: readonly QuestionCandidate[], packIndex: PackIndex) => string[];

export const setChecks: Readonly<Record<string, SetCheck>> = {
  'same-id': (candidates) =>
    repeated(candidates, ({ id }) => id).map(({ id }) => `${id}: this id is used twice; write another`),

  crowded: (candidates) => {
    const facts = new Map<string, number>();
    return candidates.flatMap(({ id, about }) => {
      const fact = about[0]?.id ?? '';
      facts.set(fact, (facts.get(fact) ?? 0) + 1);
      return facts.get(fact) === maxPerFact + 1
        ? [`${id}, about: more than ${maxPerFact} questions about "${fact}"; ask about something else`]
        : [];
    });
  },

  'crowded-sentence': (candidates) => {
    const counts = new Map<string, number>();
    return candidates.flatMap(({ id, sentences = [] }) =>
      [...new Set(sentences)].flatMap((sentence) => {
        counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
        return counts.get(sentence) === maxPerSentence + 1
          ? [`${id}, sentences: more than ${maxPerSentence} questions on the sentence ${sentence}; ask about another`]
          : [];
      }),
    );
  },

  paraphrase: (candidates) =>
    candidates.flatMap((one, index) => {
      const twin = candidates
        .slice(0, index)
        .find(
          (other) =>
            normaliseText(other.ask) === normaliseText(one.ask) ||
            (normaliseText(other.answer.text) === normaliseText(one.answer.text) &&
              wordOverlap(other.ask, one.ask) >= 0.6),
        );
      return twin ? [`${one.id}, ask: says the same as "${twin.id}"; ask something else`] : [];
    }),

  longest: (candidates) => {
    // True-false questions are left out because the lengths of "True" and "False" give no hint. Typed-year questions
    // are left out because they have no options.
    const compared = candidates.filter(({ kind }) => kind !== 'true-false' && kind !== 'closest-year');
    const share = compared.reduce((sum, one) => sum + longestChance(one), 0) / Math.max(1, compared.length);
    if (compared.length < minForShare || share <= maxLongestShare) return [];
    const worst = compared.filter((one) => longestChance(one) === 1).map(({ id }) => id);
    return [
      `questions: the right option is the longest in ${Math.round(share * 100)} %; lengthen wrong ones in ${worst.slice(0, 8).join(', ')}`,
    ];
  },

  'many-true-false': (candidates) => {
    const guesses = candidates.filter(({ statement }) => statement);
    const share = guesses.length / Math.max(1, candidates.length);
    if (candidates.length < minForShare || share <= maxTrueFalseShare) return [];
    return [
      `questions: ${guesses.length} of ${candidates.length} are true-false, more than a quarter; ask some of them as another kind`,
    ];
  },

  'true-or-false': (candidates) => {
    const statements = candidates.flatMap(({ statement }) => statement ?? []);
    const held = statements.filter(({ holds }) => holds).length;
    const share = held / Math.max(1, statements.length);
    if (statements.length < minForShare || (share >= trueShare[0] && share <= trueShare[1])) return [];
    return [
      `questions: ${held} of ${statements.length} true-false statements are true; keep it between 40 and 60 %, so that neither answer is the better guess`,
    ];
  },
};

/** If there are fewer questions than this, the checks that limit a fraction of the questions are skipped. */
const minForShare = 10;

export function setProblems(candidates: readonly QuestionCandidate[], packIndex: PackIndex): string[] {
  return Object.values(setChecks).flatMap((check) => check(candidates, packIndex));
}

/** The probability that the right option is longer than all three wrong options, which are drawn at random. */
function longestChance({ answer, wrong }: QuestionCandidate): number {
  const shorter = wrong.filter(({ text }) => text.length < answer.text.length).length;
  return wrong.length < 3 ? 0 : choose3(shorter) / choose3(wrong.length);
}

function choose3(n: number): number {
  return (n * (n - 1) * (n - 2)) / 6;
}

function repeated<T>(list: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return list.filter((item) => seen.size === seen.add(key(item)).size);
}
