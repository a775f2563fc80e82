/**
 * Checks messages against the rules that Discord's published schemas lack. "Discord docs" means
 * https://discord.com/developers/docs. If a public report shows the code of an error, the emulation uses this code.
 */
import { type Path, prefixPath, problem, type Problem, statusError, badLength, tooLong } from './api-errors.ts';
import { allComponents, componentProblems, duplicateIdProblems, type LocatedComponent } from './component-rules.ts';
import { discordLimits } from './discord-limits.ts';
import { embedProblems } from './embeds.ts';
import { messageFlags } from './message-flags.ts';
import type { Message } from './world.ts';

type Content = Pick<Message, 'content' | 'embeds' | 'components' | 'flags' | 'attachments'>;

/**
 * The flags that a bot may set. IS_VOICE_MESSAGE is not modelled. Discord docs,
 * interactions/receiving-and-responding#interaction-response-object-messages.
 */
const settableFlags =
  messageFlags.suppressEmbeds |
  messageFlags.ephemeral |
  messageFlags.suppressNotifications |
  messageFlags.isComponentsV2;

/**
 * Returns an error for each rule that a new or edited message breaks. Throws an error with status 500 if the message
 * has too many bytes of text.
 */
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

/** An empty message causes error 50006. Discord docs, resources/message#create-message. */
export function isEmptyMessage({ content, embeds, components, attachments }: Content): boolean {
  return content.trim() === '' && embeds.length === 0 && components.length === 0 && attachments.length === 0;
}

/** An edit must not remove the flag IS_COMPONENTS_V2. Discord docs, resources/message#message-object-message-flags. */
function* flagProblems(next: Content, before: Content | undefined): Iterable<Problem> {
  if (before && before.flags & messageFlags.isComponentsV2 && !(next.flags & messageFlags.isComponentsV2))
    yield problem(['flags'], 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG');
  if (next.flags & ~settableFlags & ~(before?.flags ?? 0))
    yield problem(['flags'], 'BITFIELD_TYPE_INVALID', 'A flag is set that an application cannot set');
}

/**
 * A Components V2 message must not have content or embeds. Its buttons and selects must be inside other components. The
 * numbers of its components and characters are limited. Discord docs, components/overview.
 */
function* componentsV2Problems(next: Content, placed: readonly LocatedComponent[]): Iterable<Problem> {
  for (const field of ['content', 'embeds'] as const)
    if (next[field].length > 0)
      yield problem(
        [field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
  if (placed.length > discordLimits.components)
    yield problem(['components'], 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED');
  const characters = textsOf(placed).reduce((sum, text) => sum + text.length, 0);
  if (characters > discordLimits.textCharacters)
    yield problem(['components'], 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED');
  for (const { component, path } of placed)
    if (path.length === 2 && (component.type === 2 || component.type === 3))
      yield problem(path, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).');
}

/**
 * A message without Components V2 may have only action rows at the top level. Discord docs,
 * resources/message#create-message, components/overview#legacy-message-component-behavior.
 */
function* legacyProblems({ content, components }: Content): Iterable<Problem> {
  if (content.length > discordLimits.content) yield tooLong(['content'], discordLimits.content);
  if (components.length > discordLimits.rows) yield badLength(['components'], 1, discordLimits.rows);
  for (const [index, { type }] of components.entries())
    if (type !== 1)
      yield problem(['components', index], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
}

const textsOf = (placed: readonly LocatedComponent[]): readonly string[] =>
  placed.flatMap(({ component }) => (component.type === 10 ? [component.content ?? ''] : []));

/** Throws an error with status 500 if a message has too many bytes of text. Source: discord-api-docs issue 8554. */
function throwIfTextTooLarge(placed: readonly LocatedComponent[]): void {
  const bytes = textsOf(placed).reduce((sum, text) => sum + Buffer.byteLength(text) + discordLimits.textBytesEach, 0);
  if (bytes > discordLimits.textBytes) throw statusError(500);
}
