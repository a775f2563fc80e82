/**
 * The bank: every question of a pack that passed every check. Written questions must pass or the pack is refused, with
 * the reason; generated ones that fail are left out.
 */
import { nearest, placeIn } from '../pack/problem-messages.ts';
import { type Pack } from '../pack/pack.ts';
import { type PackFile, PackError } from '../pack/pack-file.ts';
import { dice, seedOf } from '../dice.ts';
import { fromWritten } from './build-candidate.ts';
import { type Candidate, type PackIndex, packIndexOf } from './question-candidate.ts';
import { type Refused, checks, refusals } from './checks.ts';
import { perFact, setProblems } from './checks-set.ts';
import { fromRule } from './generate.ts';
import type { Question } from './question.ts';
import { type QuestionsFile, parseQuestions } from './question-schema.ts';
import { amountIn, dateIn } from './text-comparison.ts';

export interface Bank {
  readonly questions: readonly Question[];
  /** Approved wrong answers beyond the three in `options`, by question id; a round may draw these instead. */
  readonly spares?: ReadonlyMap<string, readonly string[]>;
}

/** A candidate and what became of it. */
export interface CheckedDraft {
  readonly candidate: Candidate;
  readonly refused: readonly Refused[];
  /** Pool members that were left out, with the check that refused each. */
  readonly left: readonly Refused[];
}

/** Most wrong answers kept for one question. */
const mostWrong = 5;

/**
 * The questions of a pack; an empty bank where it has no questions.yaml.
 * @throws {PackError} naming file, line, question, field and what to write instead, for every written question that is refused.
 */
export function readBank(pack: Pack, file: PackFile | undefined): Bank {
  if (!file) return { questions: [] };
  const { packIndex, judged, problems, place } = checkDraft(pack, file);
  const passed: Candidate[] = [];
  for (const { candidate, refused } of judged) {
    if (refused.length === 0) passed.push(candidate);
    else if (candidate.origin === 'written')
      for (const { problem } of refused) problems.push(place(`${candidate.id}, ${problem}`));
  }
  const kept = withoutCrowds(passed);
  problems.push(...setProblems(kept, packIndex).map(place));
  if (problems.length > 0) throw new PackError(problems);
  return {
    questions: kept.map(question),
    spares: new Map(kept.map(({ id, wrong }) => [id, wrong.slice(3).map(({ text }) => text)])),
  };
}

/** How many candidates and wrong options of a pool each check refused, by the check's name; every check is in it. */
export function refusedBy(judged: readonly CheckedDraft[]): ReadonlyMap<string, number> {
  const all = judged.flatMap(({ refused, left }) => [...refused, ...left].map(({ check }) => check));
  return new Map(Object.keys(checks).map((name) => [name, all.filter((check) => check === name).length]));
}

interface Judgement {
  readonly packIndex: PackIndex;
  readonly judged: CheckedDraft[];
  readonly problems: string[];
  /** Puts file and line before a problem that begins "id, field: " or "id: ". */
  readonly place: (problem: string) => string;
}

/** Every candidate of a pack with its verdict. Throws {@link PackError} if the file has not the right shape. */
export function checkDraft(pack: Pack, file: PackFile): Judgement {
  const parsed = parseQuestions(file);
  const packIndex = packIndexOf(pack, parsed.deny);
  const place = (problem: string) => `${placeIn(file, pathOf(problem, parsed))}, ${problem}`;
  const problems: string[] = [...deniedUnknown(parsed, packIndex, file)];
  const pool = (name: string, path: readonly PropertyKey[], where: string): readonly string[] => {
    const members = Object.hasOwn(parsed.pools, name) ? parsed.pools[name] : undefined;
    if (!members)
      problems.push(`${placeIn(file, path)}, ${where}, pool: there is no pool "${name}"; write it under pools`);
    return members ?? [];
  };

  const judged: CheckedDraft[] = [];
  for (const [index, one] of parsed.questions.entries()) {
    const path = ['questions', index];
    const members = 'pool' in one && one.pool !== undefined ? pool(one.pool, [...path, 'pool'], one.id) : undefined;
    const made = fromWritten(one, members ?? [], packIndex);
    if ('unknown' in made)
      for (const id of made.unknown)
        problems.push(
          `${placeIn(file, [...path, 'about', one.about.indexOf(id)])}, ${one.id}, about: ${noEntry(id, packIndex)}`,
        );
    else judged.push(tried(made, members !== undefined, packIndex));
  }
  for (const [index, rule] of parsed.generate.entries()) {
    const members = pool(rule.pool, ['generate', index, 'pool'], `generate [${index + 1}]`);
    judged.push(...fromRule(rule, members, packIndex).map((made) => tried(made, true, packIndex)));
  }
  return { packIndex, judged, problems, place };
}

/** Where in the file the question stands that a problem begins with; a generated one stands nowhere but in its rules. */
function pathOf(problem: string, { questions }: QuestionsFile): PropertyKey[] {
  const [, id = '', field = ''] = /^([^\s,:]+)(?:, (\w+))?/.exec(problem) ?? [];
  // The last one, since of two with one id the second is blamed.
  const index = questions.findLastIndex((one) => one.id === id);
  if (index >= 0) return ['questions', index, field];
  return [id === 'questions' ? id : 'generate'];
}

function deniedUnknown({ deny }: QuestionsFile, packIndex: PackIndex, file: PackFile): string[] {
  return deny.flatMap(({ about }, index) =>
    about.flatMap((id, at) =>
      packIndex.entry(id)
        ? []
        : [`${placeIn(file, ['deny', index, 'about', at])}, deny [${index + 1}], about: ${noEntry(id, packIndex)}`],
    ),
  );
}

function noEntry(id: string, { pack }: PackIndex): string {
  return `there is no entry "${id}"${nearest(
    id,
    pack.entries.map((entry) => entry.id),
  )}`;
}

/** Tries a candidate; one with a pool first loses the members that do not suit it. */
function tried(candidate: Candidate, fromPool: boolean, packIndex: PackIndex): CheckedDraft {
  if (!fromPool) return { candidate, refused: refusals(candidate, packIndex), left: [] };
  const alone = refusals({ ...candidate, wrong: [] }, packIndex, 'each').map(({ check }) => check);
  const left: Refused[] = [];
  let kept: Candidate = { ...candidate, wrong: [] };
  for (const option of dice(seedOf(candidate.id)).shuffle(candidate.wrong)) {
    if (kept.wrong.length === mostWrong) break;
    if (option.entry && option.entry.id === candidate.answer.entry?.id) continue;
    const together = { ...kept, wrong: [...kept.wrong, option] };
    // What the stem itself fails is not this option's fault; too few options is judged at the end.
    const faults = [
      ...refusals({ ...candidate, wrong: [option] }, packIndex, 'each').filter(({ check }) => !alone.includes(check)),
      ...refusals(together, packIndex, 'together').filter(
        ({ check }) => check === 'same-thing' || check === 'far-apart',
      ),
    ];
    if (faults.length === 0) kept = together;
    left.push(...faults);
  }
  return { candidate: kept, refused: refusals(kept, packIndex), left };
}

/** Written questions first; a generated one gives way where its fact has enough, or where it asks the same again. */
function withoutCrowds(passed: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of passed) {
    const fact = candidate.about[0]?.id;
    const same = kept.filter(({ about }) => about[0]?.id === fact);
    const again = same.some(({ answer, kind }) => answer.text === candidate.answer.text && kind === candidate.kind);
    if (candidate.origin === 'generated' && (same.length >= perFact || again)) continue;
    kept.push(candidate);
  }
  return kept;
}

function question(candidate: Candidate): Question {
  const { id, kind, about, explanation, voice, label, paragraphs, notes, difficulty } = candidate;
  return {
    id,
    kind,
    about: about.map((entry) => entry.id),
    ...asked(candidate),
    explanation,
    voice,
    label,
    paragraphs,
    notes,
    difficulty,
  };
}

function asked({ id, kind, ask, answer, wrong, statement }: Candidate): Pick<Question, 'ask' | 'options' | 'right'> {
  if (statement) return { ask: `True or false: ${ask}`, options: ['True', 'False'], right: statement.holds ? 0 : 1 };
  if (kind === 'closest-year') return { ask, options: [], right: Number(answer.text) };
  const options = displayOrder([answer.text, ...wrong.slice(0, 3).map(({ text }) => text)], seedOf(id));
  return { ask, options, right: options.indexOf(answer.text) };
}

/** Options in the order of display: numbers, years and dates ascending, so their order tells nothing; others shuffled. */
export function displayOrder(options: readonly string[], seed: number): string[] {
  const dates = options.flatMap((text) => dateIn(text) ?? []);
  if (dates.length === options.length) return options.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const amounts = options.flatMap((text) => amountIn(text)?.value ?? []);
  if (amounts.length < options.length) return dice(seed).shuffle(options);
  return options.toSorted((a, b) => (amountIn(a)?.value ?? 0) - (amountIn(b)?.value ?? 0));
}

function rank(text: string): string {
  return dateIn(text) ?? '';
}
