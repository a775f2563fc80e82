/**
 * Set-up for tests of the playground in a real browser. Each person is a page in a separate browser context. Later
 * tests reuse the pages. A test fails if a page reports an error or sends a request to a host other than the emulated
 * Discord.
 */
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type ConsoleMessage,
  type Locator,
  type Page,
  type Request,
  type WebSocket as BrowserSocket,
} from 'playwright-core';
import { inject, test, type TestContext } from 'vitest';
import { WebSocket } from 'ws';
import type { Clock } from '../../src/clock.ts';
import { type Loopback, startLoopback } from '../../src/loopback/loopback.ts';
import type { Seed } from '../../src/loopback/seed.ts';
import { pageHandler } from '../../src/playground/page-server.ts';
import { type Caspian, caspian } from '../support/caspian.ts';
import { memoryStore } from '../support/memory-store.ts';

const pageTimeout = 60_000;
/** The address of the Chromium that all browser tests share. Empty if no Chromium is installed. */
const address = inject('browser');
let browser: Promise<Browser> | undefined;

/** Like `test`, but the tests run concurrently, and are skipped if no Chromium is installed. */
export const browserTest = (name: string, run: (context: TestContext) => Promise<void>): void =>
  test.concurrent(name, { skip: address === '' }, run);

/** A person who uses the page as a member. */
export interface Person {
  readonly page: Page;
  readonly composer: Locator;
  /** The messages in the current channel. */
  readonly messages: Locator;
  /** Waits for a message with this text. Returns the newest message with this text. */
  sees(text: string | RegExp): Promise<Locator>;
  /** Types a line and sends it with Enter. */
  types(line: string): Promise<void>;
  /** Presses the enabled button with this name in the newest message that has such a button. */
  presses(name: string): Promise<void>;
}

interface WithPages {
  /** Opens the page as the member with this user name. `before` is called before the page loads. */
  person(username: string, options?: BrowserContextOptions, before?: (page: Page) => Promise<unknown>): Promise<Person>;
}

/** Starts the bot, the emulated Discord, and the page. All of them use the given clock and stop when the test ends. */
export async function playground(context: TestContext, clock?: Clock): Promise<Caspian & WithPages> {
  const bot = await caspian(memoryStore(), context.onTestFinished, undefined, clock && { clock });
  return { ...bot, ...pageOpener(bot.loopback, context) };
}

/** The fields of an interaction that the tests use. */
interface Received {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly data: Readonly<Record<string, unknown>>;
}

interface PlainBot {
  readonly loopback: Loopback;
  /** Sends a request as the bot. A `FormData` body is sent as multipart. */
  rest(method: string, path: string, body: object): Promise<{ readonly id: string }>;
  /** The interactions that the bot received, in order. */
  readonly received: readonly Received[];
}

/** Starts a small bot that uses no library. The bot registers `commands` and replies with what `answer` returns. */
export async function plainBot(
  context: TestContext,
  commands: readonly object[],
  answer: (received: Received) => object,
  seed?: Seed,
): Promise<PlainBot & WithPages> {
  const page = pageHandler(new URL('../../src/playground/page/', import.meta.url), () => ({ emulated: loopback }));
  const loopback = await startLoopback({
    port: 0,
    page,
    rateLimits: 'off',
    gateway: { concurrencyMs: 0 },
    ...(seed && { seed }),
  });
  const { botToken, application } = loopback.world();
  async function rest(method: string, path: string, body: object) {
    const isForm = body instanceof FormData;
    const headers = { authorization: `Bot ${botToken}`, ...(!isForm && { 'content-type': 'application/json' }) };
    const sent = { method, headers, body: isForm ? body : JSON.stringify(body) };
    const said = await fetch(`${loopback.api}/v10${path}`, sent);
    const text = await said.text();
    if (!said.ok) throw new Error(`${method} ${path}: ${said.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as { readonly id: string };
  }
  await rest('PUT', `/applications/${application.id}/commands`, commands);
  const received: Received[] = [];
  const socket = new WebSocket(`${loopback.url.replace('http', 'ws')}/?v=10&encoding=json`);
  const ready = new Promise<void>((settle) => {
    socket.on('message', (raw: Buffer) => {
      const { op, t, d } = JSON.parse(raw.toString()) as { op: number; t: string; d: Received };
      const identity = { token: botToken, intents: 1, properties: {} };
      if (op === 10) socket.send(JSON.stringify({ op: 2, d: identity }));
      if (t === 'READY') settle();
      if (t !== 'INTERACTION_CREATE') return;
      received.push(d);
      void rest('POST', `/interactions/${d.id}/${d.token}/callback`, answer(d));
    });
  });
  context.onTestFinished(async () => {
    socket.terminate();
    await loopback.stop();
  });
  await ready;
  return { loopback, rest, received, ...pageOpener(loopback, context) };
}

function pageOpener({ url }: Loopback, { onTestFinished, expect }: TestContext): WithPages {
  const problems: string[] = [];
  const ownHost = hostOf(url);
  const isAllowed = (address: string) =>
    ['data:', 'about:'].includes(new URL(address).protocol) || hostOf(address) === ownHost;

  onTestFinished(() => expect(problems, 'errors of the page, and requests to other hosts').toEqual([]));
  return {
    async person(username, options = {}, before) {
      const page = before ? await newPage(options) : await idlePage(options);
      const note = (address: string) => isAllowed(address) || problems.push(`${username} asked ${address}`);
      const noteRequest = (request: Request) => note(request.url());
      const noteSocket = (socket: BrowserSocket) => note(socket.url());
      const noteError = (error: Error) => problems.push(`${username}: ${error.message}`);
      const noteLine = (line: ConsoleMessage) =>
        line.type() === 'error' && problems.push(`${username}: ${line.text()}`);
      page.on('pageerror', noteError).on('console', noteLine).on('websocket', noteSocket);
      page.context().on('request', noteRequest);
      onTestFinished(async () => {
        if (before) return page.context().close();
        page.off('pageerror', noteError).off('console', noteLine).off('websocket', noteSocket);
        page.context().off('request', noteRequest);
        await releasePage(page, options);
      });
      await before?.(page);
      await page.goto(`${url}/#member=${username}&channel=general`);
      return person(page);
    },
  };
}

/**
 * Pages that no test uses at the moment, by their options. Tests reuse pages, because opening a page takes about a
 * second of processor time. Each test has a server on another port, so a page shows no data of earlier tests.
 */
const idlePages = new Map<string, Page[]>();

const idlePage = async (options: BrowserContextOptions): Promise<Page> =>
  idlePages.get(JSON.stringify(options))?.pop() ?? newPage(options);

async function newPage(options: BrowserContextOptions): Promise<Page> {
  // All test files of a worker share a browser connection, which closes when the worker ends.
  browser ??= chromium.connect(address);
  const context = await (await browser).newContext(options);
  context.setDefaultTimeout(pageTimeout);
  return context.newPage();
}

/** Makes a page available to later tests. */
async function releasePage(page: Page, options: BrowserContextOptions): Promise<void> {
  await page.unrouteAll();
  await page.goto('about:blank');
  await page.mouse.move(0, 0);
  const key = JSON.stringify(options);
  idlePages.set(key, [...(idlePages.get(key) ?? []), page]);
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
