/**
 * Routes each interaction to its command. If the command throws, the member gets an apology with a random reference.
 * The log line about the error contains the same reference.
 */
import type { Command, MessageCommand, Options } from '../chat/command.ts';
import { limits } from '../chat/limits.ts';
import type { ModalFields } from '../chat/message/modal-fields.ts';
import { ephemeralNotice } from '../chat/message/notice.ts';
import { type CommandMentions, commandMentions } from '../chat/message/command-mentions.ts';
import { attachmentOf, withPicture } from '../chat/message/picture.ts';
import type { CommandContext, InteractionResponse, MessageResponse, Services } from '../chat/command-context.ts';
import type { Where } from '../chat/who-and-where.ts';
import { ownValue } from '../core/own-value.ts';
import { errorWords } from '../chat/words/error-words.ts';
import { settingsWords } from '../chat/words/settings-words.ts';
import { type Log, newReference } from '../log.ts';
import { isDamage, StoreError } from '../store/store.ts';
import type { App, CommandInput, InteractionContext, TypingContext } from './ports/app.ts';
import { PackUnavailable } from './packs/pack-unavailable.ts';
import type { Pictures } from './ports/pictures.ts';
import type { RemovedServers } from './privacy/removed-servers.ts';
import { createServices, type ServicePorts } from './services.ts';
import { createUseLimits, type UseLimits } from './use-limits.ts';

interface Dispatch {
  readonly commands: ReadonlyMap<string, Command>;
  readonly messageCommands: readonly MessageCommand[];
  readonly servicesAt: (where: Where) => Services;
  readonly limits: UseLimits;
  readonly removedServers: RemovedServers;
  readonly pictures: Pictures;
  /** Replaces the names of commands in a message by mentions, which members can click. */
  readonly addMentions: CommandMentions;
  readonly log: Log;
}

/** @param ports Tests replace `limits`, because they run more commands in a short time than the limits allow. */
export function createApp(ports: ServicePorts & { readonly limits?: UseLimits }): App {
  const { commands, removedServers, pictures, mention, log, limits = createUseLimits() } = ports;
  const dispatch: Dispatch = {
    commands: new Map(commands.map((command) => [command.name, command])),
    messageCommands: ports.messageCommands,
    servicesAt: createServices(ports),
    limits,
    removedServers,
    pictures,
    addMentions: commandMentions(commands.flatMap(namesOf), mention),
    log,
  };
  return {
    commands,
    runCommand: (input, context) => answered(dispatch, context, (inContext) => runCommand(dispatch, input, inContext)),
    runMessageCommand: (name, customIds, context) =>
      answered(dispatch, context, (inContext) => {
        if (!dispatch.limits.allow(inContext)) return ephemeralNotice(errorWords.tooMany);
        const found = dispatch.messageCommands.find((one) => one.name === name);
        return found?.run(customIds, withServices(dispatch, inContext)) ?? ephemeralNotice(errorWords.oldCommand);
      }),
    runComponent: (customId, context, fields = {}) =>
      answered(dispatch, context, (inContext) => runComponent(dispatch, customId, inContext, fields)),
    autocomplete: (input, option, from) => autocomplete(dispatch, input, option, from),
    channelDeleted: (channel) => ports.rounds.placeGone({ channel }),
    serverAdded: (server) => ports.removedServers.present(server),
    serverRemoved(server) {
      ports.rounds.placeGone({ guild: server });
      ports.removedServers.removed(server);
    },
    serversKnown: (servers) => ports.removedServers.start(servers),
  };
}

type Answering = InteractionResponse | Promise<InteractionResponse>;

/**
 * If a command has subcommands, returns the name of each subcommand as members type it, such as `quiz group`. Otherwise
 * returns the name of the command.
 */
const namesOf = ({ name, subcommands }: Command): readonly string[] =>
  subcommands ? Object.keys(subcommands).map((sub) => `${name} ${sub}`) : [name];

/** Returns a context that adds mentions of commands to each message that the interaction sends or edits. */
function contextWithMentions(context: InteractionContext, addMentions: CommandMentions): InteractionContext {
  const { followUp, announce, editReply } = context;
  return {
    ...context,
    followUp: (message) => followUp(addMentions(message)),
    announce: (message) => announce(addMentions(message)),
    ...(editReply && { editReply: (message, file) => editReply(addMentions(message), file) }),
  };
}

/**
 * Returns the subcommand, or the command if the input contains no subcommand. Undefined if the bot has no such command
 * or subcommand.
 */
function findCommand({ commands }: Dispatch, { command, subcommand }: CommandInput) {
  const found = commands.get(command);
  return subcommand === undefined ? found : ownValue(found?.subcommands ?? {}, subcommand);
}

function runCommand(dispatch: Dispatch, input: CommandInput, context: InteractionContext): Answering {
  if (!dispatch.limits.allow(context)) return ephemeralNotice(errorWords.tooMany);
  const found = findCommand(dispatch, input);
  // Discord also checks this permission, but the admins of a server can turn off Discord's check.
  if (dispatch.commands.get(input.command)?.managersOnly && !context.who.manager)
    return ephemeralNotice(settingsWords.managersOnly);
  if (!found?.run) return ephemeralNotice(errorWords.oldCommand);
  return found.run(readOptions(found.options, input.values), withServices(dispatch, context));
}

function runComponent(
  dispatch: Dispatch,
  customId: string,
  context: InteractionContext,
  fields: ModalFields,
): Answering {
  if (!dispatch.limits.allow(context, customId)) return ephemeralNotice(errorWords.tooMany);
  const [command = '', name = '', ...parts] = customId.split(':');
  const components = dispatch.commands.get(command)?.components ?? {};
  const action = ownValue(components, name)?.bind(parts);
  if (!action) return ephemeralNotice(errorWords.oldButton);
  return action(withServices(dispatch, context), fields);
}

/**
 * Adds the services of the server or private conversation to the context of an interaction. In this context, `announce`
 * never rejects: if a message for the whole channel cannot be sent, the error is only logged.
 */
const withServices = ({ servicesAt, log }: Dispatch, context: InteractionContext): CommandContext => ({
  ...servicesAt(context.where),
  ...context,
  announce: (message) =>
    context
      .announce(message)
      .catch((error: unknown) => log.warn({ err: error }, 'a message for the whole channel could not be sent')),
});

async function autocomplete(
  dispatch: Dispatch,
  input: CommandInput,
  name: string,
  { who, where, at }: TypingContext,
): ReturnType<App['autocomplete']> {
  const option = ownValue(findCommand(dispatch, input)?.options ?? {}, name);
  const typed = input.values[name];
  if (option?.type !== 'string' || !option.autocomplete) return [];
  if (!dispatch.limits.allowSuggestions(who.id, at)) return [];
  try {
    const choices = await option.autocomplete(
      typeof typed === 'string' ? typed : '',
      dispatch.servicesAt(where),
      input.values,
    );
    // A single invalid choice would make Discord reject the whole list.
    return choices
      .filter((choice) => choice.name.trim() !== '' && choice.value !== '' && choice.value.length <= limits.choiceName)
      .slice(0, limits.choices);
  } catch (error) {
    // If the pack of the server cannot be read, no suggestions are shown. The member gets an error message when the
    // command is sent.
    if (!(error instanceof PackUnavailable)) dispatch.log.error({ err: error, option: name }, 'suggestions failed');
    return [];
  }
}

/** Resolves to the response of `run`, or to an apology if `run` fails. Never rejects. */
async function answered(
  { removedServers, pictures, addMentions, log }: Dispatch,
  context: InteractionContext,
  run: (inContext: InteractionContext) => Answering,
): Promise<InteractionResponse> {
  const { where } = context;
  // A server can install the bot's commands without adding the bot as a member. When the bot starts, Discord does not
  // report such a server to the bot. If a member uses a command in the server, this shows that the commands are still
  // installed. Therefore the data of the server is kept.
  if (where.guild !== undefined) removedServers.present(where.guild);
  const began = performance.now();
  try {
    const inContext = contextWithMentions(context, addMentions);
    const response = await run(inContext);
    log.debug({ ms: Math.round(performance.now() - began) }, 'an interaction has its answer');
    if (!('message' in response)) return response;
    const { message } = response;
    return withPictureLater({ ...response, message: addMentions(message) }, inContext.editReply, pictures, log);
  } catch (error) {
    const reference = newReference();
    log.error({ err: error, reference }, 'an answer failed');
    return ephemeralNotice(apology(error, reference));
  }
}

/**
 * Returns the response without its picture. After the text has been sent, the picture is drawn and added to the message
 * by an edit. The text therefore does not wait for the picture.
 */
function withPictureLater(
  response: MessageResponse,
  editReply: CommandContext['editReply'],
  pictures: Pictures,
  log: Log,
): MessageResponse {
  const { picture, message, onSent } = response;
  if (!picture || !editReply) return response;
  return {
    ...response,
    async onSent(id) {
      await onSent?.(id);
      try {
        const file = attachmentOf(picture, await pictures.png(picture.svg));
        await editReply(withPicture(message, file), file);
      } catch (error) {
        log.warn({ err: error }, 'the picture of an answer could not be shown; its text stays');
      }
    },
  };
}

function apology(error: unknown, reference: string): string {
  if (error instanceof PackUnavailable) return errorWords.packUnavailable(error.pack);
  if (!(error instanceof StoreError)) return errorWords.ourMistake(reference);
  if (isDamage(error.code)) return errorWords.damaged(reference);
  return error.doing === 'reading' ? errorWords.notRead(reference) : errorWords.notSaved(reference);
}

/**
 * Returns the values of the options by name. Throws TypeError if a value has the wrong type. Discord checks the types,
 * so a wrong type is a bug.
 */
function readOptions(options: Options, given: CommandInput['values']): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const types = {
    string: 'string',
    integer: 'number',
    boolean: 'boolean',
    role: 'string',
    user: 'string',
    channel: 'string',
    attachment: 'object',
  } as const;
  for (const [name, option] of Object.entries(options)) {
    const value = given[name];
    if (value === undefined && option.required) throw new TypeError(`the option ${name} is missing`);
    if (value !== undefined && typeof value !== types[option.type])
      throw new TypeError(`the option ${name} is a ${typeof value}, not a ${types[option.type]}`);
    values[name] = value;
  }
  return values;
}
