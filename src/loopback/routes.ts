/**
 * The routes, as a table: method, path, who may call it, what it does. A route that is not here does not exist, and
 * asking for it is remembered. Paths are Discord's: https://discord.com/developers/docs/reference
 */
import { z } from 'zod';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import * as commands from './application-commands.ts';
import { requireChannel, requireGuild, requirePermission, isAllowed, findOrCreateDm } from './context.ts';
import { parseBody, throwIfAny, problem, apiError } from './api-errors.ts';
import { respondToInteraction, editReply, createFollowUp, getReply, deleteReply } from './interaction-callbacks.ts';
import {
  messageWithNonce,
  updateMessage,
  messageBody,
  sendMessage,
  findPublicMessage,
  requirePublicMessage,
  removeMessage,
} from './messages.ts';
import { submitInteraction } from './submit.ts';
import { guildRoutes } from './guild-routes.ts';
import { applicationObject, userById, dmChannelObject, userObject } from './api-objects.ts';
import { sendPermission } from './permissions.ts';
import {
  noContent,
  callingMember,
  ok,
  callingApplication,
  route,
  callingUser,
  type RequestContext,
  type Reply,
  type Route,
} from './route.ts';
import { requireActiveThread, unarchiveThread } from './threads.ts';

/** Commands of one server, or of all: the application in the path must be the caller's own. */
function commandScope(call: RequestContext, application: string, guild?: string): commands.CommandScope {
  const { id } = callingApplication(call);
  if (application !== id) throw apiError('unknownApplication');
  return {
    applicationId: id,
    guildId: guild === undefined ? undefined : requireGuild(call.context, guild, call.caller).id,
  };
}

/** Creates (201) or changes (200) a command. */
function putCommand({ context, body }: RequestContext, scope: commands.CommandScope): Reply {
  const { created, command } = commands.upsertCommand(context, scope, body);
  return { status: created ? 201 : 200, body: command };
}

function deleteCommand({ context }: RequestContext, scope: commands.CommandScope, id: string): Reply {
  commands.deleteCommand(context, scope, id);
  return noContent;
}

/** The six routes of commands, in one server (then the path names it) or everywhere. */
function commandRoutes(place: string, isInGuild: boolean): readonly Route[] {
  const run = (work: (call: RequestContext, scope: commands.CommandScope, command: string) => Reply): Route['run'] =>
    isInGuild
      ? (call, application = '', guild, command = '') => work(call, commandScope(call, application, guild), command)
      : (call, application = '', command = '') => work(call, commandScope(call, application), command);
  const one = `${place}/:command`;
  return [
    route(
      'GET',
      place,
      'bot',
      run(({ context }, scope) => ok(commands.listCommands(context, scope))),
    ),
    route('POST', place, 'bot', run(putCommand)),
    route(
      'PUT',
      place,
      'bot',
      run(({ context, body }, scope) => ok(commands.replaceCommands(context, scope, body))),
    ),
    route(
      'GET',
      one,
      'bot',
      run(({ context }, scope, id) => ok(commands.getCommand(context, scope, id))),
    ),
    route(
      'PATCH',
      one,
      'bot',
      run(({ context, body }, scope, id) => ok(commands.editCommand(context, scope, id, body))),
    ),
    route('DELETE', one, 'bot', run(deleteCommand)),
  ];
}

function createMessage(call: RequestContext, channelId: string): Reply {
  const { context, caller } = call;
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, sendPermission(channel));
  const body = messageBody(context, 'message', call);
  const { nonce } = body;
  if (String(nonce ?? '').length > discordLimits.nonce)
    throwIfAny([problem(['nonce'], 'BASE_TYPE_MAX_LENGTH', `Must be ${discordLimits.nonce} or fewer in length.`)]);
  if (body.files.length > 0) requirePermission(context, channel, caller, 'ATTACH_FILES');
  unarchiveThread(context, channel, caller);
  const earlier = caller.kind === 'bot' ? messageWithNonce(context, caller.application, channel, body) : undefined;
  if (earlier) return ok(earlier.message);
  const { message_id: wanted, fail_if_not_exists: isNeeded = true } = body.message_reference ?? {};
  const replied = wanted === undefined ? undefined : findPublicMessage(context, channel, wanted);
  if (wanted !== undefined && !replied && isNeeded)
    throwIfAny([problem(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')]);
  const answered = replied?.message.id;
  const posted = sendMessage(context, {
    channel,
    author: callingUser(call),
    body: { ...body, flags: (body.flags ?? 0) & ~messageFlags.ephemeral },
    type: answered === undefined ? 0 : 19,
    repliedTo: replied?.message.author,
    extraFields: {
      ...(nonce !== undefined && { nonce }),
      ...(answered !== undefined && { message_reference: { type: 0, channel_id: channel.id, message_id: answered } }),
    },
    defaultMentions: 'everything',
  });
  return ok(posted.message);
}

function editMessage(call: RequestContext, channelId: string, messageId: string): Reply {
  const { context, caller } = call;
  const kept = requirePublicMessage(context, caller, channelId, messageId);
  if (kept.message.author.id !== callingUser(call).id) throw apiError('notYourMessage');
  requireActiveThread(context, requireChannel(context, channelId, caller), caller);
  return ok(updateMessage(context, kept, messageBody(context, 'messageEdit', call), 'everything').message);
}

function deleteMessage(call: RequestContext, channelId: string, messageId: string): Reply {
  const { context, caller } = call;
  const kept = requirePublicMessage(context, caller, channelId, messageId);
  const channel = requireChannel(context, channelId, caller);
  const isOwn = kept.message.author.id === callingUser(call).id;
  if (!isOwn && (channel.guildId === undefined || !isAllowed(context, channel, caller, 'MANAGE_MESSAGES')))
    throw apiError('missingPermissions');
  removeMessage(context, kept);
  return noContent;
}

/** An id of the query; 50035 when it is none. */
function queryId(query: URLSearchParams, name: string): bigint | undefined {
  const id = query.get(name);
  if (id === null) return undefined;
  if (!/^\d{1,20}$/.test(id)) throwIfAny([problem([name], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)]);
  return BigInt(id);
}

/** Newest first, 50 unless `limit` (1 to 100) says otherwise; `before` or `after` a message. */
function getMessages({ context, caller, query }: RequestContext, channelId: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, 'READ_MESSAGE_HISTORY');
  const count = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50) || 50));
  const [before, after] = [queryId(query, 'before'), queryId(query, 'after')];
  const here = context.world.posts.filter(({ message, reader }) => {
    const id = BigInt(message.id);
    const isWanted = (before === undefined || id < before) && (after === undefined || id > after);
    return message.channel_id === channel.id && reader === undefined && isWanted;
  });
  const page = after === undefined ? here.slice(-count) : here.slice(0, count);
  return ok(page.map(({ message }) => message).toReversed());
}

function getUser({ context }: RequestContext, userId: string): Reply {
  const person = userById(context.world, userId);
  if (!person) throw apiError('unknownUser');
  return ok(userObject(person));
}

/** Of all that Discord's client keeps there, the language. */
function editSettings({ context, caller, body }: RequestContext): Reply {
  const { locale } = parseBody(z.object({ locale: z.string() }), body);
  callingMember(caller).locale = locale;
  context.worldChanged();
  return ok({ locale });
}

/** A DM has a member at one end and a bot at the other, whoever opens it. */
function createDm(call: RequestContext): Reply {
  const { context, caller, body } = call;
  const { world } = context;
  const { recipient_id, recipients } = Object(body) as { recipient_id?: string; recipients?: readonly string[] };
  const wanted = recipient_id ?? recipients?.[0];
  const isBot = caller.kind === 'bot';
  const person = isBot ? world.members.find(({ id }) => id === wanted) : callingMember(caller);
  const application = isBot ? caller.application : world.applications.find(({ id }) => id === wanted);
  if (!person || !application) throw apiError('unknownUser');
  return ok(dmChannelObject(callingUser(call).id, findOrCreateDm(context, person, application), world));
}

function getCommandIndex(call: RequestContext, channelId: string): Reply {
  const channel = requireChannel(call.context, channelId, call.caller);
  return ok(commands.commandIndex(call.context, channel, callingMember(call.caller)));
}

function postInteraction(call: RequestContext): Reply {
  submitInteraction(call.context, callingMember(call.caller), call.body);
  return noContent;
}

function postCallback(call: RequestContext, interaction: string, token: string): Reply {
  const response = respondToInteraction(call.context, interaction, token, call);
  return call.query.get('with_response') === 'true' ? ok(response) : noContent;
}

function deleteWebhookMessage({ context }: RequestContext, application: string, token: string, message: string): Reply {
  deleteReply(context, application, token, message);
  return noContent;
}

function getGatewayBot(call: RequestContext): Reply {
  const { gateway } = call.context;
  const own = callingApplication(call);
  return ok({
    url: call.gatewayUrl,
    shards: gateway.recommendedShards(own),
    session_start_limit: gateway.sessionStartLimit(own),
  });
}

const getApplication = (call: RequestContext): Reply => ok(applicationObject(callingApplication(call)));
const webhookMessagePath = '/webhooks/:application/:token/messages/:message';

export const routes: readonly Route[] = [
  route('GET', '/gateway', 'anybody', ({ gatewayUrl }) => ok({ url: gatewayUrl })),
  route('GET', '/gateway/bot', 'bot', getGatewayBot),
  route('GET', '/users/@me', 'both', (call) => ok(userObject(callingUser(call)))),
  route('PATCH', '/users/@me/settings', 'member', editSettings),
  route('POST', '/users/@me/channels', 'both', createDm),
  route('GET', '/users/:user', 'bot', getUser),
  route('GET', '/applications/@me', 'bot', getApplication),
  route('GET', '/oauth2/applications/@me', 'bot', getApplication),
  ...commandRoutes('/applications/:application/commands', false),
  ...commandRoutes('/applications/:application/guilds/:guild/commands', true),
  ...guildRoutes,
  route('GET', '/guilds/:guild/application-command-index', 'member', (call, id) =>
    ok(
      commands.commandIndex(
        call.context,
        { guildId: requireGuild(call.context, id, call.caller).id },
        callingMember(call.caller),
      ),
    ),
  ),
  route('GET', '/channels/:channel/application-command-index', 'member', getCommandIndex),
  route('GET', '/channels/:channel/messages', 'both', getMessages),
  route('POST', '/channels/:channel/messages', 'both', createMessage),
  route('GET', '/channels/:channel/messages/:message', 'both', ({ context, caller }, channel, id) =>
    ok(requirePublicMessage(context, caller, channel, id).message),
  ),
  route('PATCH', '/channels/:channel/messages/:message', 'bot', editMessage),
  route('DELETE', '/channels/:channel/messages/:message', 'both', deleteMessage),
  route('POST', '/interactions', 'member', postInteraction),
  route('POST', '/interactions/:interaction/:token/callback', 'anybody', postCallback),
  route('POST', '/webhooks/:application/:token', 'anybody', (call, id, token) =>
    ok(createFollowUp(call.context, id, token, call)),
  ),
  route('GET', webhookMessagePath, 'anybody', ({ context }, id, token, message) =>
    ok(getReply(context, id, token, message)),
  ),
  route('PATCH', webhookMessagePath, 'anybody', (call, id, token, message) =>
    ok(editReply(call.context, id, token, message, call)),
  ),
  route('DELETE', webhookMessagePath, 'anybody', deleteWebhookMessage),
];

/** The route of a request and what its path names. */
export function matchRoute(method: string, path: string): { route: Route; named: string[] } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    const pattern = route.path.split('/');
    const fits = (step: string, index: number) => (step.startsWith(':') ? parts[index] !== '' : step === parts[index]);
    if (route.method === method && pattern.length === parts.length && pattern.every(fits))
      return { route, named: parts.filter((_, index) => pattern[index]?.startsWith(':')) };
  }
  return undefined;
}
