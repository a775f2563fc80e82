/** Starts one Chromium for all browser tests. Vitest runs this file before the tests. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { hasTest, isBrowserTest } from './needed-by.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The WebSocket URL of Chromium. Empty if Chromium is not installed. The browser tests are then skipped. */
    readonly browser: string;
  }
}

/**
 * Debian's two builds of Chromium. The headless shell comes first, because the tests take less than half the time with
 * it.
 */
const builds = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const;
const executablePath = process.env['CHROMIUM_PATH'] ?? builds.find((path) => existsSync(path)) ?? builds[1];
/** With these flags, the background services of Chromium do not use the network. */
const quiet = [
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

/** @throws {Error} Chromium is not installed and the environment variable CI is "true". */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!hasTest(project, isBrowserTest)) return undefined;
  if (!existsSync(executablePath)) {
    if (process.env['CI'] === 'true')
      throw new Error(`There is no ${executablePath}. Install Chromium, or set CHROMIUM_PATH.`);
    process.stderr.write(
      `Browser tests are skipped: there is no ${executablePath}. Set CHROMIUM_PATH to a Chromium.\n`,
    );
    project.provide('browser', '');
    return undefined;
  }
  const server = await chromium.launchServer({ executablePath, args: ['--no-sandbox', ...quiet] });
  project.provide('browser', server.wsEndpoint());
  return () => server.close();
}
