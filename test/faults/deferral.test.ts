/** Tests that the bot defers an interaction 1.5 s after its arrival, or 2.2 s after its creation if that is earlier. */
import { EventEmitter } from 'node:events';
import { type Client, Events } from 'discord.js';
import { expect, test } from 'vitest';
import type { App } from '../../src/bot/ports/app.ts';
import { message } from '../../src/chat/message/message-components.ts';
import { answerInteractions } from '../../src/discord/interactions.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { createLog } from '../../src/log.ts';
import { settled, virtualClock } from '../../src/loopback/virtual-clock.ts';

/** A bot that needs ten seconds to answer a button press. */
function slowBot(onNotSent?: () => Promise<void>) {
  const clock = virtualClock();
  const client = Object.assign(new EventEmitter(), { ws: { handlePacket: () => true } });
  const slow = () =>
    new Promise<object>(
      (resolve) =>
        void clock.alarm(clock.now() + 10_000, () => resolve({ message: message(), ...(onNotSent && { onNotSent }) })),
    );
  const app = { commands: [], runComponent: slow } as unknown as App;
  const time = measureTime(clock);
  // The client only needs to emit the event InteractionCreate.
  answerInteractions(client as unknown as Client, app, clock, time, createLog('silent'));
  let ids = 0;
  /** Delivers a press that is `age` ms old. The returned function gives the time from delivery to deferral in ms. */
  const press = (age: number) => {
    const delivered = clock.now();
    let deferredAfter: number | undefined;
    client.emit(Events.InteractionCreate, {
      id: String(++ids),
      createdTimestamp: clock.now() - age,
      customId: 'quiz:join:r',
      user: { id: '1', displayName: 'Ana' },
      client: { options: {} },
      guildId: null,
      channelId: 'c',
      authorizingIntegrationOwners: {},
      appPermissions: { has: () => true },
      isAutocomplete: () => false,
      isChatInputCommand: () => false,
      isButton: () => true,
      isMessageComponent: () => false,
      isModalSubmit: () => false,
      isFromMessage: () => false,
      async deferReply() {
        if (onNotSent) throw new Error('pretended: the deferral got lost');
        deferredAfter = clock.now() - delivered;
      },
      async fetchReply() {
        throw new Error('pretended: there is no reply');
      },
      reply: async () => undefined,
      editReply: async () => ({ id: '1' }),
    });
    return async () => {
      await settled();
      await clock.advance(1_600);
      return deferredAfter;
    };
  };
  return { press, clock };
}

test('an interaction that arrives without delay is deferred after 1.5 s', async () => {
  const { press } = slowBot();
  expect(await press(0)()).toBe(1_500);
});

test('the longer an interaction was delayed on its way to the bot, the sooner the bot defers it', async () => {
  const { press } = slowBot();
  await press(0)();
  expect(await press(1_500)()).toBe(700);
  expect(await press(2_800)()).toBe(0);
});

test('interactions are not deferred too early if the bot’s clock is ten seconds fast', async () => {
  const { press } = slowBot();
  await press(10_000)();
  expect(await press(10_000)()).toBe(1_500);
});

test('if deferring an interaction failed, onNotSent is called when the response is ready', async () => {
  let notSent = 0;
  const { press, clock } = slowBot(async () => void (notSent += 1));
  await press(0)();
  expect(notSent).toBe(0);
  await clock.advance(10_000);
  expect(notSent).toBe(1);
});
