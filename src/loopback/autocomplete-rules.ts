/** Rules of autocomplete choices. Discord docs, interactions/receiving-and-responding#autocomplete. */
import { type Path, type Problem, problem } from './api-errors.ts';
import { discordLimits } from './discord-limits.ts';

export interface Choice {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** Checks that there are at most 25 choices, and that each name and value has 1 to 100 characters. */
export function* choiceProblems(choices: readonly Choice[], at: Path): Iterable<Problem> {
  if (choices.length > discordLimits.choices)
    yield problem(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${discordLimits.choices} or fewer in length.`);
  for (const [index, choice] of choices.entries()) {
    const { name, value } = Object(choice) as Choice;
    if (!isFilled(name))
      yield problem(
        [...at, index, 'name'],
        'BASE_TYPE_BAD_LENGTH',
        `Must be between 1 and ${discordLimits.choiceName} in length.`,
      );
    if (typeof value !== 'number' && !isFilled(value))
      yield problem(
        [...at, index, 'value'],
        'BASE_TYPE_BAD_LENGTH',
        `Must be between 1 and ${discordLimits.choiceName} in length.`,
      );
  }
}

const isFilled = (text: unknown): boolean =>
  typeof text === 'string' && text.trim().length > 0 && text.length <= discordLimits.choiceName;
