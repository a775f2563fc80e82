/** Routes of application commands, and the command list that Discord's own client requests. */
import { apiError } from './api-errors.ts';
import {
  commandIndex,
  type CommandScope,
  deleteCommand,
  editCommand,
  getCommand,
  listCommands,
  replaceCommands,
  upsertCommand,
} from './application-commands.ts';
import { requireChannel, requireGuild } from './context.ts';
import {
  callingApplication,
  callingMember,
  noContent,
  ok,
  type Reply,
  type RequestContext,
  type Route,
  route,
} from './route.ts';

/** Returns the scope in the path. Throws error 10002 unless it names the calling application. */
function commandScope(request: RequestContext, application: string, guild?: string): CommandScope {
  const { id } = callingApplication(request);
  if (application !== id) throw apiError('unknownApplication');
  const guildId = guild === undefined ? undefined : requireGuild(request.context, guild, request.caller).id;
  return { applicationId: id, guildId };
}

/** Responds with status 201 for a new command and 200 for an updated command. */
function postCommand({ context, body }: RequestContext, scope: CommandScope): Reply {
  const { created, command } = upsertCommand(context, scope, body);
  return { status: created ? 201 : 200, body: command };
}

function removeCommand({ context }: RequestContext, scope: CommandScope, id: string): Reply {
  deleteCommand(context, scope, id);
  return noContent;
}

/**
 * Removes localizations, which need `with_localizations=true`. Discord docs,
 * application-commands#retrieving-localized-commands.
 */
const withoutLocalizations = (commands: readonly object[]): unknown =>
  JSON.parse(JSON.stringify(commands, (key, value: unknown) => (key.endsWith('_localizations') ? undefined : value)));

/** The six routes for guild commands (if `isInGuild` is true) or for global commands. */
function routesIn(path: string, isInGuild: boolean): readonly Route[] {
  const run = (work: (request: RequestContext, scope: CommandScope, command: string) => Reply): Route['run'] =>
    isInGuild
      ? (request, application = '', guild, command = '') =>
          work(request, commandScope(request, application, guild), command)
      : (request, application = '', command = '') => work(request, commandScope(request, application), command);
  const list = run(({ context, query }, scope) => {
    const commands = listCommands(context, scope);
    return ok(query.get('with_localizations') === 'true' ? commands : withoutLocalizations(commands));
  });
  const replace = run(({ context, body }, scope) => ok(replaceCommands(context, scope, body)));
  const get = run(({ context }, scope, id) => ok(getCommand(context, scope, id)));
  const edit = run(({ context, body }, scope, id) => ok(editCommand(context, scope, id, body)));
  return [
    route('GET', path, 'bot', list, { query: 'with_localizations' }),
    route('POST', path, 'bot', run(postCommand), { body: ['command'] }),
    route('PUT', path, 'bot', replace, { body: ['command'] }),
    route('GET', `${path}/:command`, 'bot', get),
    route('PATCH', `${path}/:command`, 'bot', edit, { body: ['commandEdit'] }),
    route('DELETE', `${path}/:command`, 'bot', run(removeCommand)),
  ];
}

function getGuildIndex({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  return ok(commandIndex(context, { guildId: guild.id }, callingMember(caller)));
}

function getChannelIndex({ context, caller }: RequestContext, channelId: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  return ok(commandIndex(context, channel, callingMember(caller)));
}

export const commandRoutes: readonly Route[] = [
  ...routesIn('/applications/:application/commands', false),
  ...routesIn('/applications/:application/guilds/:guild/commands', true),
  route('GET', '/guilds/:guild/application-command-index', 'member', getGuildIndex),
  route('GET', '/channels/:channel/application-command-index', 'member', getChannelIndex),
];
