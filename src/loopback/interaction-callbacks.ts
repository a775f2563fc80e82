/**
 * Callbacks: the first response to an interaction. Activities and premium replies are not emulated. Discord docs,
 * interactions/receiving-and-responding.
 */
import type { InteractionResponseType } from 'discord-api-types/v10';
import { z } from 'zod';
import { apiError, problem, throwIfAny } from './api-errors.ts';
import type { RequestBody, UploadedFile } from './attachments.ts';
import { messageObject } from './api-objects.ts';
import { choiceProblems } from './autocomplete-rules.ts';
import { validateBody } from './body-validation.ts';
import type { Modal } from './component-json.ts';
import { applicationById, type Context } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { sendReply } from './interaction-messages.ts';
import { withComponentIds } from './component-rules.ts';
import { interactionType, notifyMember } from './interaction-dispatch.ts';
import { messageFlags } from './message-flags.ts';
import { messageBody, updateMessage } from './messages.ts';
import { modalProblems } from './modal-rules.ts';
import { requireModelledFields } from './request-fields.ts';
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

/** Discord docs, interactions/receiving-and-responding#interaction-response-object-interaction-callback-type. */
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

/** Runs a callback and returns its response. Throws errors 10062, 40060 and 50035. */
export function respondToInteraction(
  context: Context,
  id: string,
  token: string,
  { body, files }: RequestBody,
): object {
  const { world, clock } = context;
  const interaction = world.interactions.find((interaction) => interaction.id === id && interaction.token === token);
  if (!interaction) throw apiError('unknownInteraction');
  if (interaction.answered !== undefined) throw apiError('alreadyAcknowledged');
  if (clock.now() - timestampOf(id) >= discordLimits.acknowledgeMs) throw apiError('unknownInteraction');
  const { type, data } = callbackBody.safeParse(body).data ?? { type: 0 };
  const types = [
    ...(allowedCallbacks[interaction.type] ?? []),
    ...(interaction.type === interactionType.modal && interaction.sourceId
      ? [callbackType.deferredUpdate, callbackType.update]
      : []),
  ];
  if (!types.includes(type))
    throwIfAny([problem(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${types.join(', ')}}.`)]);
  const message = runCallback[type]?.(context, interaction, data ?? {}, files);
  interaction.answered = type;
  if (message) interaction.originalId = message.message.id;
  context.worldChanged();
  if (type !== callbackType.choices && type !== callbackType.modal)
    notifyMember(context, interaction, 'INTERACTION_SUCCESS');
  return {
    interaction: {
      id,
      type: interaction.type,
      ...(message && {
        response_message_id: message.message.id,
        response_message_loading: (message.message.flags & messageFlags.loading) !== 0,
        response_message_ephemeral: message.reader !== undefined,
      }),
    },
    resource: {
      type,
      ...(message &&
        type !== callbackType.deferredUpdate && {
          message: messageObject(message, world, message.reader ?? interaction.applicationId),
        }),
    },
  };
}

type RunCallback = (
  context: Context,
  interaction: Interaction,
  data: Record<string, unknown>,
  files: readonly UploadedFile[],
) => StoredMessage | undefined;

const runCallback: Readonly<Record<number, RunCallback>> = {
  [callbackType.message]: (context, interaction, body, files) =>
    sendReply(context, interaction, messageBody(context, 'reply', { body, files }, ['data']), ['data']),
  // According to Discord's docs, a deferred reply ignores all flags except EPHEMERAL.
  [callbackType.deferred]: (context, interaction, { flags }) =>
    sendReply(context, interaction, { flags: Number(flags ?? 0) & messageFlags.ephemeral, files: [] }, ['data'], true),
  [callbackType.deferredUpdate]: (context, { sourceId }) => sourceMessage(context, sourceId),
  [callbackType.update](context, { sourceId }, body, files) {
    const wanted = messageBody(context, 'replyEdit', { body, files }, ['data']);
    return updateMessage(context, sourceMessage(context, sourceId), wanted, 'users', ['data']);
  },
  [callbackType.choices](context, interaction, data) {
    requireModelledFields('choices', data, ['data']);
    const { choices = [] } = data;
    const list = Array.isArray(choices) ? (choices as readonly { name: string; value: string | number }[]) : [];
    throwIfAny([...choiceProblems(list, interaction.focusedType, ['data', 'choices'])]);
    notifyMember(context, interaction, 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE', { choices: list });
    return undefined;
  },
  [callbackType.modal](context, interaction, data) {
    validateBody(context, 'modal', data, ['data']);
    const body = data as unknown as Modal;
    throwIfAny(modalProblems(body.components, ['data']));
    const modal = { ...body, components: withComponentIds(body.components) };
    interaction.modal = modal;
    const { id, name } = applicationById(context, interaction.applicationId);
    const { custom_id, title, components } = modal;
    const application = { id, name };
    const more = { custom_id, title, components, application, channel_id: interaction.channelId };
    notifyMember(context, interaction, 'INTERACTION_MODAL_CREATE', more);
    return undefined;
  },
};

function sourceMessage({ world }: Context, sourceId: string | undefined): StoredMessage {
  const source = world.posts.find(({ message }) => message.id === sourceId);
  if (!source) throw apiError('unknownMessage');
  return source;
}
