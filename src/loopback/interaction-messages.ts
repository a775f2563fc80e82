/** Creates the messages that a bot sends with an interaction token. */
import { apiError, byId } from './api-errors.ts';
import { userById, userObject } from './api-objects.ts';
import type { Context } from './context.ts';
import { interactionType } from './interaction-request.ts';
import { messageFlags } from './message-flags.ts';
import { type MessageBody, referenceTo, sendMessage } from './messages.ts';
import { hasPermissions } from './permissions.ts';
import type { Interaction, Message, StoredMessage, World } from './world.ts';

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
  const application = byId(world.applications, interaction.applicationId, 'unknownApplication');
  if (!channel || !member) throw apiError('unknownChannel');
  const isFirst = interaction.answered === undefined;
  // If the app is installed for the member but not in the guild, a public reply needs USE_EXTERNAL_APPS.
  // Discord docs, topics/permissions.
  const isUserInstall = interaction.owners['0'] === undefined;
  const mustBeEphemeral =
    isUserInstall && !hasPermissions(world, channel, userId, context.clock.now(), 'USE_EXTERNAL_APPS');
  const flags = body.flags ?? 0;
  const wanted = { ...body, flags: mustBeEphemeral ? flags | messageFlags.ephemeral : flags };
  const isCommand = type === interactionType.command;
  const metadata = interactionMetadata(world, interaction);
  const repliedToId = isFirst ? (sourceId ?? (commandType === 3 ? targetId : undefined)) : interaction.originalId;
  return sendMessage(context, {
    channel,
    author: application.bot,
    body: wanted,
    type: isFirst && isCommand ? (commandType === 1 ? 20 : 23) : repliedToId === undefined ? 0 : 19,
    extraFields: {
      application_id: application.id,
      webhook_id: application.id,
      interaction_metadata: {
        ...metadata,
        ...(!isFirst &&
          interaction.originalId !== undefined && { original_response_message_id: interaction.originalId }),
      },
      ...(isFirst && isCommand && { interaction: { id, type, name: commandName ?? '', user: metadata['user'] } }),
      ...(isFirst && nonce !== undefined && { nonce }),
      ...(repliedToId !== undefined && referenceTo(channel, repliedToId)),
    },
    ...(wanted.flags & messageFlags.ephemeral && { reader: userId }),
    interactionId: id,
    defaultMentions: 'users',
    isDeferred,
    path,
  });
}

type InteractionMetadata = NonNullable<Message['interaction_metadata']>;

/** The interaction that led to a message. Discord docs, resources/message#message-interaction-metadata-object. */
function interactionMetadata(world: World, interaction: Interaction): InteractionMetadata {
  const { id, type, userId, commandName, commandType, targetId, sourceId, openedBy, owners } = interaction;
  const [user, target] = [userId, targetId ?? ''].map((each) => userById(world, each));
  const opener = world.interactions.find((each) => each.id === openedBy);
  return {
    id,
    type,
    ...(user && { user: userObject(user) }),
    authorizing_integration_owners: owners,
    ...(commandName !== undefined && { name: commandName }),
    ...(commandType === 2 && target && { target_user: userObject(target) }),
    ...(commandType === 3 && { target_message_id: targetId }),
    ...(type === interactionType.component && { interacted_message_id: sourceId }),
    ...(opener && { triggering_interaction_metadata: interactionMetadata(world, opener) }),
  };
}
