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
import type { Component } from './component-json.ts';
import type { SeenMessage } from './seen-message.ts';

interface SeenModal {
  readonly id: string;
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
  readonly application: { readonly id: string };
  readonly channel_id: string;
}
interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export type Outcome =
  | { readonly kind: 'answered'; readonly message: SeenMessage | undefined }
  | { readonly kind: 'modal'; readonly modal: SeenModal }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'failed'; readonly reason: number };

export type LoopbackMember = Awaited<ReturnType<typeof joinAs>>;

interface Session {
  readonly username: string;
  /** The id of the application whose DM is opened by default. */
  readonly application: string;
  readonly sessionId: string;
  readonly listener: ReturnType<typeof listen>;
  readonly places: Places;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Logs in as a member. Channel names refer to the server `guildId`, by default to the first server. */
export async function joinAs(loopback: { readonly url: string }, username: string, guildId?: string) {
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

function interactionsOf({ username, sessionId, listener: { seen, interactions }, places, request }: Session) {
  async function act(channel: string, application_id: string, body: object): Promise<Outcome> {
    const common = { application_id, session_id: sessionId, ...places.of(channel) };
    return outcomeOf(await interactions.send({ ...common, ...body }), seen);
  }
  async function commandsIn(channel: string): Promise<readonly IndexedCommand[]> {
    const { channel_id, guild_id } = places.of(channel);
    const path = guild_id === undefined ? `/channels/${channel_id}` : `/guilds/${guild_id}`;
    const index = await request('GET', `${path}/application-command-index`);
    return (index as { readonly application_commands: readonly IndexedCommand[] }).application_commands;
  }
  const typed = async (channel: string, line: string, values: Values, focused?: string) =>
    commandData(await commandsIn(channel), username, line, values, focused);
  return {
    /** Runs a command and resolves with its outcome. `line` is `/name`, `/name sub` or `/name group sub`. */
    async command(channel: string, line: string, options: Values = {}) {
      const { application_id, data } = await typed(channel, line, options);
      return act(channel, application_id, { type: 2, data });
    },
    /** Uses a command of the context menu on a message or a user. */
    async useOn(channel: string, name: string, target: { readonly id: string }) {
      const { application_id, data } = menuData(await commandsIn(channel), username, name, target.id);
      return act(channel, application_id, { type: 2, data });
    },
    async autocomplete(channel: string, line: string, focused: string, text: string, others: Values = {}) {
      const { application_id, data } = await typed(channel, line, { ...others, [focused]: text }, focused);
      const outcome = await act(channel, application_id, { type: 4, data });
      if (outcome.kind !== 'choices') throw new Error(`Suggestions for ${line} ended with ${JSON.stringify(outcome)}.`);
      return outcome.choices;
    },
    /** Uses a button or select. `which` is its custom_id, label or placeholder. */
    async press(message: SeenMessage, which: string, values?: readonly string[]): Promise<Outcome> {
      const { id: message_id, flags: message_flags, channel_id, author } = message;
      const data = componentData(seen.get(message_id) ?? message, which, values);
      const outcome = await act(channel_id, author.id, { type: 3, message_id, message_flags, data });
      if (outcome.kind !== 'answered' || outcome.message) return outcome;
      return { kind: 'answered', message: seen.get(message_id) };
    },
    /**
     * Submits a modal. `filled` maps each custom_id to one value (a text, number, boolean or file) or to a list of
     * texts or files.
     */
    submit({ id, custom_id, components, channel_id, application }: SeenModal, filled: Filled) {
      const fields = components.map((component) => filledIn(component, filled));
      return act(channel_id, application.id, { type: 5, data: { id, custom_id, components: fields } });
    },
  };
}

function messagesOf({ application, listener: { seen, events, event }, places, request }: Session) {
  const messagesPath = (channel: string) => `/channels/${places.of(channel).channel_id}/messages`;
  return {
    say: async (channel: string, content: string) =>
      (await request('POST', messagesPath(channel), { content })) as SeenMessage,
    /** The message history of a channel, newest first. */
    messages: async (channel: string) =>
      (await request('GET', `${messagesPath(channel)}?limit=100`)) as readonly SeenMessage[],
    /** The current state of all messages that the member has received, oldest first. Deleted messages are left out. */
    seen: (): readonly SeenMessage[] => [...seen.values()],
    ephemeral: (): readonly SeenMessage[] => [...seen.values()].filter(({ flags }) => flags & 64),
    /** Resolves with a message that `fits` accepts. If there is none yet, waits until one is sent or edited. */
    async waitFor(fits: (message: SeenMessage) => boolean): Promise<SeenMessage> {
      const known = [...seen.values()].find(fits);
      if (known) return known;
      const isFit = ({ t, d }: SeenEvent) => /^MESSAGE_(?:CREATE|UPDATE)$/.test(t) && fits(d as unknown as SeenMessage);
      return (await event(isFit)).d as unknown as SeenMessage;
    },
    event,
    events: events as readonly SeenEvent[],
    /** Opens the DM with a bot, by default the first bot. Returns the DM's id. The name `'dm'` then means this DM. */
    async openDm(applicationId = application) {
      const channel = await request('POST', '/users/@me/channels', { recipients: [applicationId] });
      const { id } = channel as { readonly id: string };
      places.useDm(id);
      return id;
    },
  };
}

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
