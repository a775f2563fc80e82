/** Starts a bot with health checks and metrics on an emulated Discord. Both use the same virtual clock. */
import { onTestFinished } from 'vitest';
import { startBot } from '../../src/compose.ts';
import { createLog } from '../../src/log.ts';
import { joinAs, type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { startOperation } from '../../src/operation/operation.ts';
import { loopbackFor } from '../loopback/real-bot.ts';
import { fourOptionPack } from './caspian.ts';
import { memoryStore } from './memory-store.ts';

const ignoringEnd = { onEnd: () => undefined };
const silent = createLog('silent');

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends a request to a health server, for example `ask(url, '/ready')`. */
export async function ask(url: string, path: string, method = 'GET'): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { method });
  return { status: response.status, text: await response.text() };
}

export async function operated(finished: typeof onTestFinished = onTestFinished, clock = virtualClock()) {
  const operation = await startOperation({ host: '127.0.0.1', port: 0 }, { clock, log: silent });
  finished(() => operation.close());
  return { operation, clock, ask: (path: string, method?: string) => ask(operation.url, path, method) };
}

export async function operatedBot({ store = memoryStore() }: { readonly store?: ReturnType<typeof memoryStore> } = {}) {
  const { operation, clock, ask } = await operated();
  const loopback = await loopbackFor({ clock, rateLimits: 'off' });
  const { botToken: token } = loopback.world();
  const { api } = loopback;
  const starting = startBot({
    library: fourOptionPack,
    store,
    token,
    api,
    clock,
    log: silent,
    operation,
    ...ignoringEnd,
  });
  // A client without a connection stops only after a timeout, so the clock advances until the client has stopped.
  onTestFinished(async () => passing(clock, (await starting).stop()));
  return {
    operation,
    clock,
    ask,
    loopback,
    store,
    bot: starting,
    async member(username: string): Promise<LoopbackMember> {
      const member = await joinAs(loopback, username);
      onTestFinished(() => member.close());
      return member;
    },
    /** The checks of /ready that failed, each with its reason. */
    async failing(): Promise<Readonly<Record<string, string>>> {
      const { checks } = JSON.parse((await ask('/ready')).text) as {
        readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly why?: string }>>;
      };
      return Object.fromEntries(
        Object.entries(checks).flatMap(([name, { ok, why = '' }]) => (ok ? [] : [[name, why]])),
      );
    },
  };
}
