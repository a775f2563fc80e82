/**
 * What the page's drawer does behind the members' backs: fail the emulated Discord on demand, restart the bot, and show
 * what the bot sent. Routes of their own, apart from Discord's API; who may ask at all was judged before (Host, Origin).
 * Absent on purpose: everything that a member or the bot can do through Discord's own protocol.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

/** What the drawer needs of an emulated Discord. */
export interface Emulated {
  readonly faults: {
    next(fault: { method: string; route: string; delayMs: number; times: number }): void;
    dropGateway(): void;
    deleteMessage(channelId: string, messageId: string): void;
    revoke(permission: string, channelId: string): void;
    restore(permission: string, channelId: string): void;
    clear(): void;
  };
  readonly log: readonly Sent[];
  world(): { readonly members: readonly { readonly id: string }[] };
}

/** One request, as the emulated Discord wrote it down. */
interface Sent {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** `bot`, the id of a member, or `none`. */
  readonly caller: string;
  readonly body: unknown;
  /** 0 until it is answered. */
  readonly status: number;
}

export interface Controls {
  readonly emulated: Emulated;
  /** Stops the bot and starts it again; absent where the bot is somebody else's process. */
  readonly restart?: (() => Promise<void>) | undefined;
}

/** The drawer shows this many of the bot's requests. */
const shown = 60;
const bodyLimit = 4_096;
/** The route by which a bot answers interactions. */
const reply = { method: 'POST', route: '/interactions/:interaction/:token/callback' } as const;

const id = z.string().regex(/^\d{1,20}$/);
const asked = {
  drop: z.object({}),
  restart: z.object({}),
  /** 0 takes the delay away. */
  delay: z.object({ ms: z.number().int().min(0).max(60_000) }),
  permission: z.object({ name: z.string(), channel: id, allowed: z.boolean() }),
  delete: z.object({ channel: id, message: id }),
};
type Name = keyof typeof asked;
const isName = (name: string): name is Name => Object.hasOwn(asked, name);

/** Answers the requests for the drawer, and says whether this was one. */
export function controlRoutes(controls: () => Controls | undefined) {
  let delayMs = 0;
  /** Tells requests apart that came in the same millisecond. */
  const numbers = new WeakMap<Sent, number>();
  let count = 0;

  async function perform(name: Name, body: unknown, { emulated: { faults }, restart }: Controls): Promise<void> {
    switch (name) {
      case 'drop':
        return faults.dropGateway();
      case 'restart':
        if (!restart) throw new Refused(404, 'This bot runs in a process of its own; restart it there.');
        return restart();
      case 'delay':
        faults.clear();
        delayMs = read('delay', body).ms;
        if (delayMs > 0) faults.next({ ...reply, delayMs, times: Infinity });
        return;
      case 'permission': {
        const { name, channel, allowed } = read('permission', body);
        return allowed ? faults.restore(name, channel) : faults.revoke(name, channel);
      }
      case 'delete': {
        const { channel, message } = read('delete', body);
        return faults.deleteMessage(channel, message);
      }
    }
  }

  async function answer(request: IncomingMessage, name: string): Promise<object> {
    const now = controls();
    if (!now) throw new Refused(503, 'The playground is still starting. Try again in a moment.');
    if (name === '' && request.method === 'GET')
      return { delayMs, canRestart: now.restart !== undefined, log: sent(now) };
    if (!isName(name)) throw new Refused(404, 'There is no such switch.');
    if (request.method !== 'POST') throw new Refused(405, 'A switch takes POST.');
    // A page of another origin, or something that is no page, could otherwise press a switch without being able to read.
    if (request.headers.origin === undefined) throw new Refused(403, 'A switch is for the page of this server alone.');
    await perform(name, await bodyOf(request), now);
    return {};
  }

  /** What the bot sent, oldest first. Tokens of interactions are left out of the paths. */
  function sent({ emulated }: Controls): readonly object[] {
    const people = new Set(emulated.world().members.map(({ id }) => id));
    const fromBots = emulated.log.filter(
      ({ caller, path }) => !people.has(caller) && !(caller === 'none' && path === '/gateway'),
    );
    return fromBots.slice(-shown).map((one) => {
      if (!numbers.has(one)) numbers.set(one, (count += 1));
      const { at, method, path, body, status } = one;
      const bare = path.replace(/^(\/(?:interactions|webhooks)\/\d+\/)[^/]+/, '$1…');
      return { number: numbers.get(one), at, method, path: bare, body, status };
    });
  }

  return (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
    const name = /^\/controls(?:\/(\w+))?$/.exec(path);
    if (!name) return false;
    const say = (status: number, body: object) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
        .end(JSON.stringify(body));
    answer(request, name[1] ?? '').then(
      (body) => say(200, body),
      (error: unknown) => say(error instanceof Refused ? error.status : 500, { message: reason(error) }),
    );
    return true;
  };
}

class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a switch was given, or a refusal that names the first thing wrong with it. */
function read<N extends Name>(name: N, body: unknown): z.infer<(typeof asked)[N]> {
  const { success, data, error } = asked[name].safeParse(body);
  if (success) return data as z.infer<(typeof asked)[N]>;
  const [issue] = error.issues;
  throw new Refused(400, `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is not readable'}`);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > bodyLimit) throw new Refused(413, 'That is too long.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 'The body is not JSON.');
  }
}
