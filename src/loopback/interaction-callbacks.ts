/**
 * Callbacks: the first response to an interaction. Activities and premium replies are not emulated. Discord docs,
 * interactions/receiving-and-responding.
 */
import type { InteractionResponseType } from 'discord-api-types/v10';
import { z } from 'zod';
import { apiError, byId, found, refuseField, throwIfAny } from './api-errors.ts';
import type { UploadedFile } from './attachments.ts';
import { messageObject } from './api-objects.ts';
import { choiceProblems } from './command-rules.ts';
import { requireModelledFields, validateBody } from './body-validation.ts';
import type { Modal } from './component-json.ts';
import type { Context } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { sendReply } from './interaction-messages.ts';
import { modalProblems, withComponentIds } from './component-rules.ts';
import { interactionType } from './interaction-request.ts';
import { notifyMember } from './submit.ts';
import { messageFlags } from './message-flags.ts';
import { messageBody, updateMessage } from './messages.ts';
import type { Asked } from './route.ts';
import { timestampOf } from './snowflake.ts';
import type { Interaction, StoredMessage } from './world.ts';

const callbackType = {
  message: 4,
  deferred: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const satisfies Record<string, InteractionResponseType>;

/** Callbacks for each type of interaction. Discord docs, #interaction-response-object-interaction-callback-type. */
const allowedCallbacks: Readonly<Record<number, readonly number[]>> = {
  [interactionType.command]: [callbackType.message, callbackType.deferred, callbackType.modal],
  [interactionType.component]: [
    callbackType.message,
    callbackType.deferred,
    callbackType.deferredUpdate,
    callbackType.update,
    callbackType.modal,
  ],
  [interactionType.autocomplete]: [callbackType.choices],
  [interactionType.modal]: [callbackType.message, callbackType.deferred],
};

const callbackBody = z.object({ type: z.number(), data: z.record(z.string(), z.unknown()).nullish() });

/**
 * Runs a callback. With `with_response`, returns the result of the callback. Throws error 10062 if the callback comes
 * too late, error 40060 if the interaction already had a callback, and error 50035 if the body is invalid.
 */
export function postCallback({ context, token: interaction, body, files, query }: Asked<'token'>): object | undefined {
  const { world, clock } = context;
  const { id } = interaction;
  if (interaction.answered !== undefined) throw apiError('alreadyAcknowledged');
  if (clock.now() - timestampOf(id) >= discordLimits.acknowledgeMs) throw apiError('unknownInteraction');
  const { type, data } = callbackBody.safeParse(body).data ?? { type: 0 };
  const types = [
    ...(allowedCallbacks[interaction.type] ?? []),
    ...(interaction.type === interactionType.modal && interaction.sourceId
      ? [callbackType.deferredUpdate, callbackType.update]
      : []),
  ];
  if (!types.includes(type)) refuseField(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${types.join(', ')}}.`);
  const message = runCallback[type]?.({ context, interaction, data: data ?? {}, files });
  interaction.answered = type;
  if (message) interaction.originalId = message.message.id;
  if (type !== callbackType.choices && type !== callbackType.modal)
    notifyMember(context, interaction, 'INTERACTION_SUCCESS');
  if (query.get('with_response') !== 'true') return undefined;
  const sent = message && {
    response_message_id: message.message.id,
    response_message_loading: (message.message.flags & messageFlags.loading) !== 0,
    response_message_ephemeral: message.reader !== undefined,
  };
  const shown = message && { message: messageObject(message, world, message.reader ?? interaction.applicationId) };
  return {
    interaction: { id, type: interaction.type, ...sent },
    resource: { type, ...(type !== callbackType.deferredUpdate && shown) },
  };
}

interface Callback {
  readonly context: Context;
  readonly interaction: Interaction;
  readonly data: Record<string, unknown>;
  readonly files: readonly UploadedFile[];
}

const runCallback: Readonly<Record<number, (callback: Callback) => StoredMessage | undefined>> = {
  [callbackType.message]: ({ context, interaction, data: body, files }) =>
    sendReply(context, interaction, messageBody(context, 'reply', { body, files }, ['data']), ['data']),
  // According to Discord's docs, a deferred reply ignores all flags except EPHEMERAL.
  [callbackType.deferred]: ({ context, interaction, data: { flags } }) =>
    sendReply(context, interaction, { flags: Number(flags ?? 0) & messageFlags.ephemeral, files: [] }, ['data'], true),
  [callbackType.deferredUpdate]: ({ context, interaction }) => sourceMessage(context, interaction),
  [callbackType.update]({ context, interaction, data: body, files }) {
    const wanted = messageBody(context, 'replyEdit', { body, files }, ['data']);
    return updateMessage(context, sourceMessage(context, interaction), wanted, 'users', ['data']);
  },
  [callbackType.choices]({ context, interaction, data }) {
    requireModelledFields('choices', data, ['data']);
    const { choices = [] } = data;
    const list = Array.isArray(choices) ? (choices as readonly { name: string; value: string | number }[]) : [];
    throwIfAny([...choiceProblems(list, interaction.focusedType, ['data', 'choices'])]);
    notifyMember(context, interaction, 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE', { choices: list });
    return undefined;
  },
  [callbackType.modal]({ context, interaction, data }) {
    validateBody(context, 'modal', data, ['data']);
    const body = data as unknown as Modal;
    throwIfAny(modalProblems(body.components, ['data']));
    const modal = { ...body, components: withComponentIds(body.components) };
    interaction.modal = modal;
    const { id, name } = byId(context.world.applications, interaction.applicationId, 'unknownApplication');
    const { custom_id, title, components } = modal;
    const more = { custom_id, title, components, application: { id, name }, channel_id: interaction.channelId };
    notifyMember(context, interaction, 'INTERACTION_MODAL_CREATE', more);
    return undefined;
  },
};

const sourceMessage = ({ world }: Context, { sourceId }: Interaction): StoredMessage =>
  found(
    world.posts.find(({ message }) => message.id === sourceId),
    'unknownMessage',
  );
