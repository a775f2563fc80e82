/** Lists the metrics of the bot and of its process, for tests of files that name metrics. */
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { addBotGauges } from '../../src/operation/bot-gauges.ts';
import { newRegistry, prometheusMetrics } from '../../src/operation/prometheus.ts';
import { createReadiness } from '../../src/operation/readiness.ts';

/** The names and labels of all metrics that /metrics can show. */
export async function existingMetrics(): Promise<ReadonlyMap<string, readonly string[]>> {
  const registry = newRegistry();
  prometheusMetrics(registry);
  addBotGauges(
    registry,
    () => undefined,
    createReadiness(virtualClock(), () => 'not running'),
  );
  const all = await registry.getMetricsAsJSON();
  const found = new Map<string, readonly string[]>();
  for (const { name, type } of all) {
    const { labelNames = [] } = registry.getSingleMetric(name) as unknown as {
      readonly labelNames?: readonly string[];
    };
    const isHistogram = String(type) === 'histogram';
    for (const ending of isHistogram ? ['_bucket', '_sum', '_count'] : [''])
      found.set(name + ending, [...labelNames, ...(ending === '_bucket' ? ['le'] : [])]);
  }
  return found;
}
