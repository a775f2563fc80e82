/** Sends messages of a bot that were authorized by an interaction token. */
import { apiError } from './api-errors.ts';
import { userById, userObject } from './api-objects.ts';
import { applicationById, type Context } from './context.ts';
import { interactionType } from './interaction-dispatch.ts';
import { messageFlags } from './message-flags.ts';
import { type MessageBody, sendMessage } from './messages.ts';
import { hasPermissions } from './permissions.ts';
import type { Interaction, StoredMessage } from './world.ts';

/** Sends a reply or follow-up. If it is ephemeral, only the member who started the interaction sees it. */
export function sendReply(
  context: Context,
  interaction: Interaction,
  body: MessageBody,
  path: readonly string[] = [],
  isDeferred = false,
): StoredMessage {
  const { world } = context;
  const { id, type, userId, nonce, commandName, commandType = 1, targetId, sourceId } = interaction;
  const channel = world.channels.find((channel) => channel.id === interaction.channelId);
  const member = world.members.find((member) => member.id === userId);
  const application = applicationById(context, interaction.applicationId);
  if (!channel || !member) throw apiError('unknownChannel');
  const user = userObject(member);
  const isFirst = interaction.answered === undefined;
  // Discord docs, topics/permissions: if only the member installed the app, public replies need USE_EXTERNAL_APPS.
  const isUserInstall = interaction.owners['0'] === undefined;
  const mustBeEphemeral =
    isUserInstall && !hasPermissions(world, channel, userId, context.clock.now(), 'USE_EXTERNAL_APPS');
  const flags = body.flags ?? 0;
  const wanted = { ...body, flags: mustBeEphemeral ? flags | messageFlags.ephemeral : flags };
  const isCommand = type === interactionType.command;
  const targetUser = commandType === 2 ? userById(world, targetId ?? '') : undefined;
  const targetMessage = commandType === 3 ? targetId : undefined;
  const repliedToId = isFirst ? (sourceId ?? targetMessage) : interaction.originalId;
  return sendMessage(context, {
    channel,
    author: application.bot,
    body: wanted,
    type: isFirst && isCommand ? (commandType === 1 ? 20 : 23) : repliedToId === undefined ? 0 : 19,
    extraFields: {
      application_id: application.id,
      webhook_id: application.id,
      interaction_metadata: {
        id,
        type,
        user,
        authorizing_integration_owners: interaction.owners,
        ...(commandName !== undefined && { name: commandName }),
        // Discord docs, resources/message#message-interaction-metadata-object.
        ...(targetUser && { target_user: userObject(targetUser) }),
        ...(targetMessage !== undefined && { target_message_id: targetMessage }),
        ...(type === interactionType.component && sourceId !== undefined && { interacted_message_id: sourceId }),
        ...(!isFirst &&
          interaction.originalId !== undefined && { original_response_message_id: interaction.originalId }),
      },
      ...(isFirst && isCommand && { interaction: { id, type, name: commandName ?? '', user } }),
      ...(isFirst && nonce !== undefined && { nonce }),
      ...(repliedToId !== undefined && {
        message_reference: { type: 0, channel_id: channel.id, message_id: repliedToId },
      }),
    },
    ...(wanted.flags & messageFlags.ephemeral && { reader: userId }),
    interactionId: id,
    defaultMentions: 'users',
    isDeferred,
    path,
  });
}
