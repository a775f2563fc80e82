/**
 * The question bank of a pack: all questions that pass all checks. If a written question fails a check, the pack is
 * invalid. If a generated question fails a check, the question is left out.
 */
import { locationIn } from '../pack/problem-messages.ts';
import { ownValue } from '../own-value.ts';
import { type Pack } from '../pack/pack.ts';
import { type PackFile, PackError } from '../pack/pack-file.ts';
import { dice, seedOf } from '../dice.ts';
import { candidateFromWritten } from './build-candidate.ts';
import { type QuestionCandidate, type PackIndex, packIndexOf, recordSourceOf } from './question-candidate.ts';
import { type FailedCheck, checks, failedChecks } from './checks.ts';
import { maxPerFact, setProblems } from './checks-set.ts';
import { candidatesFromCards } from './card-questions.ts';
import { candidatesFromRule } from './generate.ts';
import type { Choice } from './naive-strategies.ts';
import { type Question, answerOf } from './question.ts';
import { type QuestionsFile, parseQuestions } from './question-schema.ts';
import { comparableValues } from './text-comparison.ts';
import { noEntry, unknownApartIds, unknownDenyIds, unknownRecordIds } from './unknown-ids.ts';

export interface Bank {
  readonly questions: readonly Question[];
  /**
   * Question id → approved wrong answers that are not in `options`. A round may show some of them instead of the wrong
   * answers in `options`.
   */
  readonly spares?: ReadonlyMap<string, readonly string[]>;
  /** Lists of question ids. A round contains at most one question of each list. */
  readonly apart?: readonly (readonly string[])[];
}

/** A candidate and the checks that it failed. */
export interface CheckedCandidate {
  readonly candidate: QuestionCandidate;
  readonly failed: readonly FailedCheck[];
  /** For the wrong options that were removed from the candidate: the checks that they failed. */
  readonly dropped: readonly FailedCheck[];
}

/** Maximum number of wrong answers that a question takes from a pool or from cards. */
const maxWrong = 5;

/**
 * Reads the questions of a pack: the questions in questions.yaml, if the pack has this file, and the questions that are
 * made from cards. Throws {@link PackError} with an error message for every mistake in questions.yaml. Each message
 * names the file, line, question and field, and says what to write instead.
 */
export function readBank(pack: Pack, file: PackFile | undefined): Bank {
  return readCheckedBank(pack, file).bank;
}

/** Like {@link readBank}, but also returns the candidates and options that the checks rejected. */
export function readCheckedBank(
  pack: Pack,
  file: PackFile | undefined,
): { readonly bank: Bank; readonly checked: readonly CheckedCandidate[] } {
  const { packIndex, checked, problems, locate, apart } = checkQuestions(pack, file);
  const passed: QuestionCandidate[] = [];
  for (const { candidate, failed } of checked) {
    if (failed.length === 0) passed.push(candidate);
    else if (candidate.origin === 'written')
      for (const { problem } of failed) problems.push(locate(`${candidate.id}, ${problem}`));
  }
  const kept = limitPerFact(passed);
  // Questions from cards are not compared with each other. There may be ten thousand of them, and no author could
  // correct so many questions.
  problems.push(
    ...setProblems(
      kept.filter(({ kind }) => kind !== 'card'),
      packIndex,
    ).map(locate),
  );
  if (file) problems.push(...unknownApartIds(apart, kept, file));
  if (problems.length > 0) throw new PackError(problems);
  const bank = {
    questions: kept.map(toQuestion),
    spares: new Map(kept.map(({ id, wrong }) => [id, wrong.slice(3).map(({ text }) => text)])),
    apart,
  };
  return { bank, checked };
}

/**
 * Name of a check → the number of candidates and wrong options that failed it. The number is 0 if nothing failed the
 * check.
 */
export function failureCounts(candidates: readonly CheckedCandidate[]): ReadonlyMap<string, number> {
  const all = candidates.flatMap(({ failed, dropped }) => [...failed, ...dropped].map(({ check }) => check));
  return new Map(Object.keys(checks).map((name) => [name, all.filter((check) => check === name).length]));
}

interface CheckedQuestions {
  readonly packIndex: PackIndex;
  readonly checked: CheckedCandidate[];
  readonly problems: string[];
  /** Adds the file and line to an error message that begins with `id, field: ` or `id: `. */
  readonly locate: (problem: string) => string;
  readonly apart: QuestionsFile['apart'];
}

/**
 * Checks every written and generated question of a pack. Throws {@link PackError} if the file does not match its
 * schema.
 */
export function checkQuestions(pack: Pack, given: PackFile | undefined): CheckedQuestions {
  const file = given ?? { name: 'questions.yaml', value: {} };
  const parsed = parseQuestions(file);
  const packIndex = packIndexOf(pack, parsed);
  const locate = (problem: string) => `${locationIn(file, pathOf(problem, parsed))}, ${problem}`;
  const problems: string[] = [...unknownDenyIds(parsed, packIndex, file), ...unknownRecordIds(parsed, packIndex, file)];
  const pool = (name: string, path: readonly PropertyKey[], where: string): readonly string[] => {
    const members = ownValue(parsed.pools, name);
    if (!members)
      problems.push(`${locationIn(file, path)}, ${where}, pool: there is no pool "${name}"; write it under pools`);
    return members ?? [];
  };

  const checked: CheckedCandidate[] = [];
  for (const [index, one] of parsed.questions.entries()) {
    const path = ['questions', index];
    const members = 'pool' in one && one.pool !== undefined ? pool(one.pool, [...path, 'pool'], one.id) : undefined;
    const candidate = candidateFromWritten(one, members ?? [], packIndex);
    if ('unknown' in candidate)
      for (const id of candidate.unknown)
        problems.push(
          `${locationIn(file, [...path, 'about', one.about.indexOf(id)])}, ${one.id}, about: ${noEntry(id, packIndex)}`,
        );
    else checked.push(checkCandidate(candidate, members !== undefined, packIndex));
  }
  for (const [index, rule] of parsed.generate.entries()) {
    const members = pool(rule.pool, ['generate', index, 'pool'], `generate [${index + 1}]`);
    checked.push(
      ...candidatesFromRule(rule, members, packIndex).map((candidate) => checkCandidate(candidate, true, packIndex)),
    );
  }
  checked.push(...candidatesFromCards(packIndex).map((candidate) => checkCandidate(candidate, true, packIndex)));
  return { packIndex, checked, problems, locate, apart: parsed.apart };
}

/**
 * Returns the path, within the file, of the question that an error message is about. The message begins with the id of
 * this question. A generated question is not in the file, so its errors are reported at the list `generate`.
 */
function pathOf(problem: string, { questions }: QuestionsFile): PropertyKey[] {
  const [, id = '', field = ''] = /^([^\s,:]+)(?:, (\w+))?/.exec(problem) ?? [];
  // If two questions have the same id, the error is reported at the second question.
  const index = questions.findLastIndex((one) => one.id === id);
  if (index >= 0) return ['questions', index, field];
  return [id === 'questions' ? id : 'generate'];
}

/**
 * Checks a candidate. `fromPool`: the wrong options come from a pool or from cards. In this case, the options that
 * fail a check are removed first, and then the candidate is checked with the remaining options.
 */
function checkCandidate(candidate: QuestionCandidate, fromPool: boolean, packIndex: PackIndex): CheckedCandidate {
  if (!fromPool) return { candidate, failed: failedChecks(candidate, packIndex), dropped: [] };
  const alone = failedChecks({ ...candidate, wrong: [] }, packIndex, 'each').map(({ check }) => check);
  const dropped: FailedCheck[] = [];
  let kept: QuestionCandidate = { ...candidate, wrong: [] };
  // The wrong answers of a card are tried in the given order, because the wrong answers from the author of the card
  // come first.
  const { kind, wrong } = candidate;
  for (const option of kind === 'card' ? wrong : dice(seedOf(candidate.id)).shuffle(wrong)) {
    if (kept.wrong.length === maxWrong) break;
    if (option.entry && option.entry.id === candidate.answer.entry?.id) continue;
    const together = { ...kept, wrong: [...kept.wrong, option] };
    // If a check fails even without this option, the option is not the cause and is kept. The number of options is
    // checked only after this loop, when it is known how many options remain.
    const faults = [
      ...failedChecks({ ...candidate, wrong: [option] }, packIndex, 'each').filter(
        ({ check }) => !alone.includes(check),
      ),
      ...failedChecks(together, packIndex, 'together').filter(
        ({ check }) => check === 'same-thing' || check === 'far-apart',
      ),
    ];
    if (faults.length === 0) kept = together;
    dropped.push(...faults);
  }
  return { candidate: kept, failed: failedChecks(kept, packIndex), dropped };
}

/**
 * Removes surplus generated questions. A generated question is surplus if its fact already has the maximum number of
 * questions, or already has a question of the same kind with the same answer.
 */
function limitPerFact(passed: readonly QuestionCandidate[]): QuestionCandidate[] {
  const kept: QuestionCandidate[] = [];
  const ofFact = new Map<string | undefined, QuestionCandidate[]>();
  for (const candidate of passed) {
    const fact = candidate.about[0]?.id;
    const same = ofFact.get(fact) ?? [];
    const again = same.some(({ answer, kind }) => answer.text === candidate.answer.text && kind === candidate.kind);
    if (candidate.origin === 'generated' && (same.length >= maxPerFact || again)) continue;
    kept.push(candidate);
    ofFact.set(fact, [...same, candidate]);
  }
  return kept;
}

function toQuestion(candidate: QuestionCandidate): Question {
  const { id, kind, about, explanation, voice, label, paragraphs, notes, difficulty } = candidate;
  const recordSource = recordSourceOf(candidate);
  return {
    id,
    kind,
    about: about.map((entry) => entry.id),
    ...shownAs(candidate),
    explanation,
    voice,
    label,
    paragraphs,
    notes,
    ...(recordSource && { recordSource: { title: recordSource.title, url: recordSource.url } }),
    difficulty,
  };
}

function shownAs({
  id,
  kind,
  ask,
  answer,
  wrong,
  statement,
}: QuestionCandidate): Pick<Question, 'ask' | 'options' | 'right'> {
  if (statement) return { ask: `True or false: ${ask}`, options: ['True', 'False'], right: statement.holds ? 0 : 1 };
  if (kind === 'closest-year') return { ask, options: [], right: Number(answer.text) };
  const options = displayOrder([answer.text, ...wrong.slice(0, 3).map(({ text }) => text)], seedOf(id));
  return { ask, options, right: options.indexOf(answer.text) };
}

/**
 * The options in the order in which they are shown. Numbers, years and dates are sorted ascending, so that their order
 * gives no hint. Other options are shuffled.
 */
export function displayOrder(options: readonly string[], seed: number): string[] {
  const values = comparableValues(options);
  if (!values) return dice(seed).shuffle(options);
  return options
    .map((text, index) => ({ text, value: values[index] ?? 0 }))
    .toSorted((a, b) => a.value - b.value)
    .map(({ text }) => text);
}

/**
 * Converts the questions with four options to the form that `naive-strategies.ts` examines. The result lists all
 * approved wrong answers of each question, not only the three in `options`.
 */
export function choicesIn({ questions, spares }: Bank): Choice[] {
  return questions
    .filter(({ options }) => options.length === 4)
    .map((question) => {
      const { id, kind, options, right } = question;
      const wrong = [...options.filter((_, index) => index !== right), ...(spares?.get(id) ?? [])];
      return { id, kind, answer: answerOf(question), wrong };
    });
}
