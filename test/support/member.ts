/**
 * A member of the emulated Discord, for tests: speaks what Discord's own client speaks (fetch and WebSocket) and knows
 * nothing of the loopback's insides. Waiting is for events, never for time; a wait that nothing ends is a failed test.
 */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';

/** A component as a client sees it. */
export interface SeenComponent {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly content?: string;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly components?: readonly SeenComponent[];
  readonly items?: readonly { readonly media: { readonly url: string }; readonly description?: string }[];
  readonly accessory?: SeenComponent;
  readonly component?: SeenComponent;
}
export interface SeenMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly author: { readonly id: string; readonly username: string; readonly bot?: boolean };
  readonly content: string;
  readonly flags: number;
  readonly nonce?: string;
  readonly embeds: readonly object[];
  readonly components: readonly SeenComponent[];
  readonly mentions: readonly { readonly id: string; readonly username: string }[];
  readonly mention_everyone: boolean;
  readonly edited_timestamp: string | null;
  readonly interaction_metadata?: {
    readonly id: string;
    readonly type: number;
    readonly user: { readonly id: string };
  };
}
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

/** How an act ended. `message` is the message that answered it, or the pressed one as it stands now. */
export type Outcome =
  | { readonly kind: 'answered'; readonly message: SeenMessage | undefined }
  | { readonly kind: 'modal'; readonly modal: SeenModal }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'failed'; readonly reason: number };

/** An event of the gateway. */
interface SeenEvent {
  readonly t: string;
  readonly d: Readonly<Record<string, unknown>>;
}
type Value = string | number | boolean;

/** The emulated Discord refused a request. */
export class Refused extends Error {
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string; readonly errors?: unknown };

  constructor(status: number, body: Refused['body'], what: string) {
    super(`${what}: ${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

export interface TestMember {
  readonly id: string;
  readonly username: string;
  /** Types a command, `/name`, `/name sub` or `/name group sub`; resolves with what came of it. */
  command(channel: string, line: string, options?: Readonly<Record<string, Value>>): Promise<Outcome>;
  /** What is suggested for `focused` when it holds `typed`; `others` are options filled in before. */
  autocomplete(
    channel: string,
    line: string,
    focused: string,
    typed: string,
    others?: Readonly<Record<string, Value>>,
  ): Promise<readonly Choice[]>;
  /** Presses a button by custom_id or label, or chooses values of a select by custom_id or placeholder. */
  press(message: SeenMessage, which: string, values?: readonly string[]): Promise<Outcome>;
  /** Sends a modal off with these texts (or lists of values), by custom_id. */
  submit(modal: SeenModal, filled: Readonly<Record<string, Value | readonly string[]>>): Promise<Outcome>;
  say(channel: string, content: string): Promise<SeenMessage>;
  /** The history of a channel, newest first. */
  messages(channel: string): Promise<readonly SeenMessage[]>;
  /** Every message this member has seen since joining, as it stands now, oldest first; deleted ones are gone. */
  seen(): readonly SeenMessage[];
  ephemeral(): readonly SeenMessage[];
  /** A message that fits, seen already or as soon as it comes (or is edited so that it fits). */
  waitFor(fits: (message: SeenMessage) => boolean): Promise<SeenMessage>;
  /** The next event that fits. */
  event(fits: (event: SeenEvent) => boolean): Promise<SeenEvent>;
  readonly events: readonly SeenEvent[];
  /** The DM with a bot (the first one); afterwards `'dm'` names it wherever a channel is asked for. */
  openDm(applicationId?: string): Promise<string>;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): void;
}

interface World {
  readonly api: string;
  readonly application: { readonly id: string };
  readonly guilds: readonly {
    readonly id: string;
    readonly channels: readonly { readonly id: string; readonly name: string }[];
  }[];
  readonly members: readonly { readonly id: string; readonly username: string; readonly token: string }[];
}
interface IndexedOption {
  readonly type: number;
  readonly name: string;
  readonly options?: readonly IndexedOption[];
}
interface IndexedCommand extends IndexedOption {
  readonly id: string;
  readonly application_id: string;
  readonly version: string;
}
interface TypedOption {
  readonly type: number;
  readonly name: string;
  readonly value?: Value;
  readonly focused?: boolean;
  readonly options?: readonly TypedOption[];
}

interface Wait {
  readonly fits: (event: SeenEvent) => boolean;
  readonly settle: (event: SeenEvent) => void;
  readonly fail: (error: Error) => void;
}

/** All text of a message, its components' included, in reading order. */
export function textOf({ content, components }: Pick<SeenMessage, 'content' | 'components'>): string {
  const texts = flat(components).flatMap((component) => (component.content === undefined ? [] : [component.content]));
  return [content, ...texts].filter(Boolean).join('\n');
}

/** The labels of all buttons, in reading order. */
export const labelsOf = ({ components }: Pick<SeenMessage, 'components'>): readonly string[] =>
  flat(components).flatMap(({ type, label }) => (type === 2 ? [label ?? ''] : []));

export const flat = (components: readonly SeenComponent[]): readonly SeenComponent[] =>
  components.flatMap((component) => [
    component,
    ...flat(component.components ?? []),
    ...flat(component.accessory ? [component.accessory] : []),
    ...flat(component.component ? [component.component] : []),
  ]);

/** Logs a member in, by username; channels are named in the first server unless `guildId` says which. */
export async function joinAs(
  loopback: { readonly url: string },
  username: string,
  guildId?: string,
): Promise<TestMember> {
  const world = (await (await fetch(`${loopback.url}/world.json`)).json()) as World;
  const me = world.members.find((member) => member.username === username);
  if (!me) throw new Error(`Nobody here is called ${username}.`);
  const api = `${world.api}/v10`;
  const servers = [...world.guilds.filter(({ id }) => id === guildId), ...world.guilds];
  let dm: string | undefined;
  const seen = new Map<string, SeenMessage>();
  const events: SeenEvent[] = [];
  const waiting = new Set<Wait>();

  async function request(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(api + path, {
      method,
      headers: { authorization: me?.token ?? '', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused(response.status, JSON.parse(text) as Refused['body'], `${method} ${path}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  const event = (fits: (event: SeenEvent) => boolean) =>
    new Promise<SeenEvent>((settle, fail) => void waiting.add({ fits, settle, fail }));

  const { url } = (await request('GET', '/gateway')) as { url: string };
  const socket = new WebSocket(`${url}/?v=10&encoding=json`);
  let sessionId = '';
  let seq: number | null = null;
  let beats: NodeJS.Timeout | undefined;
  socket.on('message', (raw: Buffer) => {
    const frame = JSON.parse(raw.toString()) as { op: number; s: number; t: string; d: Record<string, unknown> };
    if (frame.op === 10) {
      beats = setInterval(() => socket.send(JSON.stringify({ op: 1, d: seq })), Number(frame.d['heartbeat_interval']));
      const d = { token: me.token, capabilities: 0, properties: { browser: 'test' }, compress: false };
      socket.send(JSON.stringify({ op: 2, d }));
    } else if (frame.op === 1) socket.send(JSON.stringify({ op: 1, d: seq }));
    else if (frame.op === 0) {
      seq = frame.s;
      const { t, d } = frame;
      if (t === 'READY') sessionId = String(d['session_id']);
      const message = d as unknown as SeenMessage;
      if (t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE') seen.set(message.id, message);
      if (t === 'MESSAGE_DELETE') seen.delete(message.id);
      events.push({ t, d });
      for (const wait of waiting)
        if (wait.fits({ t, d })) {
          waiting.delete(wait);
          wait.settle({ t, d });
        }
    }
  });
  socket.on('close', (code) => {
    clearInterval(beats);
    for (const { fail } of waiting) fail(new Error(`${username} lost the gateway (${code}) while waiting.`));
    waiting.clear();
  });
  const ready = event(({ t }) => t === 'READY');
  await Promise.race([ready, new Promise((_, fail) => socket.on('error', fail))]);

  function channelId(channel: string): string {
    if (channel === 'dm' && dm !== undefined) return dm;
    const known = servers
      .flatMap(({ channels }) => channels)
      .find(({ id, name }) => name === channel || id === channel);
    if (known) return known.id;
    if (/^\d+$/.test(channel)) return channel;
    throw new Error(`There is no channel ${channel}.`);
  }
  const place = (channel: string) => {
    const id = channelId(channel);
    const made = events.find(({ t, d }) => /^(?:THREAD|CHANNEL)_CREATE$/.test(t) && d['id'] === id);
    const guild = world.guilds.find(
      (each) => each.channels.some((channel) => channel.id === id) || made?.d['guild_id'] === each.id,
    );
    return { channel_id: id, ...(guild && { guild_id: guild.id }) };
  };

  /** Sends an interaction and waits for the one event that says how it ended. */
  async function act(channel: string, application_id: string, body: object): Promise<Outcome> {
    const nonce = randomBytes(12).toString('hex');
    const ended = event(({ t, d }) => d['nonce'] === nonce && t !== 'INTERACTION_CREATE' && !t.startsWith('MESSAGE_'));
    ended.catch(() => {});
    const common = { application_id, session_id: sessionId, nonce, ...place(channel) };
    await request('POST', '/interactions', { ...common, ...body });
    const { t, d } = await ended;
    switch (t) {
      case 'INTERACTION_SUCCESS':
        return { kind: 'answered', message: [...seen.values()].find((message) => message.nonce === nonce) };
      case 'INTERACTION_MODAL_CREATE':
        return { kind: 'modal', modal: d as unknown as SeenModal };
      case 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE':
        return { kind: 'choices', choices: d['choices'] as readonly Choice[] };
      case 'INTERACTION_FAILURE':
        return { kind: 'failed', reason: Number(d['reason_code']) };
      default:
        throw new Error(`An interaction cannot end with ${t}.`);
    }
  }

  async function typed(channel: string, line: string, values: Readonly<Record<string, Value>>, focused?: string) {
    const [name = '', ...branches] = line.replace(/^\//, '').split(/\s+/);
    const { channel_id, guild_id } = place(channel);
    const index = guild_id === undefined ? `/channels/${channel_id}` : `/guilds/${guild_id}`;
    const { application_commands } = (await request('GET', `${index}/application-command-index`)) as {
      application_commands: readonly IndexedCommand[];
    };
    const command = application_commands.find((each) => each.name === name);
    if (!command) throw new Error(`${username} cannot find /${name} here.`);
    const fill = (at: IndexedOption, path: readonly string[]): readonly TypedOption[] => {
      const [step, ...rest] = path;
      if (step !== undefined) {
        const branch = at.options?.find((option) => option.name === step);
        if (!branch) throw new Error(`/${name} has no ${step}.`);
        return [{ type: branch.type, name: step, options: fill(branch, rest) }];
      }
      return Object.entries(values).map(([name, value]) => {
        const option = at.options?.find((each) => each.name === name);
        if (!option) throw new Error(`${line} has no option ${name}.`);
        return { type: option.type, name, value, ...(name === focused && { focused: true }) };
      });
    };
    const { id, application_id, version } = command;
    return [application_id, { id, version, name, type: 1, options: fill(command, branches), attachments: [] }] as const;
  }

  return {
    id: me.id,
    username,
    async command(channel, line, options = {}) {
      const [application, data] = await typed(channel, line, options);
      return act(channel, application, { type: 2, data });
    },
    async autocomplete(channel, line, focused, text, others = {}) {
      const [application, data] = await typed(channel, line, { ...others, [focused]: text }, focused);
      const outcome = await act(channel, application, { type: 4, data });
      if (outcome.kind !== 'choices') throw new Error(`Suggestions for ${line} ended with ${JSON.stringify(outcome)}.`);
      return outcome.choices;
    },
    async press(message, which, values) {
      const now = seen.get(message.id) ?? message;
      const component = flat(now.components).find(
        ({ custom_id, label, placeholder }) => custom_id === which || label === which || placeholder === which,
      );
      const { type = 2, custom_id = which } = component ?? {};
      const outcome = await act(message.channel_id, message.author.id, {
        type: 3,
        message_id: message.id,
        message_flags: message.flags,
        data: { component_type: type, custom_id, ...(type !== 2 && { type, values: values ?? [] }) },
      });
      return outcome.kind === 'answered' && !outcome.message
        ? { kind: 'answered', message: seen.get(message.id) }
        : outcome;
    },
    submit(modal, filled) {
      const fill = (component: SeenComponent): object => {
        const value = component.custom_id === undefined ? undefined : filled[component.custom_id];
        return {
          type: component.type,
          ...(component.custom_id !== undefined && { custom_id: component.custom_id }),
          ...(value !== undefined && (Array.isArray(value) ? { values: value } : { value })),
          ...(component.components && { components: component.components.map(fill) }),
          ...(component.component && { component: fill(component.component) }),
        };
      };
      const data = { id: modal.id, custom_id: modal.custom_id, components: modal.components.map(fill) };
      return act(modal.channel_id, modal.application.id, { type: 5, data });
    },
    say: async (channel, content) =>
      (await request('POST', `/channels/${channelId(channel)}/messages`, { content })) as SeenMessage,
    messages: async (channel) =>
      (await request('GET', `/channels/${channelId(channel)}/messages?limit=100`)) as readonly SeenMessage[],
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
    async openDm(applicationId = world.application.id) {
      const channel = await request('POST', '/users/@me/channels', { recipients: [applicationId] });
      dm = (channel as { id: string }).id;
      return dm;
    },
    request,
    close: () => socket.close(1000),
  };
}
