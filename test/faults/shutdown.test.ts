/** Tests how the process ends after a signal or an uncaught error, and when a part of the bot fails to stop. */
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createShutdown, type ProcessPort } from '../../src/cli/shutdown.ts';
import { createLog } from '../../src/log.ts';

/** Creates the shutdown of a simulated process that has two parts. `ended` resolves to the exit code. */
function fakeShutdown() {
  const events = new EventEmitter();
  const exit: { code?: (code: unknown) => void } = {};
  const ended = new Promise<unknown>((resolve) => (exit.code = resolve));
  const port = Object.assign(events, {
    ppid: 1,
    env: {},
    exit: (code: unknown) => exit.code?.(code),
  }) as unknown as ProcessPort;
  const lines: Record<string, unknown>[] = [];
  const log = createLog('info', {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  const shutdown = createShutdown(port);
  const stopped: string[] = [];
  for (const part of ['store', 'bot']) shutdown.add(async () => void stopped.push(part));
  shutdown.onSignals(log);
  shutdown.onErrors(log);
  return { events, ended, shutdown, log, lines, stopped };
}

test('an unhandled rejection is logged and counted, and the process keeps running', async () => {
  const { events, ended, lines, stopped } = fakeShutdown();
  events.emit('unhandledRejection', new Error('first'));
  events.emit('unhandledRejection', new Error('second'));
  expect(lines).toMatchObject([
    { err: { message: 'first' }, rejections: 1, reference: expect.stringMatching(/^[0-9a-f]{8}$/) as string },
    { err: { message: 'second' }, rejections: 2 },
  ]);
  expect(await Promise.race([ended, new Promise((resolve) => setImmediate(resolve, 'running'))])).toBe('running');
  expect(stopped).toEqual([]);
});

test('after an uncaught exception, the error is logged with a reference, all parts are stopped, and the exit code is 70', async () => {
  const { events, ended, lines, stopped } = fakeShutdown();
  events.emit('uncaughtException', new Error('a bug'));
  expect(await ended).toBe(70);
  expect(stopped).toEqual(['bot', 'store']);
  expect(lines).toMatchObject([
    { level: 60, err: { message: 'a bug' }, reference: expect.stringMatching(/^[0-9a-f]{8}$/) as string },
  ]);
});

test('all parts are stopped once, in reverse order, even if SIGTERM arrives twice', async () => {
  const { events, ended, stopped } = fakeShutdown();
  events.emit('SIGTERM');
  events.emit('SIGTERM');
  expect(await ended).toBeUndefined();
  expect(stopped).toEqual(['bot', 'store']);
});

test('if a part fails to stop, the error is logged and the other parts are still stopped', async () => {
  const { ended, shutdown, log, lines, stopped } = fakeShutdown();
  shutdown.add(() => Promise.reject(new Error('the client does not stop')));
  await shutdown.end(log, 78);
  expect(await ended).toBe(1);
  expect(stopped).toEqual(['bot', 'store']);
  expect(lines).toMatchObject([{ err: { message: 'the client does not stop' }, msg: 'stopping failed' }]);
});
