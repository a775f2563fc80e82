/**
 * The playground in a real browser: every person is a page of their own. Whatever a test is about, it also fails when a
 * page reports an error or asks another host than the emulated Discord for anything.
 */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, test, type TestContext, vi } from 'vitest';
import { type Caspian, caspian } from '../support/caspian.ts';
import { memoryBook } from '../support/memory-book.ts';

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** Nothing but the page may want the network. */
const quiet = [
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];
const patience = 20_000;

const isMissing = !existsSync(chromiumPath);
const isOptional = process.env['CI'] !== 'true';
if (isMissing && isOptional)
  process.stderr.write(`Browser tests are skipped: there is no ${chromiumPath}. Set CHROMIUM_PATH to a Chromium.\n`);

/** Like `test`, several at a time; without a Chromium skipped, but red where CI=true. */
export const browserTest = (name: string, run: (context: TestContext) => Promise<void>): void =>
  test.concurrent(name, { skip: isMissing && isOptional }, run);

let browser: Browser | undefined;

/** One browser for all tests of a file. */
export function useBrowser(): void {
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });
  beforeAll(async () => {
    if (isMissing && isOptional) return;
    if (isMissing) throw new Error(`There is no ${chromiumPath}. Install Chromium, or set CHROMIUM_PATH.`);
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', ...quiet],
    });
  });
  afterAll(() => browser?.close());
}

/** One member in front of the page. */
export interface Person {
  readonly page: Page;
  readonly composer: Locator;
  /** The messages in the place the member is in. */
  readonly messages: Locator;
  /** Waits for the newest message that holds this text. */
  sees(text: string | RegExp): Promise<Locator>;
  /** Types a line and sends it with Enter. */
  types(line: string): Promise<void>;
  /** Presses the button of this name in the newest message that has one to press. */
  presses(name: string): Promise<void>;
}

interface Playground extends Caspian {
  /** Opens the page as this member. */
  person(username: string, options?: BrowserContextOptions): Promise<Person>;
}

/** A bot on an emulated Discord with the page over it; all of it ends with the test. */
export async function playground({ onTestFinished, expect }: TestContext): Promise<Playground> {
  const bot = await caspian(memoryBook(), onTestFinished);
  const troubles: string[] = [];
  const home = hostOf(bot.loopback.url);
  const isHome = (address: string) =>
    ['data:', 'about:'].includes(new URL(address).protocol) || hostOf(address) === home;

  onTestFinished(() => expect(troubles, 'errors of the page, and requests to other hosts').toEqual([]));
  return {
    ...bot,
    async person(username, options = {}) {
      if (!browser) throw new Error('useBrowser() comes first.');
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      page.on('pageerror', (error) => troubles.push(`${username}: ${error.message}`));
      page.on('console', (line) => line.type() === 'error' && troubles.push(`${username}: ${line.text()}`));
      const note = (address: string) => isHome(address) || troubles.push(`${username} asked ${address}`);
      context.on('request', (request) => note(request.url()));
      page.on('websocket', (socket) => note(socket.url()));
      await page.goto(`${bot.loopback.url}/#member=${username}&channel=general`);
      return person(page);
    },
  };
}

const hostOf = (address: string) => new URL(address).host;

async function person(page: Page): Promise<Person> {
  const composer = page.getByRole('textbox', { name: /^Message/ });
  const messages = page.getByRole('log').getByRole('article');
  await page.locator('#composer-text:enabled').waitFor();
  return {
    page,
    composer,
    messages,
    async sees(text) {
      const message = messages.filter({ hasText: text }).last();
      await message.waitFor();
      return message;
    },
    async types(line) {
      await composer.fill(line);
      await composer.press('Enter');
    },
    async presses(name) {
      const button = messages.getByRole('button', { name, exact: true, disabled: false }).last();
      await button.click();
    },
  };
}
