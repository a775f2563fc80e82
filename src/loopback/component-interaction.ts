/** Checks component interactions against their message, and submitted modals against the modal of the bot. */
import { apiError, invalidFormBody, problem } from './api-errors.ts';
import { applicationsIn } from './api-objects.ts';
import type { Component } from './component-json.ts';
import { allComponents } from './component-rules.ts';
import { discordLimits } from './discord-limits.ts';
import { type ResolvableKind, resolvedData } from './interaction-objects.ts';
import type { SubmittedComponent, ValidateInteraction } from './interaction-request.ts';
import { messageFlags } from './message-flags.ts';
import type { Attachment } from './world.ts';

/** The error for an invalid component interaction, as reported in discord-api-docs issue 5943. */
const invalidComponent = () =>
  invalidFormBody([problem(['data'], 'COMPONENT_VALIDATION_FAILED', 'Component validation failed')]);

/** Validates a button press or a selection. The component must currently be in the message and must be enabled. */
export const validateComponent: ValidateInteraction = ({ application_id, channel_id, message_id, data }, context) => {
  const { world, channel, member } = context;
  const post = world.posts.find(({ message }) => message.id === message_id && message.channel_id === channel_id);
  if (!post || (post.message.flags & messageFlags.ephemeral && post.reader !== member.id))
    throw apiError('unknownMessage');
  const component = allComponents(post.message.components)
    .map(({ component }) => component)
    .find(({ custom_id, type }) => custom_id === data.custom_id && type === data.component_type);
  if (!component || data.custom_id === undefined || component.disabled || post.message.author.id !== application_id)
    throw invalidComponent();
  const { type: component_type, custom_id, id } = component;
  const { interaction_metadata: metadata } = post.message;
  const owners = metadata?.authorizing_integration_owners ?? { '0': channel.guildId ?? '0' };
  if (!owners['1'] && !applicationsIn(channel, world).includes(application_id)) throw invalidComponent();
  const common = { owners, sourceId: post.message.id };
  if (component_type === 2) return { ...common, data: { component_type, id, custom_id } };
  const values = data.values ?? [];
  if (!areValuesValid(component, values)) throw invalidComponent();
  const as = kindOfSelect[component_type];
  const resolvedValues = as
    ? resolvedData(
        values.map((id) => ({ id, as })),
        context,
      )
    : {};
  return { ...common, data: { component_type, id, custom_id, values, ...resolvedValues } };
};

/** Select types whose values are ids. Discord docs, components/reference#component-object-component-types. */
const kindOfSelect: Readonly<Record<number, ResolvableKind>> = { 5: 'user', 6: 'role', 7: 'mentionable', 8: 'channel' };

/** Whether the values are distinct options and the number of values is allowed. Discord docs, components/reference. */
function areValuesValid({ options, min_values, max_values }: Component, values: readonly unknown[]): boolean {
  const offered = options && new Set(options.map(({ value }) => value));
  return (
    values.length >= (min_values ?? 1) &&
    values.length <= (max_values ?? 1) &&
    new Set(values).size === values.length &&
    (!offered || values.every((value) => typeof value === 'string' && offered.has(value)))
  );
}

export const validateModal: ValidateInteraction = ({ application_id, data }, context) => {
  const { world, member } = context;
  const shown = world.interactions.find(
    ({ id, userId, applicationId }) => id === data.id && userId === member.id && applicationId === application_id,
  );
  if (!shown?.modal || shown.modal.custom_id !== data.custom_id) throw invalidComponent();
  const filled = new Map(fieldsWithId(data.components).map((field) => [field.custom_id, field]));
  const fields = allComponents(shown.modal.components).filter(({ component }) => component.custom_id !== undefined);
  for (const { component } of fields) {
    const field = filled.get(component.custom_id);
    const isFileMissing = component.type === fileUpload && field?.values?.some((n) => !context.files.includes(n));
    if (isFileMissing || !isFieldValid(component, field)) throw invalidComponent();
  }
  if ([...filled.keys()].some((id) => !fields.some(({ component }) => component.custom_id === id)))
    throw invalidComponent();
  const files = new Map<string, readonly Attachment[]>();
  for (const { component } of fields)
    if (component.type === fileUpload)
      files.set(component.custom_id ?? '', (filled.get(component.custom_id)?.values ?? []).map(context.storeFile));
  const chosen = fields.flatMap(({ component: { type, custom_id } }) => {
    const as = kindOfSelect[type];
    const values = filled.get(custom_id)?.values ?? [];
    return as ? values.map((id) => ({ id, as })) : [];
  });
  return {
    owners: shown.owners,
    openedBy: shown.id,
    ...(shown.sourceId !== undefined && { sourceId: shown.sourceId }),
    data: {
      custom_id: data.custom_id,
      components: shown.modal.components.map((component) => submittedJson(component, filled, files)),
      ...resolvedData(chosen, context, [...files.values()].flat()),
    },
  };
};

const fileUpload = 19;

/**
 * The JSON that the bot gets for a component of a submitted modal. Discord docs,
 * receiving-and-responding#interaction-object-component-interaction-response-structures.
 */
function submittedJson(
  { type, id, custom_id, component, components }: Component,
  filled: ReadonlyMap<string | undefined, SubmittedComponent>,
  files: ReadonlyMap<string, readonly Attachment[]>,
): object {
  const inner = (child: Component): object => submittedJson(child, filled, files);
  if (component) return { type, id, component: inner(component) };
  if (components) return { type, id, components: components.map(inner) };
  if (custom_id === undefined) return { type, id };
  const { value, values = [] } = filled.get(custom_id) ?? {};
  if (type === fileUpload) return { type, id, custom_id, values: files.get(custom_id)?.map((file) => file.id) };
  return { type, id, custom_id, ...(type in emptyValues ? { value: value ?? emptyValues[type] } : { values }) };
}

/**
 * The value that the bot gets if a member left a text input (4), radio group (21) or checkbox (23) empty. Inputs of
 * other types have a list of values.
 */
const emptyValues: Readonly<Record<number, unknown>> = { 4: '', 21: null, 23: false };

const fieldsWithId = (components: readonly SubmittedComponent[]): readonly SubmittedComponent[] =>
  components.flatMap((field) => [
    ...(field.custom_id === undefined ? [] : [field]),
    ...fieldsWithId(field.components ?? []),
    ...fieldsWithId(field.component ? [field.component] : []),
  ]);

/**
 * Whether a value is valid for its input. Type 4 is a text input, 21 a radio group, 22 a checkbox group and 23 a
 * checkbox. Discord docs, components/reference.
 */
function isFieldValid(field: Component, filled: SubmittedComponent | undefined): boolean {
  const isRequired = field.required ?? field.type !== 23;
  if (field.type === 23) return filled === undefined || typeof filled.value === 'boolean';
  if (field.type === 4 || field.type === 21) {
    const value = filled?.value ?? '';
    if (typeof value !== 'string') return false;
    if (value === '') return !isRequired;
    if (field.type === 21) return (field.options ?? []).some((option) => option.value === value);
    return value.length >= (field.min_length ?? 0) && value.length <= (field.max_length ?? discordLimits.textInput);
  }
  const values = filled?.values ?? [];
  if (values.length === 0) return !isRequired || field.min_values === 0;
  return areValuesValid({ ...field, max_values: field.max_values ?? (field.type === 22 ? values.length : 1) }, values);
}
