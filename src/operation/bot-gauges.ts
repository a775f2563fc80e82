/** Gauges whose values are read from the running bot at each request for the metrics. */
import { Gauge, type Registry } from 'prom-client';
import type { Readiness } from './readiness.ts';
import type { RunningParts } from './running-parts.ts';

/** @param parts returns undefined while the bot is not running; the gauges then have no values */
export function addBotGauges(registry: Registry, parts: () => RunningParts | undefined, readiness: Readiness): void {
  const gauge = (
    name: string,
    help: string,
    labelNames: readonly string[],
    collect: (gauge: Gauge, parts: RunningParts) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        const running = parts();
        if (running) collect(this, running);
      },
    });
  gauge('caspian_rounds', 'Rounds that have not ended.', ['mode'], (rounds, { liveRounds }) => {
    for (const [mode, count] of Object.entries(liveRounds())) rounds.set({ mode }, count);
  });
  gauge('caspian_shards', 'Shards of this process by state.', ['state'], (shards, { discord }) => {
    const all = discord.shards();
    const ready = all.filter(({ isReady }) => isReady).length;
    shards.set({ state: 'ready' }, ready);
    shards.set({ state: 'not_ready' }, all.length - ready);
  });
  gauge(
    'caspian_heartbeat_age_seconds',
    'Time since Discord acknowledged a heartbeat; of several shards, the longest.',
    [],
    (age, { discord }) => {
      const ages = discord.shards().flatMap(({ heartbeatAge }) => heartbeatAge ?? []);
      if (ages.length > 0) age.set(Math.max(...ages) / 1_000);
    },
  );
  gauge('caspian_servers', 'Servers that the bot is in.', [], (servers, { discord }) => servers.set(discord.servers()));
  gauge(
    'caspian_discord_requests_left',
    'Requests that may still be sent to Discord in this second.',
    [],
    (left, { discord }) => left.set(discord.requestsLeft()),
  );
  void new Gauge({
    name: 'caspian_ready',
    help: 'Checks of /ready: 1 if passed, 0 if not.',
    labelNames: ['check'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [check, { ok }] of Object.entries((await readiness.check()).checks)) this.set({ check }, Number(ok));
    },
  });
}
