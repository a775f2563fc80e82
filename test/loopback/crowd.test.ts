/**
 * Tests a round with 200 players. Groups of 50 players press a button at the same time. The bot uses the real
 * discord.js client.
 */
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startLoopback } from '../../src/loopback/loopback.ts';
import { savedRoundSchema } from '../../src/bot/rounds/saved-round.ts';
import { startBot } from '../../src/compose.ts';
import { library } from '../support/caspian.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { memoryStore } from '../support/memory-store.ts';
import { seen } from '../support/seen.ts';
import { bankOf, lettered } from '../support/questions.ts';

const players = 200;
const atOnce = 50;
/** Minimum time between two edits of an open question, in ms. */
const editEvery = 3_000;

// The bot passes this test because it saves presses in groups and limits the edits of a question.
test('F4: if 200 players answer in groups of 50, every answer is recorded and every press gets a reply', async () => {
  const clock = virtualClock();
  const loopback = await startLoopback({
    port: 0,
    clock,
    seed: {
      bots: [{ name: 'Caspian' }],
      servers: [{ name: 'Study group', channels: ['general'] }],
      members: Array.from({ length: players }, (_, index) => ({ username: `p-${index}`, name: `Player ${index}` })),
    },
  });
  const store = memoryStore();
  const bot = await startBot({
    library: { ...library, bank: bankOf(lettered('one'), lettered('two')) },
    store,
    token: loopback.world().botToken,
    api: loopback.api,
    clock,
    log: createLog('silent'),
    onEnd: (error) => {
      throw error;
    },
  });
  const host = await joinAs(loopback, 'p-0');
  onTestFinished(async () => {
    host.close();
    await bot.stop();
    await loopback.stop();
  });
  const lobby = await host.command('general', '/quiz group', { seconds: 120, thread: 'no' });
  if (lobby.kind !== 'answered' || !lobby.message) throw new Error(JSON.stringify(lobby));
  await host.press(lobby.message, 'Start now');
  const question = await host.waitFor((message) => textOf(message).includes('Question 1 of 2'));

  const world = loopback.world();
  const ids = [...JSON.stringify(question.components).matchAll(/"custom_id":"(quiz:answer:[^"]+)"/g)].map(
    ([, id]) => id,
  );
  expect(ids).toHaveLength(4);
  const press = async (player: number) => {
    const response = await fetch(`${loopback.api}/v10/interactions`, {
      method: 'POST',
      headers: { authorization: world.members[player]?.token ?? '', 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 3,
        application_id: world.application.id,
        guild_id: world.guilds[0]?.id,
        channel_id: question.channel_id,
        session_id: 'crowd',
        nonce: randomBytes(8).toString('hex'),
        message_id: question.id,
        message_flags: question.flags,
        data: { component_type: 2, custom_id: ids[player % 4] },
      }),
    });
    expect(response.status).toBe(204);
  };
  const answers = () => loopback.log.filter(({ path, body }) => path.endsWith('/callback') && isLocked(body));
  const began = clock.now();
  for (let first = 0; first < players; first += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, index) => press(first + index)));
    await expect.poll(answers, { interval: 5 }).toHaveLength(first + atOnce);
    await clock.advance(1_000);
  }

  // The bot shows the right answer as soon as all players have answered, long before the time limit of 120 seconds.
  const revealed = await passing(
    clock,
    host.waitFor(({ id, ...message }) => id === question.id && textOf(message).includes('✔')),
  );
  const counts = [...textOf(revealed).matchAll(/ (\d+) \(25 %\)/g)].map(([, count]) => Number(count));
  expect(counts).toEqual([50, 50, 50, 50]);
  for await (const [, { quiz }] of store.range('round/', savedRoundSchema))
    expect(Object.keys(quiz.answers[0] ?? {})).toHaveLength(players);

  // If the bot asks Discord to send back the message of a reply, the status is 200, otherwise 204. The bot asks for the
  // message if it will replace or delete the reply later.
  expect(answers().filter(({ status }) => status === 200 || status === 204)).toHaveLength(players);
  const edits = loopback.log.filter(
    ({ method, path }) => method === 'PATCH' && path.endsWith(`/messages/${question.id}`),
  );
  expect(edits.length - 1).toBeLessThanOrEqual(Math.ceil((clock.now() - began) / editEvery));
  seen(`200 answers and replies, ${edits.length} edits of the question`);
}, 120_000);

const isLocked = (body: unknown): boolean => JSON.stringify(body).includes('Locked ');
