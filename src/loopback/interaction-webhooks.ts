/** Replies and follow-ups with a token. Discord docs, interactions/receiving-and-responding#followup-messages. */
import { apiError } from './api-errors.ts';
import { messageObject } from './api-objects.ts';
import type { Context } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { sendReply } from './interaction-messages.ts';
import { messageFlags } from './message-flags.ts';
import { messageBody, removeMessage, updateMessage } from './messages.ts';
import { noContent, ok, type Reply, type RequestContext } from './route.ts';
import { timestampOf } from './snowflake.ts';
import type { Interaction, StoredMessage } from './world.ts';

/**
 * Throws error 50027 for an unknown or expired token, and error 10015 before the callback or without the application.
 */
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

/** Finds a message that was sent with the token, or that an update callback changed. Throws error 10008. */
function messageByToken(context: Context, application: string, token: string, messageId: string): StoredMessage {
  const interaction = interactionByToken(context, application, token);
  const id = messageId === '@original' ? interaction.originalId : messageId;
  const found = context.world.posts.find(({ message }) => message.id === id);
  if (!found || (found.interactionId !== interaction.id && found.message.id !== interaction.originalId))
    throw apiError('unknownMessage');
  return found;
}

const shown = ({ context }: RequestContext, application: string, stored: StoredMessage): Reply =>
  ok(messageObject(stored, context.world, stored.reader ?? application));

/** Sends a follow-up message. After a deferred callback, the first follow-up becomes the reply instead. */
export function createFollowUp(request: RequestContext, application: string, token: string): Reply {
  const { context } = request;
  const interaction = interactionByToken(context, application, token);
  const awaited = context.world.posts.find(({ message }) => message.id === interaction.originalId);
  const body = messageBody(context, 'reply', request);
  if (awaited && awaited.message.flags & messageFlags.loading)
    return shown(request, application, updateMessage(context, awaited, body, 'users'));
  if (interaction.owners['0'] === undefined && interaction.followUps >= discordLimits.followUps)
    throw apiError('tooManyFollowUps');
  const posted = sendReply(context, interaction, body);
  interaction.followUps++;
  return shown(request, application, posted);
}

export const getReply = (request: RequestContext, application: string, token: string, messageId: string): Reply =>
  shown(request, application, messageByToken(request.context, application, token, messageId));

export function editReply(request: RequestContext, application: string, token: string, messageId: string): Reply {
  const { context } = request;
  const stored = messageByToken(context, application, token, messageId);
  const body = messageBody(context, 'replyEdit', request);
  return shown(request, application, updateMessage(context, stored, body, 'users'));
}

export function deleteReply({ context }: RequestContext, application: string, token: string, messageId: string): Reply {
  removeMessage(context, messageByToken(context, application, token, messageId));
  return noContent;
}
