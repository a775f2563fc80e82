/**
 * Rules for modals that the JSON schema does not contain.
 * Discord docs, interactions/receiving-and-responding#modal.
 */
import { type Path, prefixPath, type Problem, problem } from './api-errors.ts';
import type { Component } from './component-json.ts';
import { allComponents, duplicateIdProblems, type LocatedComponent, selectProblems } from './component-rules.ts';
import { discordLimits } from './discord-limits.ts';

/** All broken rules of a modal. A modal has at most 5 components, although the published schema allows 40. */
export function modalProblems(components: readonly Component[], at: Path = []): readonly Problem[] {
  const placed = allComponents(components);
  const problems = [...duplicateIdProblems(placed), ...placed.flatMap((each) => [...modalFieldProblems(each)])];
  if (components.length > discordLimits.modalComponents)
    problems.push(
      problem(
        ['components'],
        'BASE_TYPE_BAD_LENGTH',
        `Must be between 1 and ${discordLimits.modalComponents} in length.`,
      ),
    );
  return problems.map(prefixPath(at));
}

/** Inputs with a list of values: selects (3, 5 to 8), file uploads (19) and checkbox groups (22). */
const hasManyValues = (type: number): boolean => type === 3 || (type >= 5 && type <= 8) || type === 19 || type === 22;

/**
 * Checks text inputs (type 4), string selects (3), radio groups (21) and checkbox groups (22). No input of a modal is
 * disabled, and `min_values` is at least 1 unless the input is optional. Discord docs, components/reference.
 */
function* modalFieldProblems({ component, path }: LocatedComponent): Iterable<Problem> {
  const { type, min_length, max_length, min_values, max_values, options = [] } = component;
  if (component.disabled) yield problem([...path, 'disabled'], 'BASE_TYPE_CHOICES', 'Value must be one of {false}.');
  if (hasManyValues(type) && min_values === 0 && component.required !== false)
    yield problem(
      [...path, 'min_values'],
      'NUMBER_TYPE_MIN',
      'int value should be greater than or equal to 1, unless the field is not required.',
    );
  if (type === 4 && (min_length ?? 0) > (max_length ?? discordLimits.textInput))
    yield problem([...path, 'min_length'], 'TEXT_INPUT_MIN_MAX', 'min_length must not be greater than max_length');
  if (hasManyValues(type) && options.length === 0 && (min_values ?? 1) > (max_values ?? Math.max(1, min_values ?? 1)))
    yield problem(
      [...path, 'min_values'],
      'SELECT_COMPONENT_MIN_MAX',
      'min_values must not be greater than max_values',
    );
  const defaultMax = type === 22 ? options.length : 1;
  if (type === 3 || type === 21 || type === 22)
    yield* selectProblems({ ...component, max_values: component.max_values ?? defaultMax }, path);
}
