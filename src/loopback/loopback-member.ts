/** A simulated member, for tests of any bot. It uses member-client.js. Its methods wait without a timeout. */
import { type Ending, readWorld, rest, startInteractions } from './member-client.js';
import { listen, type SeenEvent } from './member-events.ts';
import { createPlaces, type Places } from './member-places.ts';
import {
  commandData,
  componentData,
  type Filled,
  filledIn,
  type IndexedCommand,
  menuData,
  type Values,
} from './member-requests.ts';
import type { SeenComponent, SeenMessage } from './seen-message.ts';

interface SeenModal {
  readonly id: string;
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly SeenComponent[];
  readonly application: { readonly id: string };
  readonly channel_id: string;
}
interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** How an interaction ended. `message` is the reply or the updated message. */
export type Outcome =
  | { readonly kind: 'answered'; readonly message: SeenMessage | undefined }
  | { readonly kind: 'modal'; readonly modal: SeenModal }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'failed'; readonly reason: number };

export interface LoopbackMember {
  readonly id: string;
  readonly username: string;
  /** Runs a command and resolves with its outcome. `line` is `/name`, `/name sub` or `/name group sub`. */
  command(channel: string, line: string, options?: Values): Promise<Outcome>;
  /** Uses a command of the context menu on a message or a user. */
  useOn(channel: string, name: string, target: { readonly id: string }): Promise<Outcome>;
  /** Returns the choices for the text `typed` in the option `focused`. */
  autocomplete(
    channel: string,
    line: string,
    focused: string,
    typed: string,
    others?: Values,
  ): Promise<readonly Choice[]>;
  /** Uses a button or select. `which` is its custom_id, label or placeholder. */
  press(message: SeenMessage, which: string, values?: readonly string[]): Promise<Outcome>;
  /** Submits a modal. `filled` maps each custom_id to a text, or to a list of values or files. */
  submit(modal: SeenModal, filled: Filled): Promise<Outcome>;
  say(channel: string, content: string): Promise<SeenMessage>;
  /** The message history of a channel, newest first. */
  messages(channel: string): Promise<readonly SeenMessage[]>;
  /** All messages that the member has received, without deleted messages, in their current state, oldest first. */
  seen(): readonly SeenMessage[];
  ephemeral(): readonly SeenMessage[];
  /** Resolves with a message that fits. Waits for one to be sent or edited if necessary. */
  waitFor(fits: (message: SeenMessage) => boolean): Promise<SeenMessage>;
  /** Resolves with the next event for which `fits` returns true. */
  event(fits: (event: SeenEvent) => boolean): Promise<SeenEvent>;
  readonly events: readonly SeenEvent[];
  /**
   * Opens the DM with a bot, by default the first bot, and returns its id. The channel name `'dm'` then means this DM.
   */
  openDm(applicationId?: string): Promise<string>;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): void;
}

/** A member who has logged in. */
interface Session {
  readonly username: string;
  /** The id of the application whose DM is opened by default. */
  readonly application: string;
  readonly sessionId: string;
  readonly listener: ReturnType<typeof listen>;
  readonly places: Places;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Logs in as a member. Channel names refer to the server `guildId`, by default the first. */
export async function joinAs(
  loopback: { readonly url: string },
  username: string,
  guildId?: string,
): Promise<LoopbackMember> {
  const world = await readWorld(loopback.url);
  const me = world.members.find((member) => member.username === username);
  if (!me) throw new Error(`Nobody here is called ${username}.`);
  const { id, token } = me;
  const request = (method: string, path: string, body?: unknown): Promise<unknown> =>
    rest(token, method, path, body, loopback.url);
  const { url } = (await request('GET', '/gateway')) as { readonly url: string };
  const listener = listen(username, token, url, startInteractions(token, loopback.url));
  const ready = await listener.event(({ t }) => t === 'READY');
  const session: Session = {
    username,
    application: world.application.id,
    sessionId: String(ready.d['session_id']),
    listener,
    places: createPlaces(world.guilds, guildId, listener.events),
    request,
  };
  return { id, username, ...interactionsOf(session), ...messagesOf(session), request, close: listener.close };
}

function interactionsOf({
  username,
  sessionId,
  listener: { seen, interactions },
  places,
  request,
}: Session): Pick<LoopbackMember, 'command' | 'useOn' | 'autocomplete' | 'press' | 'submit'> {
  async function act(channel: string, application_id: string, body: object): Promise<Outcome> {
    const common = { application_id, session_id: sessionId, ...places.of(channel) };
    return outcomeOf(await interactions.send({ ...common, ...body }), seen);
  }
  async function commandsIn(channel: string): Promise<readonly IndexedCommand[]> {
    const { channel_id, guild_id } = places.of(channel);
    const path = guild_id === undefined ? `/channels/${channel_id}` : `/guilds/${guild_id}`;
    const index = (await request('GET', `${path}/application-command-index`)) as {
      readonly application_commands: readonly IndexedCommand[];
    };
    return index.application_commands;
  }
  const typed = async (channel: string, line: string, values: Values, focused?: string) =>
    commandData(await commandsIn(channel), username, line, values, focused);
  return {
    async command(channel, line, options = {}) {
      const { application_id, data } = await typed(channel, line, options);
      return act(channel, application_id, { type: 2, data });
    },
    async useOn(channel, name, target) {
      const { application_id, data } = menuData(await commandsIn(channel), username, name, target.id);
      return act(channel, application_id, { type: 2, data });
    },
    async autocomplete(channel, line, focused, text, others = {}) {
      const { application_id, data } = await typed(channel, line, { ...others, [focused]: text }, focused);
      const outcome = await act(channel, application_id, { type: 4, data });
      if (outcome.kind !== 'choices') throw new Error(`Suggestions for ${line} ended with ${JSON.stringify(outcome)}.`);
      return outcome.choices;
    },
    async press(message, which, values) {
      const now = seen.get(message.id) ?? message;
      const outcome = await act(message.channel_id, message.author.id, {
        type: 3,
        message_id: message.id,
        message_flags: message.flags,
        data: componentData(now, which, values),
      });
      return outcome.kind === 'answered' && !outcome.message
        ? { kind: 'answered', message: seen.get(message.id) }
        : outcome;
    },
    submit: (modal, filled) =>
      act(modal.channel_id, modal.application.id, {
        type: 5,
        data: {
          id: modal.id,
          custom_id: modal.custom_id,
          components: modal.components.map((component) => filledIn(component, filled)),
        },
      }),
  };
}

function messagesOf({
  application,
  listener: { seen, events, event },
  places,
  request,
}: Session): Pick<
  LoopbackMember,
  'say' | 'messages' | 'seen' | 'ephemeral' | 'waitFor' | 'event' | 'events' | 'openDm'
> {
  return {
    say: async (channel, content) =>
      (await request('POST', `/channels/${places.of(channel).channel_id}/messages`, { content })) as SeenMessage,
    messages: async (channel) =>
      (await request('GET', `/channels/${places.of(channel).channel_id}/messages?limit=100`)) as readonly SeenMessage[],
    seen: () => [...seen.values()],
    ephemeral: () => [...seen.values()].filter(({ flags }) => flags & 64),
    async waitFor(fits) {
      const known = [...seen.values()].find(fits);
      if (known) return known;
      const { d } = await event(
        ({ t, d }) => /^MESSAGE_(?:CREATE|UPDATE)$/.test(t) && fits(d as unknown as SeenMessage),
      );
      return d as unknown as SeenMessage;
    },
    event,
    events,
    async openDm(applicationId = application) {
      const channel = await request('POST', '/users/@me/channels', { recipients: [applicationId] });
      const { id } = channel as { readonly id: string };
      places.useDm(id);
      return id;
    },
  };
}

/** Converts the last event of an interaction to an outcome. */
function outcomeOf({ event, data }: Ending, seen: ReadonlyMap<string, SeenMessage>): Outcome {
  switch (event) {
    case 'INTERACTION_SUCCESS':
      return { kind: 'answered', message: [...seen.values()].find(({ nonce }) => nonce === data.nonce) };
    case 'INTERACTION_MODAL_CREATE':
      return { kind: 'modal', modal: data as SeenModal };
    case 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE':
      return { kind: 'choices', choices: data.choices as readonly Choice[] };
    case 'INTERACTION_FAILURE':
      return { kind: 'failed', reason: Number(data.reason_code) };
    default:
      throw new Error(`An interaction cannot end with ${event}.`);
  }
}
