/** Hands each interaction to the app and sends its response. Each is acknowledged in time, and answered once. */
import {
  type AutocompleteInteraction,
  type Client,
  DiscordAPIError,
  Events,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { App } from '../bot/ports/app.ts';
import type { InteractionResponse } from '../chat/command-context.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type AnswerableInteraction, commandInput, contextOf, fieldsOf, whereOf } from './interaction-context.ts';
import { fillIn, replyOf, respond } from './interaction-replies.ts';

/** Without a response by then the interaction is deferred, in ms. Discord waits 3 s at most. */
const deferAfter = 1_500;
/** Ids of the latest interactions: Discord may dispatch one more than once. */
const rememberedIds = 1_000;

/** Answers every interaction of the client. Errors are logged, never thrown. */
export function answerInteractions(client: Client, app: App, clock: Clock, log: Log): void {
  const seen = new LRUCache<string, true>({ max: rememberedIds });
  client.on(Events.InteractionCreate, (interaction) => {
    if (seen.has(interaction.id)) return;
    seen.set(interaction.id, true);
    void react(interaction).catch((error: unknown) => {
      if (isLate(error)) log.warn({ err: error }, 'a use could not be acknowledged in time');
      else log.error({ err: error }, 'a use could not be answered');
    });
  });

  async function react(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return suggest(interaction);
    if (interaction.isChatInputCommand()) {
      const ephemeral = app.commands.find(({ name }) => name === interaction.commandName)?.ephemeral ?? false;
      return answer(interaction, app.runCommand(commandInput(interaction), contextOf(interaction)), ephemeral);
    }
    if (interaction.isButton())
      return answer(interaction, app.runComponent(interaction.customId, contextOf(interaction)), true);
    if (interaction.isModalSubmit()) {
      const pending = app.runComponent(interaction.customId, contextOf(interaction), fieldsOf(interaction));
      return answer(interaction, pending, true);
    }
  }

  async function suggest(interaction: AutocompleteInteraction): Promise<void> {
    const { name } = interaction.options.getFocused(true);
    await interaction.respond([...(await app.autocomplete(commandInput(interaction), name, whereOf(interaction)))]);
  }

  /** Replies directly when the response comes soon; otherwise defers, and edits the response in later. */
  async function answer(
    interaction: AnswerableInteraction,
    pending: Promise<InteractionResponse>,
    ephemeral: boolean,
  ): Promise<void> {
    const late = after(deferAfter);
    const soon = await Promise.race([pending, late.passed]);
    late.cancel();
    if (soon) return respond(interaction, soon);
    await interaction.deferReply(ephemeral ? { flags: MessageFlags.Ephemeral } : {});
    return fillIn(interaction, replyOf(await pending), ephemeral);
  }

  function after(ms: number): { readonly passed: Promise<undefined>; readonly cancel: () => void } {
    let cancel = () => {};
    const passed = new Promise<undefined>((resolve) => {
      cancel = clock.alarm(clock.now() + ms, () => resolve(undefined));
    });
    return { passed, cancel };
  }
}

/** Unknown interaction, or acknowledged already: the reply is lost, but what the command did is saved. */
function isLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === 10_062 || error.code === 40_060);
}
