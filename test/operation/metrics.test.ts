/** Tests the metrics of the real bot after members have used the bot and some requests and writes have failed. */
import { expect, test } from 'vitest';
import { textOf } from '../../src/loopback/seen-message.ts';
import { passing } from '../../src/loopback/virtual-clock.ts';
import { messageOf } from '../support/emulated-round.ts';
import { operatedBot } from '../support/operated-bot.ts';

/** Parses the text format of Prometheus: a map from `name{labels}` to the value. */
function readMetrics(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

type Operated = Awaited<ReturnType<typeof operatedBot>>;

/** Makes members use look-ups and /help, and answer the first question of a round. */
async function useBot({ clock, member }: Operated): Promise<void> {
  const [ana, ben] = [await member('ana'), await member('ben')];
  await ana.command('general', '/event', { about: 'rasht' });
  await ana.command('general', '/event', { about: 'astara' });
  await ana.openDm();
  await ana.command('dm', '/help');
  await ana.autocomplete('general', '/event', 'about', 'ras');
  const opened = await ana.command('general', '/quiz group', { questions: 3, seconds: 20, thread: 'no' });
  await ana.press(messageOf(opened), 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  await ben.press(question, 'B');
  await ana.press(question, 'A');
  await passing(
    clock,
    ana.waitFor((message) => textOf(message).includes('Question 2 of 3')),
    500,
  );
}

/** Lets some requests to Discord and some writes to the store fail. */
async function misfortunes({ clock, loopback, member, store }: Operated): Promise<void> {
  const ben = await member('ben');
  const callback = { method: 'POST', route: '/interactions/:interaction/:token/callback' };
  loopback.faults.next({ ...callback, status: 404, code: 10_062, message: 'Unknown interaction' });
  await passing(clock, ben.command('general', '/help'), 500);
  loopback.faults.next({ ...callback, status: 429, retryAfter: 0.01 });
  await passing(clock, ben.command('general', '/help'), 50);
  loopback.faults.next({ ...callback, status: 400, code: 123_456, message: 'A code that nobody knows' });
  await passing(clock, ben.command('general', '/help'), 500);
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  await ben.command('general', '/quiz solo', { questions: 3 });
  store.fail = undefined;
}

test('/metrics counts commands, presses and failures, and its labels contain neither ids nor names of members', async () => {
  const bot = await operatedBot();
  await bot.bot;
  await useBot(bot);
  await misfortunes(bot);
  const { text } = await bot.ask('/metrics');
  const metrics = readMetrics(text);
  const count = (name: string) => metrics.get(name);
  const acknowledged = (labels: string) => count(`caspian_acknowledgement_seconds_count{${labels}}`);

  expect(acknowledged('command="/event",type="command",install="server"')).toBe(2);
  expect(acknowledged('command="/event",type="autocomplete",install="server"')).toBe(1);
  expect(acknowledged('command="/quiz group",type="command",install="server"')).toBe(1);
  expect(acknowledged('command="/quiz",type="component",install="server"')).toBe(3);
  // Members used /help once in a private conversation and three times in the server. Discord accepted the response in
  // the private conversation and two of the three responses in the server.
  expect(acknowledged('command="/help",type="command",install="server"')).toBe(3);
  expect(count('caspian_unanswered_total{reason="late"}')).toBe(1);
  expect(count('caspian_search_seconds_count{search="find"}')).toBe(2);
  expect(count('caspian_search_seconds_count{search="suggest"}')).toBe(1);
  expect(count('caspian_store_seconds_count{operation="set",outcome="done"}')).toBeGreaterThan(2);
  expect(count('caspian_store_seconds_count{operation="set",outcome="failed"}')).toBeGreaterThan(0);
  expect(count('caspian_discord_429_total{scope="user"}')).toBe(1);
  expect(count('caspian_discord_requests_total{status="429"}')).toBe(1);
  expect(count('caspian_discord_refusals_total{code="10062"}')).toBe(1);
  expect(count('caspian_discord_refusals_total{code="other"}')).toBe(1);
  expect(count('caspian_rounds{mode="group"}')).toBe(1);
  expect(count('caspian_rounds{mode="solo"}')).toBe(0);
  expect(count('caspian_servers')).toBe(bot.loopback.world().guilds.length);
  expect(count('caspian_shards{state="ready"}')).toBe(1);
  expect(count('caspian_discord_requests_left')).toBeGreaterThan(0);
  expect(count('caspian_ready{check="store"}')).toBe(1);
  expect(count('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);

  const labels = [...text.matchAll(/\{([^}]*)\}/g)].join('\n');
  expect(labels).not.toMatch(/\d{17,}|ana|ben/);
});

test('a command in a server without the bot is counted as install="user" if the member has installed the app', async () => {
  const { ask, bot, loopback, member } = await operatedBot();
  const { applicationId } = await bot;
  const ana = await member('ana');
  const [, second] = loopback.world().guilds;
  await ana.request('POST', `/oauth2/authorize?client_id=${applicationId}&scope=applications.commands`, {});
  await ana.request('DELETE', `/guilds/${second?.id}/members/${applicationId}`);
  const channel = second?.channels[0]?.id ?? '';
  expect(await ana.command(channel, '/help')).toMatchObject({ kind: 'answered' });
  const counted = 'caspian_acknowledgement_seconds_count{command="/help",type="command",install="user"} 1\n';
  await expect.poll(async () => (await ask('/metrics')).text).toContain(counted);
});
