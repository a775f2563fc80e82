/** Routes of global commands and guild commands, and of the command list that Discord's own client requests. */
import { isDeepStrictEqual } from 'node:util';
import { apiError, byId, invalidFormBody, type Path, problem, type Problem, throwIfAny } from './api-errors.ts';
import { applicationObject, commandObject, type GuildOrDm } from './api-objects.ts';
import { bodySchemaProblems } from './body-validation.ts';
import { authorizingOwners } from './command-interaction.ts';
import { commandProblems } from './command-rules.ts';
import type { CommandOption } from './component-json.ts';
import { callingApplication, callingMember, type Context, newId } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { canUseCommand } from './permissions.ts';
import { type Asked, Created, type Route, route } from './route.ts';
import type { Command, Guild } from './world.ts';

interface CommandBody {
  readonly type?: number | null;
  readonly name: string;
  readonly description?: string | null;
  readonly options?: readonly CommandOption[] | null | undefined;
  readonly default_member_permissions?: string | null;
}

/** A request about commands of an application: the commands of `guild` or, without `guild`, the global commands. */
type InScope = Asked<'application'> & { readonly guild?: Guild };
type OnCommand = InScope & Asked<'command'>;

/** Selects commands of an application: the commands of one guild or, if `guild_id` is missing, the global commands. */
type Scope = Pick<Command, 'application_id' | 'guild_id'>;

/** Returns the scope and its commands. Throws error 10002 if the application in the path is not the caller. */
function scopeOf({ context, caller, application, guild }: InScope): { scope: Scope; known: readonly Command[] } {
  const { id: application_id } = callingApplication(caller);
  if (application !== application_id) throw apiError('unknownApplication');
  const scope = { application_id, ...(guild && { guild_id: guild.id }) };
  const isKnown = (each: Command) => each.application_id === application_id && each.guild_id === guild?.id;
  return { scope, known: context.world.commands.filter(isKnown) };
}

const commandOf = (asked: OnCommand): Command => byId(scopeOf(asked).known, asked.command, 'unknownCommand');

/**
 * Lists commands, with translations only if the request asks for them. Discord docs,
 * application-commands#retrieving-localized-commands.
 */
function listCommands(asked: InScope): unknown {
  const commands = scopeOf(asked).known.map(commandObject);
  if (asked.query.get('with_localizations') === 'true') return commands;
  const withoutLocalization = (key: string, value: unknown) => (key.endsWith('_localizations') ? undefined : value);
  return JSON.parse(JSON.stringify(commands, withoutLocalization));
}

function upsertCommand(asked: InScope): object {
  const { scope, known } = scopeOf(asked);
  const { context } = asked;
  throwIfAny(commandBodyProblems(asked.body));
  const wanted = asked.body as CommandBody;
  const before = known.find((command) => hasSameName(command, wanted));
  const command = nextVersion(context, before, wanted, scope);
  if (!before) {
    checkCommandCount([...known, command]);
    countCommandCreates(context, scope, 1);
  }
  context.world.commands = [...context.world.commands.filter((other) => other !== before), command];
  return before ? commandObject(command) : new Created(commandObject(command));
}

function replaceCommands(asked: InScope): readonly object[] {
  const { scope, known } = scopeOf(asked);
  const { context, body } = asked;
  if (!Array.isArray(body)) throw invalidFormBody([problem([], 'LIST_TYPE_CONVERT', 'A list of commands is needed')]);
  throwIfAny(body.flatMap((each: unknown, index) => commandBodyProblems(each, [index])));
  const wanted = body as readonly CommandBody[];
  throwIfAny([...duplicateNames(wanted)]);
  const commands = wanted.map((each) => {
    const before = known.find((command) => hasSameName(command, each));
    return nextVersion(context, before, each, scope);
  });
  checkCommandCount(commands);
  countCommandCreates(context, scope, commands.filter(({ id }) => !known.some((command) => command.id === id)).length);
  context.world.commands = [...context.world.commands.filter((command) => !known.includes(command)), ...commands];
  return commands.map(commandObject);
}

function editCommand(asked: OnCommand): object {
  const { context, body } = asked;
  const known = commandOf(asked);
  throwIfAny(bodySchemaProblems('commandEdit', body));
  const wanted = { ...commandObject(known), ...(body as CommandBody) };
  throwIfAny(commandProblems(wanted));
  const command = nextVersion(context, known, wanted, scopeOf(asked).scope);
  context.world.commands = context.world.commands.map((other) => (other === known ? command : other));
  return commandObject(command);
}

function deleteCommand(asked: OnCommand): void {
  const known = commandOf(asked);
  asked.context.world.commands = asked.context.world.commands.filter((command) => command !== known);
}

function commandIndex({ context: { world, clock }, caller }: Asked, place: GuildOrDm): object {
  const { id } = callingMember(caller);
  const offered = world.commands.filter(
    (command) =>
      Object.keys(authorizingOwners(command, place, world, id)).length > 0 &&
      canUseCommand(command, world, place.guildId, id, clock.now()),
  );
  const applications = world.applications.filter(({ id }) => offered.some((each) => each.application_id === id));
  return { applications: applications.map(applicationObject), application_commands: offered.map(commandObject) };
}

const hasSameName = (command: Pick<CommandBody, 'name' | 'type'>, { name, type }: CommandBody): boolean =>
  command.name === name && (command.type ?? 1) === (type ?? 1);

function commandBodyProblems(body: unknown, at: Path = []): readonly Problem[] {
  const shape = bodySchemaProblems('command', body, at);
  if (shape.some(({ path }) => path.length === at.length)) return shape;
  const cross = commandProblems(body as CommandBody, at);
  const reported = new Set(shape.map(({ path }) => path.join('.')));
  return [...shape, ...cross.filter(({ path }) => !reported.has(path.join('.')))];
}

function* duplicateNames(wanted: readonly CommandBody[]): Iterable<Problem> {
  for (const [index, command] of wanted.entries())
    if (wanted.findIndex((other) => hasSameName(other, command)) < index)
      yield problem([index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME');
}

/**
 * Throws error 30032 if there are too many commands of one type. Discord docs,
 * application-commands#registering-a-command.
 */
function checkCommandCount(commands: readonly Command[]): void {
  const { commands: typed, menuCommands } = discordLimits;
  for (const [type, most] of [typed, menuCommands, menuCommands].entries())
    if (commands.filter((command) => command.type === type + 1).length > most) throw apiError('tooManyCommands');
}

/**
 * Records that `fresh` new commands are created now. Throws error 30034 if this would be too many new commands in 24
 * hours. Discord docs, application-commands#registering-a-command.
 */
function countCommandCreates({ world, clock }: Context, { application_id, guild_id = '' }: Scope, fresh: number): void {
  const key = `${application_id} ${guild_id}`;
  const day = (world.commandCreates[key] ?? []).filter((at) => at > clock.now() - 86_400_000);
  if (day.length + fresh > discordLimits.commandCreates) throw apiError('tooManyCreates');
  world.commandCreates[key] = [...day, ...Array.from({ length: fresh }, () => clock.now())];
}

/**
 * Builds a command from a request body. If the body replaces or edits an existing command, `known` is this command. The
 * new command has the same id as `known`. If nothing changes, it also has the same version.
 */
function nextVersion(context: Context, known: Command | undefined, wanted: CommandBody, scope: Scope): Command {
  const { name, type, description, options, default_member_permissions, ...rest } = wanted;
  for (const key of ['id', 'version', 'application_id', 'guild_id']) delete (rest as Record<string, unknown>)[key];
  const next = {
    id: known?.id ?? newId(context),
    ...scope,
    type: type ?? 1,
    name,
    description: description ?? '',
    ...(options && options.length > 0 && { options: [...options] }),
    default_member_permissions: default_member_permissions ?? null,
    rest: rest as Record<string, unknown>,
  };
  if (known && isDeepStrictEqual(known, { ...next, version: known.version })) return known;
  return { ...next, version: newId(context) };
}

type ScopePath = '/applications/:application/commands' | '/applications/:application/guilds/:guild/commands';
const body = { body: ['command'], validates: true } as const;
const one = { body: ['commandEdit'], validates: true } as const;
const routesIn = (path: ScopePath): readonly Route[] => [
  route('GET', path, 'bot', listCommands, { query: 'with_localizations' }),
  route('POST', path, 'bot', upsertCommand, body),
  route('PUT', path, 'bot', replaceCommands, body),
  route('GET', `${path}/:command`, 'bot', (asked: OnCommand) => commandObject(commandOf(asked))),
  route('PATCH', `${path}/:command`, 'bot', editCommand, one),
  route('DELETE', `${path}/:command`, 'bot', deleteCommand),
];

export const commandRoutes: readonly Route[] = [
  ...routesIn('/applications/:application/commands'),
  ...routesIn('/applications/:application/guilds/:guild/commands'),
  route('GET', '/guilds/:guild/application-command-index', 'member', (asked) =>
    commandIndex(asked, { guildId: asked.guild.id }),
  ),
  route('GET', '/channels/:channel/application-command-index', 'member', (asked) => commandIndex(asked, asked.channel)),
];
