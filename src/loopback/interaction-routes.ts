/** Routes of interactions: members submit interactions, and bots respond to them. */
import { respondToInteraction } from './interaction-callbacks.ts';
import { createFollowUp, deleteReply, editReply, getReply } from './interaction-webhooks.ts';
import { callingMember, noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import { submitInteraction } from './submit.ts';

function postInteraction(request: RequestContext): Reply {
  submitInteraction(request.context, callingMember(request.caller), request);
  return noContent;
}

function postCallback(request: RequestContext, interaction: string, token: string): Reply {
  const response = respondToInteraction(request.context, interaction, token, request);
  return request.query.get('with_response') === 'true' ? ok(response) : noContent;
}

const webhookMessagePath = '/webhooks/:application/:token/messages/:message';

export const interactionRoutes: readonly Route[] = [
  route('POST', '/interactions', 'member', postInteraction, { body: 'undocumented' }),
  route('POST', '/interactions/:interaction/:token/callback', 'anybody', postCallback, {
    query: 'with_response',
    body: ['reply', 'replyEdit', 'modal', 'choices'],
  }),
  route('POST', '/webhooks/:application/:token', 'anybody', createFollowUp, { body: ['reply'] }),
  route('GET', webhookMessagePath, 'anybody', getReply),
  route('PATCH', webhookMessagePath, 'anybody', editReply, { body: ['replyEdit'] }),
  route('DELETE', webhookMessagePath, 'anybody', deleteReply),
];
