/**
 * The bank: every question of a pack that passed every check. Written questions must pass or the pack is refused, with
 * the reason; generated ones that fail are left out.
 */
import { didYouMean, locationIn } from '../pack/problem-messages.ts';
import { ownValue } from '../own-value.ts';
import { type Pack } from '../pack/pack.ts';
import { type PackFile, PackError } from '../pack/pack-file.ts';
import { dice, seedOf } from '../dice.ts';
import { candidateFromWritten } from './build-candidate.ts';
import { type QuestionCandidate, type PackIndex, packIndexOf } from './question-candidate.ts';
import { type FailedCheck, checks, failedChecks } from './checks.ts';
import { maxPerFact, setProblems } from './checks-set.ts';
import { candidatesFromRule } from './generate.ts';
import type { Question } from './question.ts';
import { type QuestionsFile, parseQuestions } from './question-schema.ts';
import { amountIn, dateIn } from './text-comparison.ts';

export interface Bank {
  readonly questions: readonly Question[];
  /** Approved wrong answers beyond the three in `options`, by question id; a round may draw these instead. */
  readonly spares?: ReadonlyMap<string, readonly string[]>;
}

/** A candidate and what became of it. */
export interface CheckedCandidate {
  readonly candidate: QuestionCandidate;
  readonly failed: readonly FailedCheck[];
  /** Pool members that were left out, with the check that refused each. */
  readonly dropped: readonly FailedCheck[];
}

/** Most wrong answers kept for one question. */
const maxWrong = 5;

/**
 * The questions of a pack; an empty bank where it has no questions.yaml.
 * @throws {PackError} naming file, line, question, field and what to write instead, for every written question that is refused.
 */
export function readBank(pack: Pack, file: PackFile | undefined): Bank {
  if (!file) return { questions: [] };
  const { packIndex, checked, problems, place } = checkQuestions(pack, file);
  const passed: QuestionCandidate[] = [];
  for (const { candidate, failed } of checked) {
    if (failed.length === 0) passed.push(candidate);
    else if (candidate.origin === 'written')
      for (const { problem } of failed) problems.push(place(`${candidate.id}, ${problem}`));
  }
  const kept = limitPerFact(passed);
  problems.push(...setProblems(kept, packIndex).map(place));
  if (problems.length > 0) throw new PackError(problems);
  return {
    questions: kept.map(toQuestion),
    spares: new Map(kept.map(({ id, wrong }) => [id, wrong.slice(3).map(({ text }) => text)])),
  };
}

/** How many candidates and wrong options of a pool each check refused, by the check's name; every check is in it. */
export function failureCounts(judged: readonly CheckedCandidate[]): ReadonlyMap<string, number> {
  const all = judged.flatMap(({ failed, dropped }) => [...failed, ...dropped].map(({ check }) => check));
  return new Map(Object.keys(checks).map((name) => [name, all.filter((check) => check === name).length]));
}

interface CheckedQuestions {
  readonly packIndex: PackIndex;
  readonly checked: CheckedCandidate[];
  readonly problems: string[];
  /** Puts file and line before a problem that begins "id, field: " or "id: ". */
  readonly place: (problem: string) => string;
}

/** Every candidate of a pack with its verdict. Throws {@link PackError} if the file has not the right shape. */
export function checkQuestions(pack: Pack, file: PackFile): CheckedQuestions {
  const parsed = parseQuestions(file);
  const packIndex = packIndexOf(pack, parsed.deny);
  const place = (problem: string) => `${locationIn(file, pathOf(problem, parsed))}, ${problem}`;
  const problems: string[] = [...unknownDenyIds(parsed, packIndex, file)];
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
    const made = candidateFromWritten(one, members ?? [], packIndex);
    if ('unknown' in made)
      for (const id of made.unknown)
        problems.push(
          `${locationIn(file, [...path, 'about', one.about.indexOf(id)])}, ${one.id}, about: ${noEntry(id, packIndex)}`,
        );
    else checked.push(checkCandidate(made, members !== undefined, packIndex));
  }
  for (const [index, rule] of parsed.generate.entries()) {
    const members = pool(rule.pool, ['generate', index, 'pool'], `generate [${index + 1}]`);
    checked.push(...candidatesFromRule(rule, members, packIndex).map((made) => checkCandidate(made, true, packIndex)));
  }
  return { packIndex, checked, problems, place };
}

/** Where in the file the question stands that a problem begins with; a generated one stands nowhere but in its rules. */
function pathOf(problem: string, { questions }: QuestionsFile): PropertyKey[] {
  const [, id = '', field = ''] = /^([^\s,:]+)(?:, (\w+))?/.exec(problem) ?? [];
  // The last one, since of two with one id the second is blamed.
  const index = questions.findLastIndex((one) => one.id === id);
  if (index >= 0) return ['questions', index, field];
  return [id === 'questions' ? id : 'generate'];
}

function unknownDenyIds({ deny }: QuestionsFile, packIndex: PackIndex, file: PackFile): string[] {
  return deny.flatMap(({ about }, index) =>
    about.flatMap((id, at) =>
      packIndex.entry(id)
        ? []
        : [`${locationIn(file, ['deny', index, 'about', at])}, deny [${index + 1}], about: ${noEntry(id, packIndex)}`],
    ),
  );
}

function noEntry(id: string, { pack }: PackIndex): string {
  const known = pack.entries.map((entry) => entry.id);
  return `there is no entry "${id}"${didYouMean(id, known)}`;
}

/** Tries a candidate; one with a pool first loses the members that do not suit it. */
function checkCandidate(candidate: QuestionCandidate, fromPool: boolean, packIndex: PackIndex): CheckedCandidate {
  if (!fromPool) return { candidate, failed: failedChecks(candidate, packIndex), dropped: [] };
  const alone = failedChecks({ ...candidate, wrong: [] }, packIndex, 'each').map(({ check }) => check);
  const dropped: FailedCheck[] = [];
  let kept: QuestionCandidate = { ...candidate, wrong: [] };
  for (const option of dice(seedOf(candidate.id)).shuffle(candidate.wrong)) {
    if (kept.wrong.length === maxWrong) break;
    if (option.entry && option.entry.id === candidate.answer.entry?.id) continue;
    const together = { ...kept, wrong: [...kept.wrong, option] };
    // What the stem itself fails is not this option's fault; too few options is judged at the end.
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

/** Written questions first; a generated one gives way where its fact has enough, or where it asks the same again. */
function limitPerFact(passed: readonly QuestionCandidate[]): QuestionCandidate[] {
  const kept: QuestionCandidate[] = [];
  for (const candidate of passed) {
    const fact = candidate.about[0]?.id;
    const same = kept.filter(({ about }) => about[0]?.id === fact);
    const again = same.some(({ answer, kind }) => answer.text === candidate.answer.text && kind === candidate.kind);
    if (candidate.origin === 'generated' && (same.length >= maxPerFact || again)) continue;
    kept.push(candidate);
  }
  return kept;
}

function toQuestion(candidate: QuestionCandidate): Question {
  const { id, kind, about, explanation, voice, label, paragraphs, notes, difficulty } = candidate;
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

/** Options in the order of display: numbers, years and dates ascending, so their order tells nothing; others shuffled. */
export function displayOrder(options: readonly string[], seed: number): string[] {
  const dates = options.flatMap((text) => dateIn(text) ?? []);
  if (dates.length === options.length) return options.toSorted((a, b) => (isoDate(a) < isoDate(b) ? -1 : 1));
  const amounts = options.flatMap((text) => amountIn(text)?.value ?? []);
  if (amounts.length < options.length) return dice(seed).shuffle(options);
  return options.toSorted((a, b) => (amountIn(a)?.value ?? 0) - (amountIn(b)?.value ?? 0));
}

function isoDate(text: string): string {
  return dateIn(text) ?? '';
}
