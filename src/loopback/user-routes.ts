/** Routes of users, DMs and applications, and the routes that return the address of the gateway. */
import { z } from 'zod';
import { apiError, found, parseBody } from './api-errors.ts';
import { applicationObject, dmChannelObject, userById, userObject } from './api-objects.ts';
import { readBody } from './body-validation.ts';
import { callerId, callingApplication, callingMember, callingUser, findOrCreateDm } from './context.ts';
import { type Asked, type Route, route } from './route.ts';

/** Sets the language of the member. Other settings of Discord's client are not emulated. */
function editSettings({ caller, body }: Asked): object {
  const { locale } = parseBody(z.object({ locale: z.string() }), body);
  callingMember(caller).locale = locale;
  return { locale };
}

/** Changes the username of the bot. Discord docs, resources/user#modify-current-user. */
function editOwnUser({ context, caller, body }: Asked<never, { readonly username?: string | null }>): object {
  const user = callingUser(caller);
  if (body.username) user.username = body.username;
  context.gateway.dispatchToBot(user.id, 'USER_UPDATE', userObject(user), undefined);
  return userObject(user);
}

function createDm({ context, caller, body }: Asked): object {
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
  return dmChannelObject(callerId(caller), findOrCreateDm(context, person, application), world);
}

function getGatewayBot({ context: { gateway }, caller, gatewayUrl: url }: Asked): object {
  const own = callingApplication(caller);
  return { url, shards: gateway.recommendedShards(own), session_start_limit: gateway.sessionStartLimit(own) };
}

const getUser = ({ context, user }: Asked<'user'>): object =>
  userObject(found(userById(context.world, user), 'unknownUser'));

const getApplication = ({ caller }: Asked): object => applicationObject(callingApplication(caller));

export const userRoutes: readonly Route[] = [
  route('GET', '/gateway', 'anybody', ({ gatewayUrl }) => ({ url: gatewayUrl })),
  route('GET', '/gateway/bot', 'bot', getGatewayBot),
  route('GET', '/users/@me', 'both', ({ caller }) => userObject(callingUser(caller))),
  route('PATCH', '/users/@me', 'bot', editOwnUser, { body: ['ownUser'] }),
  route('PATCH', '/users/@me/settings', 'member', editSettings, { body: 'undocumented' }),
  route('POST', '/users/@me/channels', 'both', createDm, { body: ['dm'], validates: true }),
  route('GET', '/users/:user', 'bot', getUser),
  route('GET', '/applications/@me', 'bot', getApplication),
  route('GET', '/oauth2/applications/@me', 'bot', getApplication),
];
