/**
 * What Discord refuses in a message although every part of it has the right shape: rules that look at several parts
 * at once, and limits of the documentation where the published specification says something else.
 * "docs" is https://discord.com/developers/docs. Codes and sentences are Discord's where a public report shows them.
 */
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import { statusError, problem, prefixPath, type Problem } from './api-errors.ts';
import type { Message } from './world.ts';
import type { Component } from './component-json.ts';

type Path = readonly (string | number)[];
type Content = Pick<Message, 'content' | 'embeds' | 'components' | 'flags' | 'attachments'>;

/** Flags that a bot may set. docs, interactions/receiving-and-responding#interaction-response-object-messages. */
const settableFlags =
  messageFlags.suppressEmbeds |
  messageFlags.ephemeral |
  messageFlags.suppressNotifications |
  messageFlags.isVoiceMessage |
  messageFlags.isComponentsV2;

/** A component with its place in the body. */
interface LocatedComponent {
  readonly component: Component;
  readonly path: Path;
}

/** Every component, nested ones included, in the order of the message. */
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

/** What is wrong with a message as it would stand after the request; `before` is how it stood. Throws the bare 500. */
export function messageProblems(next: Content, before: Content | undefined, at: Path = []): readonly Problem[] {
  const placed = allComponents(next.components);
  const problems = [
    ...flagProblems(next, before),
    ...(next.flags & messageFlags.isComponentsV2 ? componentsV2Problems(next, placed) : legacyProblems(next)),
    ...placed.flatMap((each) => [...componentProblems(each)]),
    ...duplicateIdProblems(placed),
    ...embedProblems(next),
  ].map(prefixPath(at));
  if (problems.length === 0 && next.flags & messageFlags.isComponentsV2) throwIfTextTooLarge(placed);
  return problems;
}

/** docs, resources/message#create-message: no message without anything to show. 50006. */
export function isEmptyMessage({ content, embeds, components, attachments }: Content): boolean {
  return content === '' && embeds.length === 0 && components.length === 0 && attachments.length === 0;
}

/** docs, resources/message#message-object-message-flags: IS_COMPONENTS_V2 can no longer be removed once it is sent. */
function* flagProblems(next: Content, before: Content | undefined): Iterable<Problem> {
  if (before && before.flags & messageFlags.isComponentsV2 && !(next.flags & messageFlags.isComponentsV2))
    yield problem(['flags'], 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG', 'The IS_COMPONENTS_V2 flag cannot be removed');
  if (next.flags & ~settableFlags & ~(before?.flags ?? 0))
    yield problem(['flags'], 'BITFIELD_TYPE_INVALID', 'A flag is set that an application cannot set');
}

/** docs, components/overview: the flag turns content and embeds off; at most 40 components, nested ones counted. */
function* componentsV2Problems(next: Content, placed: readonly LocatedComponent[]): Iterable<Problem> {
  for (const field of ['content', 'embeds'] as const)
    if (next[field].length > 0)
      yield problem(
        [field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
  if (placed.length > discordLimits.components)
    yield problem(
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components cannot exceed ${discordLimits.components}`,
    );
  const characters = textsOf(placed).reduce((sum, text) => sum + text.length, 0);
  if (characters > discordLimits.textCharacters)
    yield problem(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `The displayable text size exceeds the maximum size of ${discordLimits.textCharacters}`,
    );
  for (const { component, path } of placed)
    if (path.length === 2 && (component.type === 2 || component.type === 3))
      yield problem(path, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).');
}

/** docs, resources/message#create-message (content) and components/overview#legacy-message-component-behavior. */
function* legacyProblems({ content, components }: Content): Iterable<Problem> {
  if (content.length > discordLimits.content)
    yield problem(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${discordLimits.content} or fewer in length.`);
  if (components.length > discordLimits.rows)
    yield problem(['components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${discordLimits.rows} in length.`);
  for (const [index, { type }] of components.entries())
    if (type !== 1)
      yield problem(['components', index], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
}

/** docs, components/reference: action row, button, string select. */
function* componentProblems({ component, path }: LocatedComponent): Iterable<Problem> {
  if (component.type === 1) yield* rowProblems(component.components ?? [], path);
  if (component.type === 2) yield* buttonProblems(component, path);
  if (component.type === 3) yield* selectProblems(component, path);
}

/** docs, components/reference#action-row: up to five buttons or a single select, never both. */
function* rowProblems(inside: readonly Component[], path: Path): Iterable<Problem> {
  let width = 0;
  for (const [index, { type }] of inside.entries()) {
    width += type === 2 ? 1 : discordLimits.rowButtons;
    if (width > discordLimits.rowButtons)
      yield problem(
        [...path, 'components', index],
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      );
  }
}

/** docs, components/reference#button: a link has a url and no custom_id, the others the reverse; something to read. */
function* buttonProblems({ style, url, custom_id, label, emoji, sku_id }: Component, path: Path): Iterable<Problem> {
  if (style === 6) {
    if (!sku_id) yield problem([...path, 'sku_id'], 'BASE_TYPE_REQUIRED', 'This field is required');
    return;
  }
  const isLink = style === 5;
  if (isLink && !url) yield problem([...path, 'url'], 'BASE_TYPE_REQUIRED', 'A url is required');
  if (isLink && url && !/^(?:https?|discord):\/\//.test(url))
    yield problem([...path, 'url'], 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of (http, https, discord).');
  if (!isLink && !custom_id) yield problem([...path, 'custom_id'], 'BASE_TYPE_REQUIRED', 'A custom id is required');
  if ((isLink && custom_id) || (!isLink && url))
    yield problem(
      path,
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  if (!label && !emoji)
    yield problem(path, 'BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI', 'A button must have either a label or an emoji');
}

/** docs, components/reference#string-select: values are unique; no fewer options than values that must be chosen. */
function* selectProblems({ options = [], min_values, max_values }: Component, path: Path): Iterable<Problem> {
  const seen = new Set<string>();
  for (const [index, { value }] of options.entries()) {
    if (seen.has(value))
      yield problem(
        [...path, 'options', index],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    seen.add(value);
  }
  if ((min_values ?? 1) > (max_values ?? Math.max(1, min_values ?? 1)))
    yield problem(
      [...path, 'min_values'],
      'SELECT_COMPONENT_MIN_MAX',
      'min_values must not be greater than max_values',
    );
  if ((max_values ?? 1) > options.length || (min_values ?? 1) > options.length)
    yield problem([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES', 'There are fewer options than max_values');
}

/** docs, components/reference#anatomy-of-a-component: custom_id is unique in its message. */
function* duplicateIdProblems(placed: readonly LocatedComponent[]): Iterable<Problem> {
  const seen = new Set<string>();
  for (const { component, path } of placed) {
    if (!component.custom_id) continue;
    if (seen.has(component.custom_id))
      yield problem(
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      );
    seen.add(component.custom_id);
  }
}

/** docs, resources/message#embed-object-embed-limits: 6,000 characters over all embeds; an embed shows something. */
function* embedProblems({ embeds }: Content): Iterable<Problem> {
  let characters = 0;
  for (const [index, embed] of embeds.entries()) {
    const texts = embedTexts(embed);
    characters += texts.join('').length;
    const shows = texts.length > 0 || 'image' in embed || 'thumbnail' in embed;
    if (!shows) yield problem(['embeds', index, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
    if (characters > discordLimits.embedCharacters)
      yield problem(
        ['embeds'],
        'MAX_EMBED_SIZE_EXCEEDED',
        `Embed size exceeds maximum size of ${discordLimits.embedCharacters}`,
      );
  }
}

/** The texts that count towards an embed's size: title, description, field names and values, footer, author. */
function embedTexts(embed: object): readonly string[] {
  const counted = new Set(['title', 'description', 'name', 'value', 'text']);
  return Object.entries(embed).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? counted.has(key) && value !== ''
        ? [value]
        : []
      : typeof value === 'object' && value !== null
        ? embedTexts(value)
        : [],
  );
}

const textsOf = (placed: readonly LocatedComponent[]): readonly string[] =>
  placed.flatMap(({ component }) => (component.type === 10 ? [component.content ?? ''] : []));

/** discord-api-docs issue 8554: too many bytes of text are not refused but fail with a bare 500. */
function throwIfTextTooLarge(placed: readonly LocatedComponent[]): void {
  const bytes = textsOf(placed).reduce((sum, text) => sum + Buffer.byteLength(text) + discordLimits.textBytesEach, 0);
  if (bytes > discordLimits.textBytes) throw statusError(500);
}

export interface AllowedMentions {
  readonly parse?: readonly string[] | null;
  readonly users?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
  readonly replied_user?: boolean | null;
}

/** docs, resources/message#allowed-mentions-object: a kind is either parsed or listed, not both. */
export function* mentionProblems(allowed: AllowedMentions | null | undefined, at: Path = []): Iterable<Problem> {
  for (const kind of ['users', 'roles'] as const)
    if (allowed?.parse?.includes(kind) && (allowed[kind]?.length ?? 0) > 0)
      yield problem(
        [...at, 'allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
}

/** docs, interactions/receiving-and-responding#modal: 1 to 5 components (the specification says 40). */
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

/** docs, components/reference: text input (4), string select (3), radio group (21), checkbox group (22). */
function* modalFieldProblems({ component, path }: LocatedComponent): Iterable<Problem> {
  const { type, min_length, max_length, options = [] } = component;
  if (type === 4 && (min_length ?? 0) > (max_length ?? discordLimits.textInput))
    yield problem([...path, 'min_length'], 'TEXT_INPUT_MIN_MAX', 'min_length must not be greater than max_length');
  const most = type === 22 ? options.length : 1;
  if (type === 3 || type === 21 || type === 22)
    yield* selectProblems({ ...component, max_values: component.max_values ?? most }, path);
}

interface Choice {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** docs, interactions/receiving-and-responding#autocomplete: at most 25 choices, names of 1 to 100 characters. */
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
