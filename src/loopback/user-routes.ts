/** Routes of users, DMs and applications, and the routes that return the address of the gateway. */
import { z } from 'zod';
import { apiError, parseBody } from './api-errors.ts';
import { applicationObject, dmChannelObject, userById, userObject } from './api-objects.ts';
import { readBody } from './body-validation.ts';
import { findOrCreateDm } from './context.ts';
import {
  callingApplication,
  callingMember,
  callingUser,
  ok,
  type Reply,
  type RequestContext,
  type Route,
  route,
} from './route.ts';

function getUser({ context }: RequestContext, userId: string): Reply {
  const person = userById(context.world, userId);
  if (!person) throw apiError('unknownUser');
  return ok(userObject(person));
}

/** Sets the language of the member. Other settings of Discord's client are not emulated. */
function editSettings({ context, caller, body }: RequestContext): Reply {
  const { locale } = parseBody(z.object({ locale: z.string() }), body);
  callingMember(caller).locale = locale;
  context.worldChanged();
  return ok({ locale });
}

/** Changes the username of the bot. Discord docs, resources/user#modify-current-user. */
function editOwnUser(request: RequestContext): Reply {
  const { username } = readBody<{ readonly username?: string | null }>('ownUser', request);
  const user = callingUser(request);
  if (username) user.username = username;
  request.context.worldChanged();
  request.context.gateway.dispatchToBot(user.id, 'USER_UPDATE', userObject(user), undefined);
  return ok(userObject(user));
}

/** Opens the DM channel between a member and a bot. The member or the bot can call this route. */
function createDm(request: RequestContext): Reply {
  const { context, caller, body } = request;
  const { world } = context;
  const isBot = caller.kind === 'bot';
  // Discord's own client sends a list of recipients.
  const { recipient_id, recipients } = isBot
    ? readBody<{ recipient_id?: string; recipients?: undefined }>('dm', { body })
    : (Object(body) as { recipient_id?: string; recipients?: readonly string[] });
  const wanted = recipient_id ?? recipients?.[0];
  const person = isBot ? world.members.find(({ id }) => id === wanted) : callingMember(caller);
  const application = isBot ? caller.application : world.applications.find(({ id }) => id === wanted);
  if (!person || !application) throw apiError('unknownUser');
  return ok(dmChannelObject(callingUser(request).id, findOrCreateDm(context, person, application), world));
}

function getGatewayBot(request: RequestContext): Reply {
  const { gateway } = request.context;
  const own = callingApplication(request);
  return ok({
    url: request.gatewayUrl,
    shards: gateway.recommendedShards(own),
    session_start_limit: gateway.sessionStartLimit(own),
  });
}

const getApplication = (request: RequestContext): Reply => ok(applicationObject(callingApplication(request)));

export const userRoutes: readonly Route[] = [
  route('GET', '/gateway', 'anybody', ({ gatewayUrl }) => ok({ url: gatewayUrl })),
  route('GET', '/gateway/bot', 'bot', getGatewayBot),
  route('GET', '/users/@me', 'both', (request) => ok(userObject(callingUser(request)))),
  route('PATCH', '/users/@me', 'bot', editOwnUser, { body: ['ownUser'] }),
  route('PATCH', '/users/@me/settings', 'member', editSettings, { body: 'undocumented' }),
  route('POST', '/users/@me/channels', 'both', createDm, { body: ['dm'] }),
  route('GET', '/users/:user', 'bot', getUser),
  route('GET', '/applications/@me', 'bot', getApplication),
  route('GET', '/oauth2/applications/@me', 'bot', getApplication),
];
