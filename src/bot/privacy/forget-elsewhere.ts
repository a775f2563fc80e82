/**
 * Deletes a member's data in all processes. If only one process deleted the data, the rounds and caches of the other
 * processes would still contain the member and would write the data again. Therefore the process that deletes the data
 * stores a request with the names of all other processes. Each of these processes deletes the member's data and removes
 * its own name from the request. If a process is not running, it carries out the request at its next start.
 */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { Processes } from '../ports/processes.ts';
import type { ShardOwner } from '../ports/shard-owner.ts';
import type { Retries } from '../retries.ts';

const prefix = 'forgotten/';
const requestSchema = z.object({
  /** The names of the processes that have not yet deleted the member. */
  left: z.array(z.string()),
});

/**
 * The other processes must delete the member within `patience` ms. The last of them deletes the request. Meanwhile,
 * this process checks every `interval` ms whether the request still exists.
 */
const patience = 8_000;
const interval = 200;

interface Ports {
  readonly store: Store;
  readonly owner: ShardOwner;
  readonly processes: Processes;
  readonly clock: Clock;
  readonly retries: Retries;
  /** Deletes the member in this process. Throws if something could not be deleted. */
  readonly forgetHere: (user: string) => Promise<void>;
}

export interface ForgetElsewhere {
  /**
   * Deletes a member's data in all other processes. Throws if a process is not running or does not carry out the
   * request in time.
   */
  forget(user: string): Promise<void>;
  /**
   * Carries out the requests that other processes have made, and from then on each new request. Call this when the saved
   * rounds are in memory.
   */
  start(): Promise<void>;
}

export function forgetElsewhere(ports: Ports): ForgetElsewhere {
  const { processes, retries } = ports;
  return {
    forget: (user) => forget(ports, user),
    async start() {
      const work = { what: 'members could not be deleted', tries: Infinity, run: () => carryOut(ports) };
      processes.onNotified(() => retries.run(prefix, work));
      await carryOut(ports);
    },
  };
}

async function forget({ store, owner, processes, clock }: Ports, user: string): Promise<void> {
  const left = (await processes.others()).filter((name) => name !== owner.name);
  if (left.length === 0) return;
  const key = prefix + user;
  await store.set(key, { left });
  await processes.notify();
  const end = clock.now() + patience;
  while (await store.get(key, requestSchema)) {
    if (clock.now() >= end) throw new Error(`other processes have not deleted a member yet: ${left.join(', ')}`);
    await new Promise<void>((resolve) => void clock.alarm(clock.now() + interval, resolve));
  }
}

async function carryOut({ store, owner, forgetHere }: Ports): Promise<void> {
  for await (const [key, request] of store.range(prefix, requestSchema)) {
    if (!request.left.includes(owner.name)) continue;
    await forgetHere(key.slice(prefix.length));
    const { left } = await store.change(key, requestSchema, (latest = request) => ({
      left: latest.left.filter((name) => name !== owner.name),
    }));
    if (left.length === 0) await store.delete(key);
  }
}
