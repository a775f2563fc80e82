/** Rules for autocomplete choices. Discord docs, interactions/receiving-and-responding#autocomplete. */
import { type Path, type Problem, problem, badLength, tooLong } from './api-errors.ts';
import { discordLimits } from './discord-limits.ts';

export interface Choice {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** Functions that check the type of a value, by option type: text (3), whole number (4), number (10). */
const fitsOption: Readonly<Record<number, (value: unknown) => boolean>> = {
  3: (value) => typeof value === 'string',
  4: Number.isSafeInteger,
  10: Number.isFinite,
};
const conversionError: Readonly<Record<number, readonly [code: string, type: string]>> = {
  3: ['STRING_TYPE_CONVERT', 'string'],
  4: ['NUMBER_TYPE_COERCE', 'int'],
  10: ['NUMBER_TYPE_COERCE', 'float'],
};

/** Discord docs, application-commands#application-command-object-application-command-option-choice-structure. */
export function* choiceProblems(choices: readonly Choice[], optionType = 3, at: Path = []): Iterable<Problem> {
  if (choices.length > discordLimits.choices) yield tooLong(at, discordLimits.choices);
  for (const [index, choice] of choices.entries()) {
    const { name, value } = Object(choice) as Choice;
    if (!isFilled(name)) yield badLength([...at, index, 'name'], 1, discordLimits.choiceName);
    if (!fitsOption[optionType]?.(value)) {
      const [code, type] = conversionError[optionType] ?? [];
      yield problem([...at, index, 'value'], code ?? '', `Value "${String(value)}" is not ${type}.`);
    } else if (typeof value === 'string' && !isFilled(value))
      yield badLength([...at, index, 'value'], 1, discordLimits.choiceName);
  }
}

const isFilled = (text: unknown): boolean =>
  typeof text === 'string' && text.trim().length > 0 && text.length <= discordLimits.choiceName;
