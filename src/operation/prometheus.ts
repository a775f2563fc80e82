/**
 * Implements {@link Metrics} with prom-client. Each bot has its own registry, so that several bots in one process, as
 * in tests, do not share metrics. prom-client itself provides the metrics of the process (CPU, memory, event-loop
 * delay).
 */
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../bot/ports/metrics.ts';

/**
 * Upper bounds of the buckets, in seconds. The last bound is 3 s, because Discord rejects a first response that arrives
 * more than 3 s after the interaction.
 */
const acknowledgementBuckets = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];
const searchBuckets = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25];
/** The last bound is 15 s, because the retries of an operation end after about 15 s. */
const storeBuckets = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
/** The values of the header X-RateLimit-Scope. Source: Discord documentation, topics/rate-limits. */
const scopes: ReadonlySet<string> = new Set(['user', 'global', 'shared']);

/** Creates a registry with the metrics of the process. */
export function newRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}

/** Adds the metrics of the bot to the registry. Each metric has few labels, and each label has few values. */
export function prometheusMetrics(registry: Registry): Metrics {
  const { histogram, counter } = factoriesFor(registry);
  const acknowledgements = histogram(
    'caspian_acknowledgement_seconds',
    'Time from the creation of an interaction, by the clock of Discord, until Discord accepted the first response.',
    ['command', 'type', 'install'],
    acknowledgementBuckets,
  );
  const unanswered = counter('caspian_unanswered_total', 'Interactions that got no response.', ['reason']);
  const searches = histogram('caspian_search_seconds', 'Time of a search.', ['search'], searchBuckets);
  const operations = histogram(
    'caspian_store_seconds',
    'Time of an operation of the store, with its repetitions.',
    ['operation', 'outcome'],
    storeBuckets,
  );
  const retries = counter('caspian_retries_total', 'Failed tries of work that is retried.', ['work', 'outcome']);
  const requests = counter('caspian_discord_requests_total', 'Requests to Discord by HTTP status.', ['status']);
  const limited = counter('caspian_discord_429_total', 'Requests that Discord answered with status 429.', ['scope']);
  const waits = counter('caspian_discord_waits_total', 'Waits of requests for a rate limit.', ['scope']);
  const waited = counter('caspian_discord_wait_seconds_total', 'Length of these waits.', ['scope']);
  const refusals = counter('caspian_discord_refusals_total', 'Requests refused by Discord, by JSON error code.', [
    'code',
  ]);
  return {
    acknowledged: (interaction, seconds) => acknowledgements.observe({ ...interaction }, seconds),
    unanswered: (reason) => unanswered.inc({ reason }),
    searched: (search, seconds) => searches.observe({ search }, seconds),
    stored: (operation, outcome, seconds) => operations.observe({ operation, outcome }, seconds),
    retried: (work, isLast) => retries.inc({ work, outcome: isLast ? 'given_up' : 'again' }),
    requested: (status) => requests.inc({ status }),
    rateLimited: (scope) => limited.inc({ scope: scopes.has(scope) ? scope : 'user' }),
    waiting(scope, seconds) {
      waits.inc({ scope });
      waited.inc({ scope }, seconds);
    },
    refused: (code) => refusals.inc({ code }),
  };
}

function factoriesFor(registry: Registry) {
  const registers = [registry];
  return {
    histogram: (name: string, help: string, labelNames: readonly string[], buckets: number[]) =>
      new Histogram({ name, help, labelNames: [...labelNames], buckets, registers }),
    counter: (name: string, help: string, labelNames: readonly string[]) =>
      new Counter({ name, help, labelNames: [...labelNames], registers }),
  };
}
