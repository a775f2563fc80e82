/** The commands that an application has registered, for everybody or for one server. */
import { isDeepStrictEqual } from 'node:util';
import { discordLimits } from './discord-limits.ts';
import { commandProblems } from './command-rules.ts';
import { freshId, type Emulation } from './context.ts';
import { insistOn, invalidForm, problem, refusal, type Problem } from './api-errors.ts';
import { applicationObject, commandObject, type Place } from './api-objects.ts';
import { mayUse } from './permissions.ts';
import { shapeProblems } from './body-validation.ts';
import { ownersOf } from './command-interaction.ts';
import type { Command, CommandOption, Member } from './world.ts';

/** A command as it is sent: what we read of it, and whatever else it says. */
interface CommandBody {
  readonly type?: number | null;
  readonly name: string;
  readonly description?: string | null;
  readonly options?: readonly CommandOption[] | null | undefined;
  readonly default_member_permissions?: string | null;
}

/** Where commands live: of one application, in one server or (undefined) everywhere. */
export interface Scope {
  readonly applicationId: string;
  readonly guildId: string | undefined;
}

const isIn =
  ({ applicationId, guildId }: Scope) =>
  ({ application_id, guild_id }: Command): boolean =>
    application_id === applicationId && guild_id === guildId;

export const listCommands = ({ world }: Emulation, scope: Scope): readonly object[] =>
  world.commands.filter(isIn(scope)).map(commandObject);

function commandById({ world }: Emulation, scope: Scope, id: string): Command {
  const found = world.commands.find((command) => command.id === id && isIn(scope)(command));
  if (!found) throw refusal('unknownCommand');
  return found;
}

export const readCommand = (emulation: Emulation, scope: Scope, id: string): object =>
  commandObject(commandById(emulation, scope, id));

/** Creates the command, or changes the one of that name and type. `created` tells which. */
export function putCommand(emulation: Emulation, scope: Scope, body: unknown): { created: boolean; command: object } {
  insistOn(bodyProblems(body));
  const { world } = emulation;
  const wanted = body as CommandBody;
  const known = world.commands.find((command) => isIn(scope)(command) && isSame(command, wanted));
  const command = newerOf(emulation, known, wanted, scope);
  if (!known) {
    insistOnRoom([...world.commands.filter(isIn(scope)), command]);
    countCreates(emulation, scope, 1);
  }
  world.commands = [...world.commands.filter((other) => other !== known), command];
  emulation.changed();
  return { created: !known, command: commandObject(command) };
}

/** Replaces all commands of the scope; those that stay as they were keep id and version. */
export function replaceCommands(emulation: Emulation, scope: Scope, body: unknown): readonly object[] {
  if (!Array.isArray(body)) throw invalidForm([problem([], 'LIST_TYPE_CONVERT', 'A list of commands is needed')]);
  const list: readonly unknown[] = body;
  insistOn(list.flatMap((each, index) => bodyProblems(each, [index])));
  const wanted = list as readonly CommandBody[];
  insistOn([...nameClashes(wanted)]);
  const { world } = emulation;
  const [known, others] = [true, false].map((here) =>
    world.commands.filter((command) => isIn(scope)(command) === here),
  ) as [Command[], Command[]];
  const commands = wanted.map((each) =>
    newerOf(
      emulation,
      known.find((command) => isSame(command, each)),
      each,
      scope,
    ),
  );
  insistOnRoom(commands);
  countCreates(emulation, scope, commands.filter(({ id }) => !known.some((command) => command.id === id)).length);
  world.commands = [...others, ...commands];
  emulation.changed();
  return commands.map(commandObject);
}

/** Changes what the body names. */
export function patchCommand(emulation: Emulation, scope: Scope, id: string, body: unknown): object {
  const known = commandById(emulation, scope, id);
  insistOn(shapeProblems('commandEdit', body));
  const { rest, ...fields } = known;
  const wanted = { ...rest, ...fields, ...(body as Partial<CommandBody>) };
  insistOn(commandProblems(wanted));
  const { world } = emulation;
  const command = newerOf(emulation, known, wanted, scope);
  world.commands = world.commands.map((other) => (other === known ? command : other));
  emulation.changed();
  return commandObject(command);
}

export function removeCommand(emulation: Emulation, scope: Scope, id: string): void {
  const known = commandById(emulation, scope, id);
  emulation.world.commands = emulation.world.commands.filter((command) => command !== known);
  emulation.changed();
}

/** What a member can type in a server, or in a DM. */
export function commandIndex({ world, clock }: Emulation, place: Place, member: Member): object {
  const offered = world.commands.filter(
    (command) =>
      Object.keys(ownersOf(command, place, world, member.id)).length > 0 &&
      mayUse(command, world, place.guildId, member.id, clock.now()),
  );
  const applications = world.applications.filter(({ id }) => offered.some((each) => each.application_id === id));
  return { applications: applications.map(applicationObject), application_commands: offered.map(commandObject) };
}

const isSame = (command: Command, { name, type }: CommandBody): boolean =>
  command.name === name && command.type === (type ?? 1);

const bodyProblems = (body: unknown, at: readonly (string | number)[] = []): readonly Problem[] => {
  const shape = shapeProblems('command', body, at);
  if (shape.some(({ path }) => path.length === at.length)) return shape;
  const cross = commandProblems(body as CommandBody, at);
  const told = new Set(shape.map(({ path }) => path.join('.')));
  return [...shape, ...cross.filter(({ path }) => !told.has(path.join('.')))];
};

function* nameClashes(wanted: readonly CommandBody[]): Iterable<Problem> {
  for (const [index, { name, type }] of wanted.entries())
    if (wanted.findIndex((other) => other.name === name && (other.type ?? 1) === (type ?? 1)) < index)
      yield problem([index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
}

/** docs, interactions/application-commands#registering-a-command: so many of each type in a scope. */
function insistOnRoom(commands: readonly Command[]): void {
  for (const [type, most] of [
    [1, discordLimits.commands],
    [2, discordLimits.menuCommands],
    [3, discordLimits.menuCommands],
  ])
    if (commands.filter((command) => command.type === type).length > (most ?? 0)) throw refusal('tooManyCommands');
}

/** docs, the same page: so many new ones a day. 30034. */
function countCreates({ world, clock }: Emulation, { applicationId, guildId = '' }: Scope, fresh: number): void {
  const scope = `${applicationId} ${guildId}`;
  const day = (world.commandCreates[scope] ?? []).filter((at) => at > clock.now() - 86_400_000);
  if (day.length + fresh > discordLimits.commandCreates) throw refusal('tooManyCreates');
  world.commandCreates[scope] = [...day, ...Array.from({ length: fresh }, () => clock.now())];
}

/** The command as wanted, under the id of the known one; a new version only when something differs. */
function newerOf(emulation: Emulation, known: Command | undefined, wanted: CommandBody, scope: Scope): Command {
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
  const id = known?.id ?? freshId(emulation);
  const { applicationId: application_id, guildId: guild_id } = scope;
  const place = { id, application_id, ...(guild_id !== undefined && { guild_id }) };
  if (known && isDeepStrictEqual(known, { ...place, version: known.version, ...next })) return known;
  return { ...place, version: freshId(emulation), ...next };
}
