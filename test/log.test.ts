import { Writable } from 'node:stream';
import { DiscordAPIError } from '@discordjs/rest';
import { expect, test } from 'vitest';
import { createLog, withoutTokens } from '../src/log.ts';

const interactionToken = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTpjYW5hcnk';
const botToken = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe.canary-canary-canary-canary-canary';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = '';
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      lines += chunk.toString();
      done();
    },
  });
  write(createLog('info', out));
  return lines;
}

test('T10: bot tokens and interaction tokens in a text are replaced by [token]', () => {
  const url = `https://discord.com/api/v10/interactions/1234567890123456789/${interactionToken}/callback`;
  expect(withoutTokens(url)).toBe('https://discord.com/api/v10/interactions/1234567890123456789/[token]/callback');
  const webhook = `/webhooks/1234567890123456789/${interactionToken}/messages/@original`;
  expect(withoutTokens(webhook)).toBe('/webhooks/1234567890123456789/[token]/messages/@original');
  expect(withoutTokens(`Bot ${botToken}`)).toBe('Bot [token]');
});

test('T10: a Discord error is logged without tokens and without text written by members', () => {
  const error = new DiscordAPIError(
    { code: 10_062, message: 'Unknown interaction' },
    10_062,
    404,
    'POST',
    `https://discord.com/api/v10/interactions/1234567890123456789/${interactionToken}/callback`,
    { files: undefined, body: { content: 'what a member wrote' } },
  );
  const line = logged((log) => log.error({ err: new Error(`wrapped ${botToken}`, { cause: error }) }, 'failed'));
  expect(line).toContain('Unknown interaction');
  expect(line).toContain('10062');
  expect(line).not.toContain(interactionToken);
  expect(line).not.toContain('canary');
  expect(line).not.toContain('what a member wrote');
});
