/**
 * Passes each interaction to the app and sends the response. Each interaction is answered only once and within
 * Discord's time limit.
 */
import { type Client, Events, type Interaction, MessageFlags } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { App } from '../bot/ports/app.ts';
import type { InteractionResponse } from '../chat/command-context.ts';
import type { Clock } from '../clock.ts';
import { inLogContext, type Log, newReference } from '../log.ts';
import {
  type AnswerableInteraction,
  commandInput,
  contextOf,
  fieldsOf,
  isFromForeignMessage,
  targetIds,
  whereOf,
} from './interaction-context.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import { isAnsweredByOthers, isBlocked, isTooLate } from './errors.ts';
import { placeOf } from './interaction-place.ts';
import { apologiseFor, surviveMalformedPackets } from './malformed-packets.ts';
import { fillIn, replyOf, replyWith, respond } from './interaction-replies.ts';
import { chosenField } from '../chat/message/modal-fields.ts';
import { ephemeralNotice, notice } from '../chat/message/notice.ts';
import { errorWords } from '../chat/words/error-words.ts';
import { resolvedChannels, type ResolvedChannels } from './resolved-channels.ts';
import type { DiscordTime } from '../bot/ports/discord-time.ts';

/**
 * If the bot still has no response when this time (ms) has passed since the arrival of an interaction, it defers the
 * interaction. Discord requires the first reply within 3 s.
 */
const deferAfter = 1_500;
/**
 * Number of remembered interaction ids. Discord may send an interaction more than once, so the bot ignores interactions
 * whose id it remembers.
 */
const rememberedIds = 1_000;

/**
 * If an interaction without a response has reached this age (ms, by Discord's clock), the bot defers it even if
 * `deferAfter` has not passed. Discord's limit is 3 s, and the request itself takes some time.
 */
const deferAtOnceAge = 2_200;

/**
 * Answers all interactions of the client. Errors are logged and not thrown.
 * @param acknowledgements measures the time until Discord accepts a response; undefined if metrics are turned off
 */
export function answerInteractions(
  client: Client,
  app: App,
  clock: Clock,
  time: DiscordTime,
  log: Log,
  acknowledgements?: Acknowledgements,
): void {
  const seen = new LRUCache<string, true>({ max: rememberedIds });
  const ports: Ports = { app, resolved: resolvedChannels(client), clock, time, log };
  surviveMalformedPackets(client, log, (id) => seen.has(id));
  client.on(Events.InteractionCreate, (interaction) => {
    if (seen.has(interaction.id)) return;
    seen.set(interaction.id, true);
    time.observe(interaction.createdTimestamp);
    acknowledgements?.arrived(interaction, app.commands);
    const place = placeOf(interaction);
    const answered = inLogContext(place, () => react(ports, interaction)).catch((error: unknown) => {
      acknowledgements?.unanswered(isTooLate(error) ? 'late' : 'failed');
      const reference = newReference();
      const about = { ...place, err: error, reference };
      if (isTooLate(error)) log.warn(about, 'an interaction could not be acknowledged in time');
      else log.error(about, 'an interaction could not be answered');
      // A TypeError does not come from Discord. The bot threw it before it sent a reply, for example because a field of
      // the interaction is missing. Therefore the member still needs a reply.
      if (error instanceof TypeError && !isReplied(interaction))
        void apologiseFor(client, interaction, { ...place, reference }, log);
    });
    if (acknowledgements) void answered.finally(() => acknowledgements.ended(interaction.id));
  });
}

interface Ports {
  readonly app: App;
  readonly resolved: ResolvedChannels;
  readonly clock: Clock;
  readonly time: DiscordTime;
  readonly log: Log;
}

async function react(ports: Ports, interaction: Interaction): Promise<void> {
  const { app, resolved } = ports;
  if (interaction.isAutocomplete()) {
    const { name } = interaction.options.getFocused(true);
    const { user: who, createdTimestamp: at } = interaction;
    const from = { who, where: whereOf(interaction), at };
    const choices = await app.autocomplete(commandInput(interaction), name, from);
    await interaction.respond([...choices]);
  } else if (interaction.isChatInputCommand()) {
    const input = commandInput(interaction);
    const command = app.commands.find(({ name }) => name === input.command);
    const isPrivate = command?.ephemeral === true || input.values['private'] === true;
    await answer(ports, interaction, app.runCommand(input, contextOf(interaction, resolved)), isPrivate);
  } else if (isRepliable(interaction) && isFromForeignMessage(interaction))
    await answer(ports, interaction, Promise.resolve(ephemeralNotice(errorWords.foreignMessage)), true);
  else if (interaction.isButton())
    await answer(ports, interaction, app.runComponent(interaction.customId, contextOf(interaction, resolved)), true);
  else if (interaction.isStringSelectMenu() || interaction.isRoleSelectMenu() || interaction.isChannelSelectMenu()) {
    const chosen = chosenField(...interaction.values);
    await answer(
      ports,
      interaction,
      app.runComponent(interaction.customId, contextOf(interaction, resolved), chosen),
      true,
    );
  } else if (interaction.isModalSubmit()) {
    const pending = app.runComponent(interaction.customId, contextOf(interaction, resolved), fieldsOf(interaction));
    await answer(ports, interaction, pending, true);
  } else if (interaction.isMessageContextMenuCommand()) {
    const { commandName } = interaction;
    const context = contextOf(interaction, resolved);
    await answer(ports, interaction, app.runMessageCommand(commandName, targetIds(interaction), context), true);
  } else throw new TypeError('the bot has no such component or command');
}

/** Sends the response directly if it is ready soon. Otherwise defers the interaction and sends the response later. */
async function answer(
  ports: Ports,
  interaction: AnswerableInteraction,
  pending: Promise<InteractionResponse>,
  ephemeral: boolean,
): Promise<void> {
  const { clock, time } = ports;
  const age = time.now() - interaction.createdTimestamp;
  const late = after(clock, Math.max(0, Math.min(deferAfter, deferAtOnceAge - age)));
  const soon = await Promise.race([pending, late.passed]);
  late.cancel();
  try {
    if (soon) return await respond(interaction, soon);
    await interaction.deferReply(ephemeral ? { flags: MessageFlags.Ephemeral } : {});
    await fillIn(interaction, replyOf(await pending), ephemeral);
  } catch (error) {
    await apologise(ports, interaction, soon ?? (await pending), error);
  }
}

/**
 * Called if a response could not be sent. If no reply exists on Discord, or if the reply is from another process with
 * the same token, calls `onNotSent` of the response. Then sends an apology, or throws `error` if Discord no longer
 * accepts a reply.
 */
async function apologise(
  { log }: Ports,
  interaction: AnswerableInteraction,
  response: InteractionResponse,
  error: unknown,
): Promise<void> {
  const { onNotSent } = 'message' in response ? response : {};
  if (onNotSent && (isAnsweredByOthers(error) || !(await replyExists(interaction)))) await onNotSent();
  if (isTooLate(error)) throw error;
  if (isBlocked(error)) {
    log.warn({ err: error }, 'AutoMod blocked a response');
    return replyWith(interaction, { message: notice(errorWords.blocked), ephemeral: true });
  }
  const reference = newReference();
  log.error({ err: error, reference }, 'Discord refused a response');
  await replyWith(interaction, { message: notice(errorWords.ourMistake(reference)), ephemeral: true });
}

/** Whether the reply exists on Discord. It may exist even if the request that sent it failed. */
async function replyExists(interaction: AnswerableInteraction): Promise<boolean> {
  try {
    await interaction.fetchReply();
    return true;
  } catch {
    return false;
  }
}

const isRepliable = (interaction: Interaction): interaction is AnswerableInteraction & Interaction =>
  interaction.isMessageComponent() || interaction.isModalSubmit();

const isReplied = (interaction: Interaction): boolean =>
  interaction.isRepliable() && (interaction.replied || interaction.deferred);

function after(clock: Clock, ms: number): { readonly passed: Promise<undefined>; readonly cancel: () => void } {
  let cancel = () => {};
  const passed = new Promise<undefined>((resolve) => {
    cancel = clock.alarm(clock.now() + ms, () => resolve(undefined));
  });
  return { passed, cancel };
}
