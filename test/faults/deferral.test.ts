/** When the bot defers an interaction: by Discord's timestamp, not by the moment the bot hears of it. */
import { EventEmitter } from 'node:events';
import { type Client, Events } from 'discord.js';
import { expect, test } from 'vitest';
import type { App } from '../../src/bot/ports/app.ts';
import { message } from '../../src/chat/message/message-components.ts';
import { answerInteractions } from '../../src/discord/interactions.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { createLog } from '../../src/log.ts';
import { settled, virtualClock } from '../../src/loopback/virtual-clock.ts';

/** A button whose press takes the bot ten seconds to answer. */
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
  // Only the event is used of the client.
  answerInteractions(client as unknown as Client, app, clock, time, createLog('silent'));
  let ids = 0;
  /** Delivers a press that Discord stamped `age` ms ago. Gives after how many ms it is deferred. */
  const press = (age: number) => {
    const delivered = clock.now();
    let deferredAfter: number | undefined;
    client.emit(Events.InteractionCreate, {
      id: String(++ids),
      createdTimestamp: clock.now() - age,
      customId: 'quiz:join:r',
      user: { id: '1', displayName: 'Ana' },
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

test('an interaction that arrives late is deferred earlier, counted from its timestamp', async () => {
  const { press } = slowBot();
  await press(0)();
  expect(await press(1_500)()).toBe(700);
  expect(await press(2_800)()).toBe(0);
});

test('a clock that is ten seconds fast defers no interaction too early', async () => {
  const { press } = slowBot();
  await press(10_000)();
  expect(await press(10_000)()).toBe(1_500);
});

test('a response whose deferral failed is reported as not sent once it is ready', async () => {
  let notSent = 0;
  const { press, clock } = slowBot(async () => void (notSent += 1));
  await press(0)();
  expect(notSent).toBe(0);
  await clock.advance(10_000);
  expect(notSent).toBe(1);
});
