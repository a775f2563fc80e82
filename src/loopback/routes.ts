/**
 * The routes, as a table: method, path, who may call it, what it does. A route that is not here does not exist, and
 * asking for it is remembered. Paths are Discord's: https://discord.com/developers/docs/reference
 */
import { z } from 'zod';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import * as commands from './application-commands.ts';
import { channelFor, guildFor, insistOnPermission, isAllowed, privateChannel } from './context.ts';
import { formOf, insistOn, problem, refusal } from './api-errors.ts';
import { acknowledge, editAnswer, followUp, readAnswer, removeAnswer } from './interaction-callbacks.ts';
import { earlierPost, edit, messageBody, post, postIn, publicPost, remove } from './messages.ts';
import { perform } from './submit.ts';
import { guildRoutes } from './guild-routes.ts';
import { applicationObject, personById, privateChannelFor, userObject } from './api-objects.ts';
import { speaking } from './permissions.ts';
import { done, member, ok, ownApplication, route, self, type Call, type Reply, type Route } from './route.ts';
import { insistOnActive, wake } from './threads.ts';

/** Commands of one server, or of all: the application in the path must be the caller's own. */
function commandScope(call: Call, application: string, guild?: string): commands.Scope {
  const { id } = ownApplication(call);
  if (application !== id) throw refusal('unknownApplication');
  return {
    applicationId: id,
    guildId: guild === undefined ? undefined : guildFor(call.emulation, guild, call.caller).id,
  };
}

/** Creates (201) or changes (200) a command. */
function putCommand({ emulation, body }: Call, scope: commands.Scope): Reply {
  const { created, command } = commands.putCommand(emulation, scope, body);
  return { status: created ? 201 : 200, body: command };
}

function deleteCommand({ emulation }: Call, scope: commands.Scope, id: string): Reply {
  commands.removeCommand(emulation, scope, id);
  return done;
}

/** The six routes of commands, in one server (then the path names it) or everywhere. */
function commandRoutes(place: string, isInGuild: boolean): readonly Route[] {
  const run = (work: (call: Call, scope: commands.Scope, command: string) => Reply): Route['run'] =>
    isInGuild
      ? (call, application = '', guild, command = '') => work(call, commandScope(call, application, guild), command)
      : (call, application = '', command = '') => work(call, commandScope(call, application), command);
  const one = `${place}/:command`;
  return [
    route(
      'GET',
      place,
      'bot',
      run(({ emulation }, scope) => ok(commands.listCommands(emulation, scope))),
    ),
    route('POST', place, 'bot', run(putCommand)),
    route(
      'PUT',
      place,
      'bot',
      run(({ emulation, body }, scope) => ok(commands.replaceCommands(emulation, scope, body))),
    ),
    route(
      'GET',
      one,
      'bot',
      run(({ emulation }, scope, id) => ok(commands.readCommand(emulation, scope, id))),
    ),
    route(
      'PATCH',
      one,
      'bot',
      run(({ emulation, body }, scope, id) => ok(commands.patchCommand(emulation, scope, id, body))),
    ),
    route('DELETE', one, 'bot', run(deleteCommand)),
  ];
}

function createMessage(call: Call, channelId: string): Reply {
  const { emulation, caller } = call;
  const channel = channelFor(emulation, channelId, caller);
  insistOnPermission(emulation, channel, caller, speaking(channel));
  const body = messageBody(emulation, 'message', call);
  const { nonce } = body;
  if (String(nonce ?? '').length > discordLimits.nonce)
    insistOn([problem(['nonce'], 'BASE_TYPE_MAX_LENGTH', `Must be ${discordLimits.nonce} or fewer in length.`)]);
  if (body.files.length > 0) insistOnPermission(emulation, channel, caller, 'ATTACH_FILES');
  wake(emulation, channel, caller);
  const earlier = caller.kind === 'bot' ? earlierPost(emulation, caller.application, channel, body) : undefined;
  if (earlier) return ok(earlier.message);
  const { message_id: wanted, fail_if_not_exists: isNeeded = true } = body.message_reference ?? {};
  const replied = wanted === undefined ? undefined : postIn(emulation, channel, wanted);
  if (wanted !== undefined && !replied && isNeeded)
    insistOn([problem(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')]);
  const answered = replied?.message.id;
  const posted = post(emulation, {
    channel,
    author: self(call),
    body: { ...body, flags: (body.flags ?? 0) & ~messageFlags.ephemeral },
    type: answered === undefined ? 0 : 19,
    repliedTo: replied?.message.author,
    more: {
      ...(nonce !== undefined && { nonce }),
      ...(answered !== undefined && { message_reference: { type: 0, channel_id: channel.id, message_id: answered } }),
    },
    byDefault: 'everything',
  });
  return ok(posted.message);
}

function editMessage(call: Call, channelId: string, messageId: string): Reply {
  const { emulation, caller } = call;
  const kept = publicPost(emulation, caller, channelId, messageId);
  if (kept.message.author.id !== self(call).id) throw refusal('notYourMessage');
  insistOnActive(emulation, channelFor(emulation, channelId, caller), caller);
  return ok(edit(emulation, kept, messageBody(emulation, 'messageEdit', call), 'everything').message);
}

function deleteMessage(call: Call, channelId: string, messageId: string): Reply {
  const { emulation, caller } = call;
  const kept = publicPost(emulation, caller, channelId, messageId);
  const channel = channelFor(emulation, channelId, caller);
  const isOwn = kept.message.author.id === self(call).id;
  if (!isOwn && (channel.guildId === undefined || !isAllowed(emulation, channel, caller, 'MANAGE_MESSAGES')))
    throw refusal('missingPermissions');
  remove(emulation, kept);
  return done;
}

/** An id of the query; 50035 when it is none. */
function idIn(query: URLSearchParams, name: string): bigint | undefined {
  const id = query.get(name);
  if (id === null) return undefined;
  if (!/^\d{1,20}$/.test(id)) insistOn([problem([name], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)]);
  return BigInt(id);
}

/** Newest first, 50 unless `limit` (1 to 100) says otherwise; `before` or `after` a message. */
function readMessages({ emulation, caller, query }: Call, channelId: string): Reply {
  const channel = channelFor(emulation, channelId, caller);
  insistOnPermission(emulation, channel, caller, 'READ_MESSAGE_HISTORY');
  const count = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50) || 50));
  const [before, after] = [idIn(query, 'before'), idIn(query, 'after')];
  const here = emulation.world.posts.filter(({ message, reader }) => {
    const id = BigInt(message.id);
    const isWanted = (before === undefined || id < before) && (after === undefined || id > after);
    return message.channel_id === channel.id && reader === undefined && isWanted;
  });
  const page = after === undefined ? here.slice(-count) : here.slice(0, count);
  return ok(page.map(({ message }) => message).toReversed());
}

function readUser({ emulation }: Call, userId: string): Reply {
  const person = personById(emulation.world, userId);
  if (!person) throw refusal('unknownUser');
  return ok(userObject(person));
}

/** Of all that Discord's client keeps there, the language. */
function editSettings({ emulation, caller, body }: Call): Reply {
  const { locale } = formOf(z.object({ locale: z.string() }), body);
  member(caller).locale = locale;
  emulation.changed();
  return ok({ locale });
}

/** A DM has a member at one end and a bot at the other, whoever opens it. */
function openPrivateChannel(call: Call): Reply {
  const { emulation, caller, body } = call;
  const { world } = emulation;
  const { recipient_id, recipients } = Object(body) as { recipient_id?: string; recipients?: readonly string[] };
  const wanted = recipient_id ?? recipients?.[0];
  const isBot = caller.kind === 'bot';
  const person = isBot ? world.members.find(({ id }) => id === wanted) : member(caller);
  const application = isBot ? caller.application : world.applications.find(({ id }) => id === wanted);
  if (!person || !application) throw refusal('unknownUser');
  return ok(privateChannelFor(self(call).id, privateChannel(emulation, person, application), world));
}

function indexHere(call: Call, channelId: string): Reply {
  const channel = channelFor(call.emulation, channelId, call.caller);
  return ok(commands.commandIndex(call.emulation, channel, member(call.caller)));
}

function act(call: Call): Reply {
  perform(call.emulation, member(call.caller), call.body);
  return done;
}

function answerInteraction(call: Call, interaction: string, token: string): Reply {
  const response = acknowledge(call.emulation, interaction, token, call);
  return call.query.get('with_response') === 'true' ? ok(response) : done;
}

function deleteAnswer({ emulation }: Call, application: string, token: string, message: string): Reply {
  removeAnswer(emulation, application, token, message);
  return done;
}

function gatewayForBots(call: Call): Reply {
  const { gateway } = call.emulation;
  const own = ownApplication(call);
  return ok({ url: call.gatewayUrl, shards: gateway.shards(own), session_start_limit: gateway.startLimit(own) });
}

const application = (call: Call): Reply => ok(applicationObject(ownApplication(call)));
const answer = '/webhooks/:application/:token/messages/:message';

export const routes: readonly Route[] = [
  route('GET', '/gateway', 'anybody', ({ gatewayUrl }) => ok({ url: gatewayUrl })),
  route('GET', '/gateway/bot', 'bot', gatewayForBots),
  route('GET', '/users/@me', 'both', (call) => ok(userObject(self(call)))),
  route('PATCH', '/users/@me/settings', 'member', editSettings),
  route('POST', '/users/@me/channels', 'both', openPrivateChannel),
  route('GET', '/users/:user', 'bot', readUser),
  route('GET', '/applications/@me', 'bot', application),
  route('GET', '/oauth2/applications/@me', 'bot', application),
  ...commandRoutes('/applications/:application/commands', false),
  ...commandRoutes('/applications/:application/guilds/:guild/commands', true),
  ...guildRoutes,
  route('GET', '/guilds/:guild/application-command-index', 'member', (call, id) =>
    ok(
      commands.commandIndex(
        call.emulation,
        { guildId: guildFor(call.emulation, id, call.caller).id },
        member(call.caller),
      ),
    ),
  ),
  route('GET', '/channels/:channel/application-command-index', 'member', indexHere),
  route('GET', '/channels/:channel/messages', 'both', readMessages),
  route('POST', '/channels/:channel/messages', 'both', createMessage),
  route('GET', '/channels/:channel/messages/:message', 'both', ({ emulation, caller }, channel, id) =>
    ok(publicPost(emulation, caller, channel, id).message),
  ),
  route('PATCH', '/channels/:channel/messages/:message', 'bot', editMessage),
  route('DELETE', '/channels/:channel/messages/:message', 'both', deleteMessage),
  route('POST', '/interactions', 'member', act),
  route('POST', '/interactions/:interaction/:token/callback', 'anybody', answerInteraction),
  route('POST', '/webhooks/:application/:token', 'anybody', (call, id, token) =>
    ok(followUp(call.emulation, id, token, call)),
  ),
  route('GET', answer, 'anybody', ({ emulation }, id, token, message) => ok(readAnswer(emulation, id, token, message))),
  route('PATCH', answer, 'anybody', (call, id, token, message) =>
    ok(editAnswer(call.emulation, id, token, message, call)),
  ),
  route('DELETE', answer, 'anybody', deleteAnswer),
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
