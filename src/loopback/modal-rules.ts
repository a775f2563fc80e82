/** Rules for modals that the JSON schema lacks. Discord docs, interactions/receiving-and-responding#modal. */
import { type Path, prefixPath, type Problem, problem, badLength } from './api-errors.ts';
import type { Component } from './component-json.ts';
import {
  allComponents,
  componentProblems,
  duplicateIdProblems,
  hasManyValues,
  type LocatedComponent,
} from './component-rules.ts';
import { discordLimits } from './discord-limits.ts';

export function modalProblems(components: readonly Component[], at: Path = []): readonly Problem[] {
  const placed = allComponents(components);
  const problems = [
    ...duplicateIdProblems(placed),
    ...placed.flatMap((each) => [...componentProblems(each), ...modalFieldProblems(each)]),
  ];
  if (components.length > discordLimits.modalComponents)
    problems.push(badLength(['components'], 1, discordLimits.modalComponents));
  return problems.map(prefixPath(at));
}

/** Rules for inputs that apply only in modals. Discord docs, components/reference. */
function* modalFieldProblems({ component, path }: LocatedComponent): Iterable<Problem> {
  const { type, min_length, max_length, min_values } = component;
  if (component.disabled) yield problem([...path, 'disabled'], 'BASE_TYPE_CHOICES', 'Value must be one of {false}.');
  if (hasManyValues(type) && min_values === 0 && component.required !== false)
    yield problem(
      [...path, 'min_values'],
      'NUMBER_TYPE_MIN',
      'int value should be greater than or equal to 1, unless the field is not required.',
    );
  if (type === 4 && (min_length ?? 0) > (max_length ?? discordLimits.textInput))
    yield problem([...path, 'min_length'], 'TEXT_INPUT_MIN_MAX');
}
