/** Starts one Chromium for all browser tests, which connect to it. Vitest runs it before them. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to connect to Chromium; empty where there is none and the tests may be skipped. */
    readonly browser: string;
  }
}

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** Nothing but the page may use the network. */
const quiet = [
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

/** @throws an Error where there is no Chromium and CI=true */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!existsSync(executablePath)) {
    if (process.env['CI'] === 'true')
      throw new Error(`There is no ${executablePath}. Install Chromium, or set CHROMIUM_PATH.`);
    process.stderr.write(
      `Browser tests are skipped: there is no ${executablePath}. Set CHROMIUM_PATH to a Chromium.\n`,
    );
    provide('browser', '');
    return undefined;
  }
  const server = await chromium.launchServer({ executablePath, args: ['--no-sandbox', ...quiet] });
  provide('browser', server.wsEndpoint());
  return () => server.close();
}
