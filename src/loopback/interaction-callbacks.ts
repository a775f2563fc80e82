/**
 * The life of an interaction after a member began it: the bot is told, one callback answers within three seconds, and
 * for fifteen minutes its token edits and adds messages.
 * https://discord.com/developers/docs/interactions/receiving-and-responding. Absent: activities, premium replies.
 */
import { z } from 'zod';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import type { RequestBody, UploadedFile } from './attachments.ts';
import { applicationById, newId, type Context } from './context.ts';
import { throwIfAny, problem, apiError } from './api-errors.ts';
import { choiceProblems, modalProblems } from './message-rules.ts';
import { updateMessage, messageBody, sendMessage, removeMessage, type MessageBody } from './messages.ts';
import { interactionObject, userObject } from './api-objects.ts';
import { hasPermissions } from './permissions.ts';
import { validateBody } from './body-validation.ts';
import { type Channel, type Interaction, type Member, type StoredMessage } from './world.ts';
import { timestampOf } from './snowflake.ts';
import type { Modal } from './component-json.ts';

/** So many interactions are remembered; a token that is forgotten has long expired. */
const keptInteractions = 1_000;

export const interactionType = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
const callbackType = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** docs, #interaction-response-object-interaction-callback-type: which answer fits which interaction. */
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

/** Tells the bot and the member, and tells the member of failure when no answer comes within three seconds. */
export function dispatchInteraction(
  context: Context,
  interaction: Interaction,
  channel: Channel,
  member: Member,
  data: object,
): void {
  const { world, gateway } = context;
  world.interactions.push(interaction);
  if (world.interactions.length > keptInteractions) world.interactions.shift();
  context.worldChanged();
  notifyMember(context, interaction, 'INTERACTION_CREATE');
  const source = world.posts.find(({ message }) => message.id === interaction.sourceId);
  const event = {
    ...interactionObject(interaction, channel, member, world, timestampOf(interaction.id)),
    data,
    ...(source && { message: source.message }),
  };
  gateway.dispatchToBot(interaction.applicationId, 'INTERACTION_CREATE', event, channel.guildId);
  context.alarm(timestampOf(interaction.id) + discordLimits.acknowledgeMs, () => {
    if (interaction.answered === undefined)
      notifyMember(context, interaction, 'INTERACTION_FAILURE', { reason_code: 2 });
  });
}

const notifyMember = (
  { gateway }: Context,
  { id, nonce, userId }: Interaction,
  event: string,
  more: object = {},
): void => gateway.dispatchToMember(userId, event, { id, ...(nonce !== undefined && { nonce }), ...more });

const callbackBody = z.object({ type: z.number(), data: z.record(z.string(), z.unknown()).nullish() });

/** Answers an interaction, once and in time. Gives back what `with_response` shows. Throws 10062, 40060, 50035. */
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
    resource: { type, ...(message && type !== callbackType.deferredUpdate && { message: message.message }) },
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
  // docs: of the flags only EPHEMERAL counts in a deferred answer.
  [callbackType.deferred]: (context, interaction, { flags: asked }) =>
    sendReply(context, interaction, { flags: Number(asked ?? 0) & messageFlags.ephemeral, files: [] }, ['data'], true),
  [callbackType.deferredUpdate]: (context, { sourceId }) => sourceMessage(context, sourceId),
  [callbackType.update](context, { sourceId }, body, files) {
    const wanted = messageBody(context, 'replyEdit', { body, files }, ['data']);
    return updateMessage(context, sourceMessage(context, sourceId), wanted, 'users', ['data']);
  },
  [callbackType.choices](context, interaction, { choices = [] }) {
    const list = Array.isArray(choices) ? (choices as readonly { name: string; value: string | number }[]) : [];
    throwIfAny([...choiceProblems(list, ['data', 'choices'])]);
    notifyMember(context, interaction, 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE', { choices: list });
    return undefined;
  },
  [callbackType.modal](context, interaction, data) {
    validateBody(context, 'modal', data, ['data']);
    const modal = data as unknown as Modal;
    throwIfAny(modalProblems(modal.components, ['data']));
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

/** Posts a message with an interaction's token: an ephemeral one is for the member who acted alone. */
function sendReply(
  context: Context,
  interaction: Interaction,
  body: MessageBody,
  path: readonly string[] = [],
  isDeferred = false,
): StoredMessage {
  const { world } = context;
  const { id, type, userId, nonce, commandName, sourceId } = interaction;
  const channel = world.channels.find((channel) => channel.id === interaction.channelId);
  const member = world.members.find((member) => member.id === userId);
  const application = applicationById(context, interaction.applicationId);
  if (!channel || !member) throw apiError('unknownChannel');
  const user = userObject(member);
  const isFirst = interaction.answered === undefined;
  // docs, topics/permissions: without USE_EXTERNAL_APPS what an app answers that only the member installed is hidden.
  const isGuest = interaction.owners['0'] === undefined;
  const isHidden = isGuest && !hasPermissions(world, channel, userId, context.clock.now(), 'USE_EXTERNAL_APPS');
  const asked = body.flags ?? 0;
  const wanted = { ...body, flags: isHidden ? asked | messageFlags.ephemeral : asked };
  const isCommand = type === interactionType.command;
  const original = isFirst ? sourceId : interaction.originalId;
  return sendMessage(context, {
    channel,
    author: application.bot,
    body: wanted,
    type: isFirst && isCommand ? 20 : original === undefined ? 0 : 19,
    extraFields: {
      application_id: application.id,
      webhook_id: application.id,
      interaction_metadata: {
        id,
        type,
        user,
        authorizing_integration_owners: interaction.owners,
        ...(commandName !== undefined && { name: commandName }),
      },
      ...(isFirst && isCommand && { interaction: { id, type, name: commandName ?? '', user } }),
      ...(isFirst && nonce !== undefined && { nonce }),
      ...(original !== undefined && {
        message_reference: { type: 0, channel_id: channel.id, message_id: original },
      }),
    },
    ...(wanted.flags & messageFlags.ephemeral && { reader: userId }),
    interactionId: id,
    defaultMentions: 'users',
    isDeferred,
    path,
  });
}

/** The interaction whose token this is, while it lasts. 50027 after 15 minutes, 10015 before it is answered. */
function interactionByToken({ world, clock }: Context, application: string, token: string): Interaction {
  if (!world.applications.some(({ id }) => id === application)) throw apiError('unknownWebhook');
  const interaction = world.interactions.find(
    (interaction) => interaction.token === token && interaction.applicationId === application,
  );
  if (!interaction || clock.now() - timestampOf(interaction.id) >= discordLimits.tokenMs)
    throw apiError('expiredToken');
  if (interaction.answered === undefined) throw apiError('unknownWebhook');
  return interaction;
}

/** A message that the token reaches: its own ones, and the one whose component was pressed. 10008 for others. */
function messageByToken(context: Context, application: string, token: string, messageId: string): StoredMessage {
  const interaction = interactionByToken(context, application, token);
  const id = messageId === '@original' ? interaction.originalId : messageId;
  const found = context.world.posts.find(({ message }) => message.id === id);
  if (!found || (found.interactionId !== interaction.id && found.message.id !== interaction.originalId))
    throw apiError('unknownMessage');
  return found;
}

/** A further message; while a deferred answer is awaited it becomes that answer. */
export function createFollowUp(context: Context, application: string, token: string, sent: RequestBody): object {
  const interaction = interactionByToken(context, application, token);
  const awaited = context.world.posts.find(({ message }) => message.id === interaction.originalId);
  const body = messageBody(context, 'reply', sent);
  if (awaited && awaited.message.flags & messageFlags.loading)
    return updateMessage(context, awaited, body, 'users').message;
  if (interaction.owners['0'] === undefined && interaction.followUps >= discordLimits.followUps)
    throw apiError('tooManyFollowUps');
  const { message } = sendReply(context, interaction, body);
  interaction.followUps++;
  return message;
}

export const getReply = (context: Context, application: string, token: string, messageId: string): object =>
  messageByToken(context, application, token, messageId).message;

export function editReply(
  context: Context,
  application: string,
  token: string,
  messageId: string,
  sent: RequestBody,
): object {
  const kept = messageByToken(context, application, token, messageId);
  return updateMessage(context, kept, messageBody(context, 'replyEdit', sent), 'users').message;
}

export function deleteReply(context: Context, application: string, token: string, messageId: string): void {
  removeMessage(context, messageByToken(context, application, token, messageId));
}

/** A new interaction of a member, not yet begun. Its token has the shape of Discord's. */
export function createInteraction(
  context: Context,
  rest: Omit<Interaction, 'id' | 'token' | 'answered' | 'originalId' | 'modal' | 'followUps'>,
): Interaction {
  const id = newId(context);
  const secret = crypto.getRandomValues(Buffer.alloc(96)).toString('base64url');
  return { id, token: Buffer.from(`interaction:${id}:${secret}`).toString('base64url'), followUps: 0, ...rest };
}
