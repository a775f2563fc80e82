/** Injects random faults of Discord into the traffic of the bot, and notes which of them explain a missing response. */
import type { Dice } from '../../src/core/dice.ts';
import type { Fault, Faults } from '../../src/loopback/faults.ts';
import { randomItem } from './member-moves.ts';
import type { Interruption } from './unanswered.ts';

/** Routes that only the bot uses. Routes that are listed twice are chosen twice as often. */
const routes = [
  ['POST', '/interactions/:interaction/:token/callback'],
  ['POST', '/interactions/:interaction/:token/callback'],
  ['POST', '/channels/:channel/messages'],
  ['POST', '/channels/:channel/messages'],
  ['PATCH', '/channels/:channel/messages/:message'],
  ['POST', '/channels/:channel/messages/:message/threads'],
  ['POST', '/webhooks/:application/:token'],
  ['PATCH', '/webhooks/:application/:token/messages/:message'],
] as const;

const requestFaults = [
  'status',
  'status after',
  'cut',
  'cut after',
  'hang',
  'delay',
  'delay after',
  'limit',
  'global limit',
] as const;

/** The heartbeat interval of the gateway, in ms. Shorter than Discord's, so that lost connections are found sooner. */
export const heartbeatMs = 20_000;
/** Time in ms after which a connection that was broken on purpose cannot deliver interactions any more. */
const brokenAfter = 500;
/** Interactions that arrived less than this time (ms) before the connection broke may be lost. */
const unreadFor = 1_000;
/**
 * Faults that end the gateway session happen at most once in this time (ms). The bot stops by design if several
 * sessions in a row last for less than a minute.
 */
const sessionEvery = 70_000;

export interface RandomFaults {
  readonly interruptions: Interruption[];
  /** The times at which the emulated Discord was told to drop the next interaction. */
  readonly drops: number[];
  /** Chooses a random route, and injects a fault into the bot's next one or two requests to this route. */
  disturbRequests(): void;
  /** Disturbs the gateway connection of the bot. */
  disturbGateway(): void;
}

export function randomFaults(faults: Faults, chance: Dice): RandomFaults {
  const interruptions: Interruption[] = [];
  const drops: number[] = [];
  let sessionEnded = Date.now();
  const interrupt =
    (what: string, act: () => void, lasting = brokenAfter) =>
    () => {
      const now = Date.now();
      interruptions.push({ what, from: now - unreadFor, provenFrom: now + lasting });
      act();
    };
  const resumable = [
    ...(['cut', 'silent', 4000, 4001, 4008] as const).map((how) =>
      interrupt(`a gateway connection ended by ${how}`, () => faults.dropGateway(how)),
    ),
    interrupt('opcode 7', () => faults.sendGatewaySignal('reconnect')),
    interrupt('opcode 9, resumable', () => faults.sendGatewaySignal('resumable')),
    interrupt('a missing heartbeat acknowledgement', () => faults.suppressGateway('ack'), 2 * heartbeatMs),
    () => {
      drops.push(Date.now());
      faults.disruptEvents('drop', { event: 'INTERACTION_CREATE' });
    },
    () => faults.disruptEvents('duplicate', { times: 2 }),
    () => faults.disruptEvents('reorder'),
    () => faults.replayEvents(5),
  ];
  const ending = [
    interrupt('opcode 9', () => faults.sendGatewaySignal('invalid')),
    interrupt('close code 4007', () => faults.dropGateway(4007)),
    interrupt('close code 4009', () => faults.dropGateway(4009)),
  ];
  return {
    interruptions,
    drops,
    disturbRequests() {
      const [method, route] = randomItem(routes, chance);
      faults.next({ method, route, ...requestFault(chance) });
    },
    disturbGateway() {
      const mayEnd = Date.now() - sessionEnded > sessionEvery;
      if (mayEnd) sessionEnded = Date.now();
      randomItem(mayEnd ? ending : resumable, chance)();
    },
  };
}

/** A random fault. Requests fail at most twice in a row, because the bot does not repeat a request forever. */
function requestFault(chance: Dice): Fault {
  const times = 1 + chance.below(2);
  const status = randomItem([500, 502, 503, 504], chance);
  const delayMs = 200 + chance.below(2_800);
  const retryAfter = 0.2 + chance.next();
  switch (randomItem(requestFaults, chance)) {
    case 'status':
      return { status, times };
    case 'status after':
      return { status, after: true };
    case 'cut':
      return { cut: true, times };
    case 'cut after':
      return { cut: true, after: true };
    case 'hang':
      return { hang: true };
    case 'delay':
      return { delayMs };
    case 'delay after':
      return { delayMs, after: true };
    case 'limit':
      return { status: 429, retryAfter };
    case 'global limit':
      return { status: 429, retryAfter, isGlobal: true };
  }
}
