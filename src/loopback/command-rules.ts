/** Rules for commands that Discord's schema does not contain. Discord docs, interactions/application-commands. */
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

/** Discord docs, #application-command-object-application-command-naming. */
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Returns an error for each rule that a command breaks. `at` is the path of the command in the request. */
export function commandProblems(command: CheckedCommand, at: Path = []): readonly Problem[] {
  const isTyped = (command.type ?? 1) === 1;
  const problems = isTyped ? [...commandOrOptionProblems(command, at)] : [...menuProblems(command, at)];
  const size = commandSize(command);
  if (size > discordLimits.commandSize)
    problems.push(
      problem(at, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${discordLimits.commandSize})`),
    );
  return problems;
}

/** Menu names may have spaces and capital letters. Discord docs, #application-command-object. */
function* menuProblems(command: CheckedCommand, at: Path): Iterable<Problem> {
  const { name, description, options } = command;
  yield* translationProblems(command, at, isMenuName);
  if (!isMenuName(name)) yield problem([...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME');
  if (description)
    yield problem([...at, 'description'], 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION', 'Must be empty');
  if (options?.length) yield problem([...at, 'options'], 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS', 'Must be empty');
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
  for (const field of ['name_localizations', 'description_localizations'] as const)
    for (const [locale, text] of Object.entries(named[field] ?? {}))
      if (!locales.has(locale))
        yield problem(
          [...at, field, locale],
          'BASE_TYPE_CHOICES',
          `Value must be one of {${[...locales].join(', ')}}.`,
        );
      else if (field === 'name_localizations' && !isValid(text))
        yield problem([...at, field, locale], 'APPLICATION_COMMAND_INVALID_NAME');
}

function* commandOrOptionProblems(named: CheckedCommand, at: Path): Iterable<Problem> {
  const { name, description, options, choices, autocomplete } = named;
  yield* translationProblems(named, at);
  if (!isName(name)) yield problem([...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME');
  if (!description || description.length > discordLimits.commandDescription)
    yield problem(
      [...at, 'description'],
      description ? 'BASE_TYPE_BAD_LENGTH' : 'BASE_TYPE_REQUIRED',
      description ? `Must be between 1 and ${discordLimits.commandDescription} in length.` : 'This field is required',
    );
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

/** The number of characters of all texts. Of translations, only the longest counts. */
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
