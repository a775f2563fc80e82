/** Tests that bots of other projects, in separate processes, need only an address and a token to connect. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { twoBots } from '../../src/loopback/seed.ts';
import { answerOf, joinMember, loopbackFor } from './real-bot.ts';

/** Starts foreign-bot.js and resolves with the user name of the bot after login. */
async function foreign(api: string, token: string, word: string): Promise<string> {
  const script = fileURLToPath(new URL('foreign-bot.js', import.meta.url));
  const bot = spawn(process.execPath, [script, api, token, word], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => bot.once('exit', () => resolve()));
  onTestFinished(async () => {
    bot.kill();
    await ended;
  });
  return new Promise((resolve, reject) => {
    bot.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    bot.once('exit', (code) => reject(new Error(`The bot ended with ${code}.`)));
  });
}

test('two foreign bots can connect and reply to commands', { timeout: 60_000 }, async () => {
  const loopback = await loopbackFor({ seed: twoBots });
  const { api, botToken, applications } = loopback.world();
  const [first, second] = applications;
  expect(first?.token).toBe(botToken);
  expect(await foreign(api, botToken, 'ping')).toBe(first?.name);
  expect(await foreign(api, second?.token ?? '', 'pong')).toBe(second?.name);
  const ana = await joinMember(loopback, 'ana');
  const ping = answerOf(await ana.command('general', '/ping'));
  const pong = answerOf(await ana.command('general', '/pong'));
  const answers = [
    await ana.waitFor((it) => it.id === ping.id && it.content !== ''),
    await ana.waitFor((it) => it.id === pong.id && it.content !== ''),
  ];
  expect(answers.map(({ author, content }) => [author.id, content])).toEqual([
    [first?.id, 'ping from Ana'],
    [second?.id, 'pong from Ana'],
  ]);
});
