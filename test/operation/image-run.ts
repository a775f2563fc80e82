/**
 * Runs every command of .deploy/Dockerfile in ordinary folders. Then starts the bot with the command of the image, on
 * the emulated Discord, and runs the health check of the image. This script takes minutes, because it installs all
 * packages. Run the script with `npm run test:image`.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { projectFolder } from '../../src/config.ts';
import { startLoopback } from '../../src/loopback/loopback.ts';
import { buildStage, type BuiltStage, commandOf, parseDockerfile, type Stage } from './dockerfile.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const run = promisify(execFile);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Returns the modification time of each file under a folder, except files in its data folder. */
async function filesUnder(root: string): Promise<ReadonlyMap<string, number>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(root, path).startsWith('data/'));
  return new Map(await Promise.all(files.map(async (path) => [path, (await stat(path)).mtimeMs] as const)));
}

const instructionOf = ({ instructions }: Stage, name: string): string =>
  instructions.findLast((each) => each.name === name)?.text ?? '';

/** Starts the bot as the image does. Throws Error if the health check does not pass within a minute. */
async function startAsImage(stage: Stage, { root, folder, env: ownEnv }: BuiltStage): Promise<void> {
  const loopback = await startLoopback({ port: 0, gateway: { concurrencyMs: 0 } });
  const env = {
    PATH: process.env['PATH'],
    ...ownEnv,
    HEALTH_PORT: `127.0.0.1:${await freePort()}`,
    DISCORD_TOKEN: loopback.world().botToken,
    DISCORD_API: loopback.api,
  };
  const before = await filesUnder(root);
  const [program = '', ...words] = commandOf(instructionOf(stage, 'CMD'));
  const bot = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(bot, 'exit');
  const [check = '', ...checked] = commandOf(instructionOf(stage, 'HEALTHCHECK'));
  const isHealthy = () =>
    run(check, checked, { cwd: folder, env }).then(
      () => true,
      () => false,
    );
  try {
    for (let tries = 0; !(await isHealthy()); tries++)
      if (tries === 60 || bot.exitCode !== null) throw new Error('the health check of the image did not pass');
      else await new Promise((resolve) => setTimeout(resolve, 1_000));
    print('the health check passed');
    const file = join(ownEnv['DATA_DIR'] ?? '', 'copy.sqlite');
    print((await run(program, [...words, 'backup', file], { cwd: folder, env })).stdout.trim());
    bot.kill('SIGTERM');
    const [code] = (await ended) as unknown[];
    if (code !== 0) throw new Error(`the bot ended with exit code ${String(code)}`);
    const after = await filesUnder(root);
    const changed = [...after].filter(([path, time]) => before.get(path) !== time).map(([path]) => path);
    if (changed.length > 0) throw new Error(`the bot wrote outside of the data folder: ${changed.join(', ')}`);
    print('the bot ended with exit code 0 and wrote nothing outside of the data folder');
  } finally {
    bot.kill('SIGKILL');
    await loopback.stop();
  }
}

const base = await mkdtemp(join(tmpdir(), 'caspian-image-'));
try {
  const file = fileURLToPath(new URL('.deploy/Dockerfile', `file://${projectFolder}`));
  const stages = parseDockerfile(await readFile(file, 'utf8'));
  const built = new Map<string, BuiltStage>();
  for (const stage of stages)
    built.set(
      stage.name,
      await buildStage(stage, join(base, stage.name), projectFolder, built, (command) => print(`RUN ${command}`)),
    );
  const [last, image] = [stages.at(-1), [...built.values()].at(-1)];
  if (!last || !image) throw new Error('the Dockerfile has no stage');
  await startAsImage(last, image);
  print('image: passed');
} finally {
  await rm(base, { recursive: true, force: true });
}
