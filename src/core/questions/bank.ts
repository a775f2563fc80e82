/**
 * The bank: every question of a pack that passed every check. Written questions must pass or the pack is refused, with
 * the reason; generated ones that fail are left out.
 */
import { type Pack, type PackFile, PackError } from '../pack.ts';
import { dice, seedOf } from '../dice.ts';
import { fromWritten } from './assemble.ts';
import { type Candidate, type Lore, loreOf } from './candidate.ts';
import { type Refused, refusals } from './checks.ts';
import { perFact, setProblems } from './checks-set.ts';
import { fromRule } from './generated.ts';
import type { Question } from './question.ts';
import { type QuestionsFile, parseQuestions } from './schema.ts';
import { amountIn, dateIn } from './words.ts';

export interface Bank {
  readonly questions: readonly Question[];
  /** Approved wrong answers beyond the three in `options`, by question id; a round may draw these instead. */
  readonly spares?: ReadonlyMap<string, readonly string[]>;
}

/** A candidate and what became of it. */
export interface Judged {
  readonly candidate: Candidate;
  readonly refused: readonly Refused[];
  /** Pool members that were left out, with the check that refused each. */
  readonly left: readonly Refused[];
}

/** Most wrong answers kept for one question. */
const mostWrong = 5;

/**
 * The questions of a pack; an empty bank where it has no questions.yaml.
 * @throws {PackError} naming file, question, field and what to write instead, for every written question that is refused.
 */
export function readBank(pack: Pack, file: PackFile | undefined): Bank {
  if (!file) return { questions: [] };
  const { lore, judged, problems } = judge(pack, file);
  const passed: Candidate[] = [];
  for (const { candidate, refused } of judged) {
    if (refused.length === 0) passed.push(candidate);
    else if (candidate.origin === 'written')
      for (const { problem } of refused) problems.push(`${file.name}, ${candidate.id}, ${problem}`);
  }
  const kept = withoutCrowds(passed);
  problems.push(...setProblems(kept, lore).map((problem) => `${file.name}, ${problem}`));
  if (problems.length > 0) throw new PackError(problems);
  return {
    questions: kept.map(question),
    spares: new Map(kept.map(({ id, wrong }) => [id, wrong.slice(3).map(({ text }) => text)])),
  };
}

/** Every candidate of a pack with its verdict. Throws {@link PackError} if the file has not the right shape. */
export function judge(pack: Pack, file: PackFile): { lore: Lore; judged: Judged[]; problems: string[] } {
  const parsed = parseQuestions(file);
  const lore = loreOf(pack, parsed.deny);
  const problems: string[] = [];
  const pool = (name: string, where: string): readonly string[] => {
    const members = Object.hasOwn(parsed.pools, name) ? parsed.pools[name] : undefined;
    if (!members) problems.push(`${file.name}, ${where}, pool: there is no pool "${name}"; write it under pools`);
    return members ?? [];
  };
  problems.push(...deniedUnknown(parsed, lore).map((problem) => `${file.name}, ${problem}`));

  const judged: Judged[] = [];
  for (const one of parsed.questions) {
    const members = one.kind !== 'order' && one.pool !== undefined ? pool(one.pool, one.id) : undefined;
    const made = fromWritten(one, members ?? [], lore);
    if ('unknown' in made)
      problems.push(...made.unknown.map((id) => `${file.name}, ${one.id}, about: there is no entry "${id}"`));
    else judged.push(tried(made, members !== undefined, lore));
  }
  for (const [index, rule] of parsed.generate.entries())
    judged.push(
      ...fromRule(rule, pool(rule.pool, `generate [${index + 1}]`), lore).map((made) => tried(made, true, lore)),
    );
  return { lore, judged, problems };
}

function deniedUnknown({ deny }: QuestionsFile, lore: Lore): string[] {
  return deny.flatMap(({ about }, index) =>
    about.filter((id) => !lore.entry(id)).map((id) => `deny [${index + 1}], about: there is no entry "${id}"`),
  );
}

/** Tries a candidate; one with a pool first loses the members that do not suit it. */
function tried(candidate: Candidate, fromPool: boolean, lore: Lore): Judged {
  if (!fromPool) return { candidate, refused: refusals(candidate, lore), left: [] };
  const alone = refusals({ ...candidate, wrong: [] }, lore, 'each').map(({ check }) => check);
  const left: Refused[] = [];
  let kept: Candidate = { ...candidate, wrong: [] };
  for (const option of dice(seedOf(candidate.id)).shuffle(candidate.wrong)) {
    if (kept.wrong.length === mostWrong) break;
    if (option.entry && option.entry.id === candidate.answer.entry?.id) continue;
    const together = { ...kept, wrong: [...kept.wrong, option] };
    // What the stem itself fails is not this option's fault; too few options is judged at the end.
    const faults = [
      ...refusals({ ...candidate, wrong: [option] }, lore, 'each').filter(({ check }) => !alone.includes(check)),
      ...refusals(together, lore, 'together').filter(({ check }) => check === 'same-thing' || check === 'far-apart'),
    ];
    if (faults.length === 0) kept = together;
    left.push(...faults);
  }
  return { candidate: kept, refused: refusals(kept, lore), left };
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
  const { id, kind, about, ask, answer, wrong, explanation, voice, label, paragraphs, notes, difficulty } = candidate;
  const options = shown([answer.text, ...wrong.slice(0, 3).map(({ text }) => text)], seedOf(id));
  return {
    id,
    kind,
    about: about.map((entry) => entry.id),
    ask,
    options,
    right: options.indexOf(answer.text),
    explanation,
    voice,
    label,
    paragraphs,
    notes,
    difficulty,
  };
}

/** Options in the order of display: numbers, years and dates ascending, so their order tells nothing; others shuffled. */
export function shown(options: readonly string[], seed: number): string[] {
  const dates = options.flatMap((text) => dateIn(text) ?? []);
  if (dates.length === options.length) return options.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const amounts = options.flatMap((text) => amountIn(text)?.value ?? []);
  if (amounts.length < options.length) return dice(seed).shuffle(options);
  return options.toSorted((a, b) => (amountIn(a)?.value ?? 0) - (amountIn(b)?.value ?? 0));
}

function rank(text: string): string {
  return dateIn(text) ?? '';
}
