/**
 * Health checks and metrics for the operator of the bot. They are started before the bot, so that they also work during
 * a long start.
 */
import type { Metrics } from '../bot/ports/metrics.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { addBotGauges } from './bot-gauges.ts';
import type { HealthAddress } from './health-address.ts';
import { startHealthServer } from './health-server.ts';
import { newRegistry, prometheusMetrics } from './prometheus.ts';
import { createReadiness } from './readiness.ts';
import type { RunningParts } from './running-parts.ts';

export interface Operation {
  readonly metrics: Metrics;
  /** The base URL, such as http://127.0.0.1:9464. */
  readonly url: string;
  /** Must be called when the saved quiz rounds have been loaded and continued. */
  running(parts: RunningParts): void;
  /** Must be called when the bot begins to stop. After this call, the bot is not ready, and no check uses its parts. */
  stopping(): void;
  close(): Promise<void>;
}

/** Throws HealthAddressError. */
export async function startOperation(
  address: HealthAddress,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Operation> {
  let state: RunningParts | string = 'the saved rounds are not loaded yet';
  const registry = newRegistry();
  const metrics = prometheusMetrics(registry);
  const readiness = createReadiness(clock, () => state);
  addBotGauges(registry, () => (typeof state === 'string' ? undefined : state), readiness);
  const { url, close } = await startHealthServer(address, { readiness, registry, log });
  return {
    metrics,
    url,
    running: (parts) => void (state = parts),
    stopping: () => void (state = 'the bot is stopping'),
    close,
  };
}
