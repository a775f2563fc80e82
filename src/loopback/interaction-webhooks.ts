/**
 * Routes of interactions: members submit them, and bots respond with callbacks, replies and follow-ups. Discord docs,
 * interactions/receiving-and-responding#followup-messages.
 */
import { apiError } from './api-errors.ts';
import { messageObject } from './api-objects.ts';
import { discordLimits } from './discord-limits.ts';
import { postCallback } from './interaction-callbacks.ts';
import { sendReply } from './interaction-messages.ts';
import { messageFlags } from './message-flags.ts';
import { type MessageBody, removeMessage, updateMessage } from './messages.ts';
import { type Asked, type Route, route } from './route.ts';
import { submitInteraction } from './submit.ts';
import type { StoredMessage } from './world.ts';

type WithToken = Asked<'application' | 'token', Omit<MessageBody, 'files'>>;
type OnReply = WithToken & Asked<'message'>;

const shown = ({ context, application }: Asked<'application'>, stored: StoredMessage): object =>
  messageObject(stored, context.world, stored.reader ?? application);

/**
 * Sends a follow-up message. After a deferred callback, the first follow-up creates no new message, but becomes the
 * content of the deferred reply.
 */
function createFollowUp(asked: WithToken): object {
  const { context, token: interaction, files } = asked;
  const awaited = context.world.posts.find(({ message }) => message.id === interaction.originalId);
  const body = { ...asked.body, files };
  if (awaited && awaited.message.flags & messageFlags.loading)
    return shown(asked, updateMessage(context, awaited, body, 'users'));
  if (interaction.owners['0'] === undefined && interaction.followUps >= discordLimits.followUps)
    throw apiError('tooManyFollowUps');
  const posted = sendReply(context, interaction, body);
  interaction.followUps++;
  return shown(asked, posted);
}

const editReply = (asked: OnReply): object =>
  shown(asked, updateMessage(asked.context, asked.message, { ...asked.body, files: asked.files }, 'users'));

const path = '/webhooks/:application/:token';
export const interactionRoutes: readonly Route[] = [
  route('POST', '/interactions', 'member', submitInteraction, { body: 'undocumented' }),
  route('POST', '/interactions/:interaction/:token/callback', 'anybody', postCallback, {
    query: 'with_response',
    body: ['reply', 'replyEdit', 'modal', 'choices'],
    validates: true,
  }),
  route('POST', path, 'anybody', createFollowUp, { body: ['reply'] }),
  route('GET', `${path}/messages/:message`, 'anybody', (asked) => shown(asked, asked.message)),
  route('PATCH', `${path}/messages/:message`, 'anybody', editReply, { body: ['replyEdit'] }),
  route('DELETE', `${path}/messages/:message`, 'anybody', ({ context, message }) => removeMessage(context, message)),
];
