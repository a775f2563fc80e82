/** Checks components against the rules that Discord's schema does not contain. Discord docs, components/reference. */
import { badLength, NotModelledError, type Path, prefixPath, type Problem, problem } from './api-errors.ts';
import type { Component } from './component-json.ts';
import { discordLimits } from './discord-limits.ts';

export interface LocatedComponent {
  readonly component: Component;
  readonly path: Path;
}

/** All components, including nested components, in reading order. */
export function allComponents(
  components: readonly Component[],
  at: Path = ['components'],
): readonly LocatedComponent[] {
  return components.flatMap((component, index) => {
    const path = [...at, index];
    return [
      { component, path },
      ...allComponents(component.components ?? [], [...path, 'components']),
      ...(component.accessory ? located(component.accessory, [...path, 'accessory']) : []),
      ...(component.component ? located(component.component, [...path, 'component']) : []),
    ];
  });
}

const located = (component: Component, path: Path): readonly LocatedComponent[] => [{ component, path }];

/** Inputs with a list of values: selects (3, 5 to 8), file uploads (19) and checkbox groups (22). */
const hasManyValues = (type: number): boolean => type === 3 || (type >= 5 && type <= 8) || type === 19 || type === 22;

/** Rules that apply to each component of a message or modal separately. Discord docs, components/reference. */
export function* componentProblems({ component, path }: LocatedComponent): Iterable<Problem> {
  if (component.type === 1) yield* rowProblems(component.components ?? [], path);
  if (component.type === 2) yield* buttonProblems(component, path);
  if (hasManyValues(component.type)) yield* rangeProblems(component, path);
  yield* optionProblems(component.options ?? [], [...path, 'options']);
}

/** Custom emoji are not emulated. The error code says BUTTON even for options. Source: discord-api-docs issue 8071. */
function* emojiProblems(emoji: Component['emoji'], path: Path): Iterable<Problem> {
  if (emoji && (emoji.id || !isUnicodeEmoji(emoji.name ?? '')))
    yield problem([...path, 'emoji', 'name'], 'BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji');
}

/** An action row has up to five buttons or one select. Discord docs, components/reference#action-row. */
function* rowProblems(inside: readonly Component[], path: Path): Iterable<Problem> {
  let width = 0;
  for (const [index, { type }] of inside.entries()) {
    width += type === 2 ? 1 : discordLimits.rowButtons;
    if (width > discordLimits.rowButtons)
      yield problem([...path, 'components', index], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED');
  }
}

/** Premium buttons (6) have only a `sku_id`, links (5) have a URL, others have a custom_id. Discord docs, #button. */
function* buttonProblems({ style, url, custom_id, label, emoji, sku_id }: Component, path: Path): Iterable<Problem> {
  yield* emojiProblems(emoji, path);
  const isPremium = style === 6;
  const foreign = Object.entries(isPremium ? { url, custom_id, label, emoji } : { sku_id }).filter(
    ([, value]) => value,
  );
  for (const [name] of foreign)
    yield problem([...path, name], 'BASE_TYPE_CHOICES', `A button of style ${style} has no ${name}.`);
  if (isPremium && !sku_id) yield problem([...path, 'sku_id'], 'BASE_TYPE_REQUIRED');
  if (isPremium && sku_id && foreign.length === 0) throw new NotModelledError('premium buttons');
  if (isPremium) return;
  const isLink = style === 5;
  if (isLink && !url) yield problem([...path, 'url'], 'BASE_TYPE_REQUIRED', 'A url is required');
  if (isLink && url && !/^(?:https?|discord):\/\//.test(url))
    yield problem([...path, 'url'], 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of (http, https, discord).');
  if (!isLink && !custom_id) yield problem([...path, 'custom_id'], 'BASE_TYPE_REQUIRED', 'A custom id is required');
  if ((isLink && custom_id) || (!isLink && url))
    yield problem(path, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE');
  if (!label && !emoji) yield problem(path, 'BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI');
}

/** The options of a select or group have unique values. Discord docs, components/reference#string-select. */
function* optionProblems(options: NonNullable<Component['options']>, path: Path): Iterable<Problem> {
  const seen = new Set<string>();
  for (const [index, { value, emoji }] of options.entries()) {
    yield* emojiProblems(emoji, [...path, index]);
    if (seen.has(value)) yield problem([...path, index], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED');
    seen.add(value);
  }
}

/** Checks `min_values`, `max_values` and the number of default values. Discord docs, #string-select, #user-select. */
function* rangeProblems(component: Component, path: Path): Iterable<Problem> {
  const { options, default_values: { length: defaults } = [], min_values, max_values } = component;
  const least = min_values ?? 1;
  const most = max_values ?? Math.max(1, least);
  if (least > most) yield problem([...path, 'min_values'], 'SELECT_COMPONENT_MIN_MAX');
  if (options && most > options.length) yield problem([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES');
  if (defaults > 0 && (defaults < least || defaults > most)) yield badLength([...path, 'default_values'], least, most);
}

/** Each custom_id and each id except 0 is unique. Discord docs, components/reference#anatomy-of-a-component. */
export function* duplicateIdProblems(placed: readonly LocatedComponent[]): Iterable<Problem> {
  for (const [field, code] of [
    ['id', 'COMPONENT_ID_DUPLICATED'],
    ['custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED'],
  ] as const) {
    const seen = new Set<unknown>();
    for (const { component, path } of placed) {
      const id = component[field];
      if (id && seen.has(id))
        yield problem([...path, field], code, `Component ${field.replace('_', ' ')} cannot be duplicated`);
      seen.add(id);
    }
  }
}

/** Adds the missing ids of components. Discord docs, components/reference#anatomy-of-a-component. */
export function withComponentIds(components: readonly Component[]): Component[] {
  const usedIds = new Set(allComponents(components).flatMap(({ component: { id } }) => (id ? [id] : [])));
  let next = 0;
  const number = (component: Component): Component => {
    let { id } = component;
    if (!id) {
      do next++;
      while (usedIds.has(next));
      id = next;
    }
    return {
      ...component,
      id,
      ...(component.components && { components: component.components.map(number) }),
      ...(component.accessory && { accessory: number(component.accessory) }),
      ...(component.component && { component: number(component.component) }),
    };
  };
  return components.map(number);
}

/** Returns an error for each rule that a modal breaks. Discord docs, interactions/receiving-and-responding#modal. */
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

/** Rules for the components of modals. They do not apply to messages. Discord docs, components/reference. */
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

const unicodeEmoji = new RegExp(String.raw`^(?:\p{RGI_Emoji}|\p{Emoji}\uFE0F?)$`, 'v');

/** Whether the name is a single emoji. The variation selector may be missing, because some clients leave it out. */
export const isUnicodeEmoji = (name: string): boolean => unicodeEmoji.test(name);
