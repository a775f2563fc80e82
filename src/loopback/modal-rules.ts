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

/**
 * Checks text inputs (type 4), string selects (3), radio groups (21) and checkbox groups (22).
 * Discord docs, components/reference.
 */
function* modalFieldProblems({ component, path }: LocatedComponent): Iterable<Problem> {
  const { type, min_length, max_length, options = [] } = component;
  if (type === 4 && (min_length ?? 0) > (max_length ?? discordLimits.textInput))
    yield problem([...path, 'min_length'], 'TEXT_INPUT_MIN_MAX', 'min_length must not be greater than max_length');
  const defaultMax = type === 22 ? options.length : 1;
  if (type === 3 || type === 21 || type === 22)
    yield* selectProblems({ ...component, max_values: component.max_values ?? defaultMax }, path);
}
