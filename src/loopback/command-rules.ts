/**
 * Checks commands against the rules that Discord's schema does not contain. Discord docs,
 * interactions/application-commands.
 */
import { type Path, problem, type Problem, badLength, tooLong } from './api-errors.ts';
import { discordLimits } from './discord-limits.ts';

interface CheckedCommand {
  readonly type?: number | null;
  readonly name?: string;
  readonly description?: string | null | undefined;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly options?: readonly CheckedCommand[] | null | undefined;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | null;
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
}

/** Names of slash commands and options. Discord docs, #application-command-object-application-command-naming. */
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Returns an error for each rule that a command breaks. `at` is the path of the command in the request. */
export function commandProblems(command: CheckedCommand, at: Path = []): readonly Problem[] {
  const isTyped = (command.type ?? 1) === 1;
  const problems = isTyped ? [...commandOrOptionProblems(command, at)] : [...menuProblems(command, at)];
  const size = commandSize(command);
  if (size > discordLimits.commandSize) problems.push(problem(at, 'APPLICATION_COMMAND_TOO_LARGE'));
  return problems;
}

/** Context menu commands may have names with spaces and capital letters. Discord docs, #application-command-object. */
function* menuProblems(command: CheckedCommand, at: Path): Iterable<Problem> {
  const { name, description, options } = command;
  yield* translationProblems(command, at, isMenuName);
  if (!isMenuName(name)) yield problem([...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME');
  if (description) yield problem([...at, 'description'], 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION');
  if (options?.length) yield problem([...at, 'options'], 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS');
}

/** The 32 locales of Discord docs, reference#locales. The published schema also allows ar and he. */
const locales = new Set(
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  ),
);

const isName = (name: string | undefined): boolean =>
  name !== undefined && namePattern.test(name) && name === name.toLowerCase();

const isMenuName = (name: string | undefined): boolean => name !== undefined && name.trim() !== '' && name.length <= 32;

/** Checks that the keys are known locales and that translated names are valid names. Discord docs, #localization. */
function* translationProblems(named: CheckedCommand, at: Path, isValid = isName): Iterable<Problem> {
  const known = `Value must be one of {${[...locales].join(', ')}}.`;
  for (const field of ['name_localizations', 'description_localizations'] as const)
    for (const [locale, text] of Object.entries(named[field] ?? {})) {
      const path = [...at, field, locale];
      if (!locales.has(locale)) yield problem(path, 'BASE_TYPE_CHOICES', known);
      else if (field === 'name_localizations' && !isValid(text))
        yield problem(path, 'APPLICATION_COMMAND_INVALID_NAME');
    }
}

function* commandOrOptionProblems(named: CheckedCommand, at: Path): Iterable<Problem> {
  const { name, description, options, choices, autocomplete } = named;
  yield* translationProblems(named, at);
  if (!isName(name)) yield problem([...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME');
  if (!description) yield problem([...at, 'description'], 'BASE_TYPE_REQUIRED');
  else if (description.length > discordLimits.commandDescription)
    yield badLength([...at, 'description'], 1, discordLimits.commandDescription);
  if (choices && choices.length > 0 && autocomplete)
    yield problem([...at, 'choices'], 'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES');
  for (const [index, { value }] of (choices ?? []).entries())
    if (typeof value === 'string' && (value.length === 0 || value.length > discordLimits.choiceName))
      yield badLength([...at, 'choices', index, 'value'], 1, discordLimits.choiceName);
  yield* optionsProblems(options ?? [], [...at, 'options']);
}

function* optionsProblems(options: readonly CheckedCommand[], at: Path): Iterable<Problem> {
  if (options.length > discordLimits.commandOptions) yield tooLong(at, discordLimits.commandOptions);
  const names = new Set<string | undefined>();
  let optionalBefore = false;
  for (const [index, option] of options.entries()) {
    const path = [...at, index];
    if (names.has(option.name)) yield problem(path, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS');
    if (option.required && optionalBefore) yield problem(path, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID');
    if (isSubcommand(option) !== isSubcommand(options[0] ?? option))
      yield problem(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID');
    names.add(option.name);
    optionalBefore ||= !option.required;
    yield* commandOrOptionProblems(option, path);
  }
}

const isSubcommand = ({ type }: CheckedCommand): boolean => type === 1 || type === 2;

/** The number of characters in all texts. If a text has translations, only the longest version is counted. */
function commandSize(named: CheckedCommand): number {
  const { name, description, name_localizations, description_localizations, choices, options } = named;
  const values = (choices ?? []).map((choice) => choice.name.length + String(choice.value).length);
  const parts = [
    longestLength(name, name_localizations),
    longestLength(description, description_localizations),
    ...values,
  ];
  return [...parts, ...(options ?? []).map(commandSize)].reduce((sum, part) => sum + part, 0);
}

const longestLength = (
  text: string | null | undefined,
  others: Readonly<Record<string, string>> | null | undefined,
): number => Math.max(...[text ?? '', ...Object.values(others ?? {})].map(({ length }) => length));

/**
 * For each option type: whether a value is valid, and the error if it is not. Type 3 is a text, 4 a whole number and 10
 * a number.
 */
const valueTypes: Readonly<Record<number, [fits: (value: unknown) => boolean, code: string, type: string]>> = {
  3: [(value) => typeof value === 'string', 'STRING_TYPE_CONVERT', 'string'],
  4: [Number.isSafeInteger, 'NUMBER_TYPE_COERCE', 'int'],
  10: [Number.isFinite, 'NUMBER_TYPE_COERCE', 'float'],
};

/**
 * Rules for autocomplete choices. Discord docs, interactions/receiving-and-responding#autocomplete,
 * application-commands#application-command-object-application-command-option-choice-structure.
 */
export function* choiceProblems(choices: readonly unknown[], optionType = 3, at: Path = []): Iterable<Problem> {
  const [fits, code = '', type] = valueTypes[optionType] ?? [];
  const isFilled = (text: unknown) =>
    typeof text === 'string' && text.trim().length > 0 && text.length <= discordLimits.choiceName;
  if (choices.length > discordLimits.choices) yield tooLong(at, discordLimits.choices);
  for (const [index, choice] of choices.entries()) {
    const { name, value } = Object(choice) as { readonly name?: unknown; readonly value?: unknown };
    if (!isFilled(name)) yield badLength([...at, index, 'name'], 1, discordLimits.choiceName);
    if (!fits?.(value)) yield problem([...at, index, 'value'], code, `Value "${String(value)}" is not ${type}.`);
    else if (typeof value === 'string' && !isFilled(value))
      yield badLength([...at, index, 'value'], 1, discordLimits.choiceName);
  }
}
