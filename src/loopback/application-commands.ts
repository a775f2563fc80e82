/** Registers, changes and lists application commands, both global commands and commands of one guild. */
import { isDeepStrictEqual } from 'node:util';
import { apiError, invalidFormBody, problem, type Problem, throwIfAny } from './api-errors.ts';
import { applicationObject, commandObject, type GuildOrDm } from './api-objects.ts';
import { bodySchemaProblems } from './body-validation.ts';
import { authorizingOwners } from './command-interaction.ts';
import { commandProblems } from './command-rules.ts';
import type { CommandOption } from './component-json.ts';
import { type Context, newId } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { canUseCommand } from './permissions.ts';
import type { Command, Member } from './world.ts';

/** The fields of a command that the emulation reads. All other fields are stored unchanged. */
interface CommandBody {
  readonly type?: number | null;
  readonly name: string;
  readonly description?: string | null;
  readonly options?: readonly CommandOption[] | null | undefined;
  readonly default_member_permissions?: string | null;
}

/** Selects commands of an application: the commands of one guild or, if `guildId` is undefined, the global commands. */
export interface CommandScope {
  readonly applicationId: string;
  readonly guildId: string | undefined;
}

const inScope =
  ({ applicationId, guildId }: CommandScope) =>
  ({ application_id, guild_id }: Command): boolean =>
    application_id === applicationId && guild_id === guildId;

export const listCommands = ({ world }: Context, scope: CommandScope): readonly object[] =>
  world.commands.filter(inScope(scope)).map(commandObject);

function commandById({ world }: Context, scope: CommandScope, id: string): Command {
  const found = world.commands.find((command) => command.id === id && inScope(scope)(command));
  if (!found) throw apiError('unknownCommand');
  return found;
}

export const getCommand = (context: Context, scope: CommandScope, id: string): object =>
  commandObject(commandById(context, scope, id));

/** Creates a command, or overwrites the command with the same name and type. `created` is true for a new command. */
export function upsertCommand(
  context: Context,
  scope: CommandScope,
  body: unknown,
): { created: boolean; command: object } {
  throwIfAny(commandBodyProblems(body));
  const { world } = context;
  const wanted = body as CommandBody;
  const known = world.commands.find((command) => inScope(scope)(command) && hasSameName(command, wanted));
  const command = nextVersion(context, known, wanted, scope);
  if (!known) {
    checkCommandCount([...world.commands.filter(inScope(scope)), command]);
    countCommandCreates(context, scope, 1);
  }
  world.commands = [...world.commands.filter((other) => other !== known), command];
  context.worldChanged();
  return { created: !known, command: commandObject(command) };
}

/** Replaces all commands of a scope. Commands with known names keep their ids. */
export function replaceCommands(context: Context, scope: CommandScope, body: unknown): readonly object[] {
  if (!Array.isArray(body)) throw invalidFormBody([problem([], 'LIST_TYPE_CONVERT', 'A list of commands is needed')]);
  const list: readonly unknown[] = body;
  throwIfAny(list.flatMap((each, index) => commandBodyProblems(each, [index])));
  const wanted = list as readonly CommandBody[];
  throwIfAny([...duplicateNames(wanted)]);
  const { world } = context;
  const [known, others] = [true, false].map((here) =>
    world.commands.filter((command) => inScope(scope)(command) === here),
  ) as [Command[], Command[]];
  const commands = wanted.map((each) =>
    nextVersion(
      context,
      known.find((command) => hasSameName(command, each)),
      each,
      scope,
    ),
  );
  checkCommandCount(commands);
  countCommandCreates(context, scope, commands.filter(({ id }) => !known.some((command) => command.id === id)).length);
  world.commands = [...others, ...commands];
  context.worldChanged();
  return commands.map(commandObject);
}

/** Updates a command with the fields that the body contains. */
export function editCommand(context: Context, scope: CommandScope, id: string, body: unknown): object {
  const known = commandById(context, scope, id);
  throwIfAny(bodySchemaProblems('commandEdit', body));
  const { rest, ...fields } = known;
  const wanted = { ...rest, ...fields, ...(body as Partial<CommandBody>) };
  throwIfAny(commandProblems(wanted));
  const { world } = context;
  const command = nextVersion(context, known, wanted, scope);
  world.commands = world.commands.map((other) => (other === known ? command : other));
  context.worldChanged();
  return commandObject(command);
}

export function deleteCommand(context: Context, scope: CommandScope, id: string): void {
  const known = commandById(context, scope, id);
  context.world.commands = context.world.commands.filter((command) => command !== known);
  context.worldChanged();
}

/** The commands that a member can use in a guild or DM. */
export function commandIndex({ world, clock }: Context, place: GuildOrDm, member: Member): object {
  const offered = world.commands.filter(
    (command) =>
      Object.keys(authorizingOwners(command, place, world, member.id)).length > 0 &&
      canUseCommand(command, world, place.guildId, member.id, clock.now()),
  );
  const applications = world.applications.filter(({ id }) => offered.some((each) => each.application_id === id));
  return { applications: applications.map(applicationObject), application_commands: offered.map(commandObject) };
}

const hasSameName = (command: Command, { name, type }: CommandBody): boolean =>
  command.name === name && command.type === (type ?? 1);

const commandBodyProblems = (body: unknown, at: readonly (string | number)[] = []): readonly Problem[] => {
  const shape = bodySchemaProblems('command', body, at);
  if (shape.some(({ path }) => path.length === at.length)) return shape;
  const cross = commandProblems(body as CommandBody, at);
  const reported = new Set(shape.map(({ path }) => path.join('.')));
  return [...shape, ...cross.filter(({ path }) => !reported.has(path.join('.')))];
};

function* duplicateNames(wanted: readonly CommandBody[]): Iterable<Problem> {
  for (const [index, { name, type }] of wanted.entries())
    if (wanted.findIndex((other) => other.name === name && (other.type ?? 1) === (type ?? 1)) < index)
      yield problem([index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
}

/** Throws error 30032. Discord docs, interactions/application-commands#registering-a-command. */
function checkCommandCount(commands: readonly Command[]): void {
  for (const [type, most] of [
    [1, discordLimits.commands],
    [2, discordLimits.menuCommands],
    [3, discordLimits.menuCommands],
  ])
    if (commands.filter((command) => command.type === type).length > (most ?? 0)) throw apiError('tooManyCommands');
}

/** Throws error 30034. Discord docs, interactions/application-commands#registering-a-command. */
function countCommandCreates(
  { world, clock }: Context,
  { applicationId, guildId = '' }: CommandScope,
  fresh: number,
): void {
  const scope = `${applicationId} ${guildId}`;
  const day = (world.commandCreates[scope] ?? []).filter((at) => at > clock.now() - 86_400_000);
  if (day.length + fresh > discordLimits.commandCreates) throw apiError('tooManyCreates');
  world.commandCreates[scope] = [...day, ...Array.from({ length: fresh }, () => clock.now())];
}

/** Builds a command from a request body. Keeps the id of `known` and, if nothing changes, its version. */
function nextVersion(context: Context, known: Command | undefined, wanted: CommandBody, scope: CommandScope): Command {
  const { name, type, description, options, default_member_permissions, ...rest } = wanted;
  for (const key of ['id', 'version', 'application_id', 'guild_id']) delete (rest as Record<string, unknown>)[key];
  const next = {
    type: type ?? 1,
    name,
    description: description ?? '',
    ...(options && options.length > 0 && { options: [...options] }),
    default_member_permissions: default_member_permissions ?? null,
    rest: rest as Record<string, unknown>,
  };
  const id = known?.id ?? newId(context);
  const { applicationId: application_id, guildId: guild_id } = scope;
  const place = { id, application_id, ...(guild_id !== undefined && { guild_id }) };
  if (known && isDeepStrictEqual(known, { ...place, version: known.version, ...next })) return known;
  return { ...place, version: newId(context), ...next };
}
