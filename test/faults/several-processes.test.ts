/** Tests several processes of one bot, each with some of the shards, on one PostgreSQL database. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { passing } from '../../src/loopback/virtual-clock.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { patiently } from '../support/patiently.ts';
import { messageOf, wordsOf } from '../support/emulated-round.ts';
import { type SeveralBots, severalBots } from '../support/several-bots.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { newPostgresStore, testDatabase } from '../support/test-database.ts';

/** Advances the clock until the member sees a message with these words in the channel of the message `place`. */
const showsIn = ({ clock }: SeveralBots, member: LoopbackMember, place: SeenMessage, words: string) =>
  passing(
    clock,
    member.waitFor((message) => message.channel_id === place.channel_id && textOf(message).includes(words)),
    500,
  );

/** The texts of all messages in the channel of this message. */
const textsIn = (member: LoopbackMember, { channel_id: id }: SeenMessage): readonly string[] =>
  member.seen().flatMap((message) => (message.channel_id === id ? [textOf(message)] : []));

async function begin(member: LoopbackMember): Promise<SeenMessage> {
  const opened = await member.command('general', '/quiz group', { questions: 3, seconds: 20, thread: 'no' });
  await member.press(messageOf(opened), 'Start now');
  const { channel_id: id } = messageOf(opened);
  return member.waitFor((message) => message.channel_id === id && textOf(message).includes('Question 1 of 3'));
}

/** The ids of the members who have scores in the server with this index. */
async function scoresOf({ schema, loopback }: SeveralBots, server: number): Promise<readonly string[]> {
  const store = await newPostgresStore({ schema });
  const keys = await store.keys(`member/${loopback.world().guilds[server]?.id}/`, '');
  return keys.map((key) => key.split('/')[2] ?? '').toSorted();
}

describe.skipIf(testDatabase === '')('several processes', () => {
  test('a process that loses its shards leaves the gateway immediately and posts nothing, and the next owner of the shards continues the round', async () => {
    const bots = await severalBots();
    const proxy = await tcpProxy(testDatabase);
    const first = await bots.bot('0-7/16', { address: proxy.address });
    const ana = await bots.member('ana', 3);
    const question = await begin(ana);
    expect(wordsOf(await ana.press(question, 'A'))).toContain('Locked A');
    proxy.isDown = true;
    proxy.cut();
    const next = await bots.bot('0-7/16', { standby: 'wait' });
    proxy.isDown = false;
    await vi.waitFor(() => expect(first.lines.join()).toContain('the bot has left Discord'), patiently);
    expect(String(first.lost[0])).toContain('another process has taken the shards 0-7/16');
    expect(textsIn(ana, question).join()).not.toContain('paused');
    const ben = await bots.member('ben', 3);
    await showsIn(bots, ana, question, 'goes on');
    expect(wordsOf(await ben.press(question, 'B'))).toContain('Locked B');
    await showsIn(bots, ana, question, 'Podium');
    expect(await scoresOf(bots, 3)).toEqual([ana.id, ben.id].toSorted());
    expect(next.lost).toEqual([]);
  });

  test('several processes of one bot never send Identify payloads at the same time', async () => {
    const bots = await severalBots({ gateway: { concurrencyMs: 5_000, maxConcurrency: 1 } });
    await passing(bots.clock, Promise.all([bots.bot('0-1/4'), bots.bot('2-3/4')]), 50);
    const { session_start_limit: limit } = await bots.gateway();
    // Discord also counts refused Identify payloads. Each of the four shards needs one accepted payload. So a count
    // of four means that none was refused.
    expect(limit.total - limit.remaining).toBe(4);
  });

  test('processes share the daily limit of Identify payloads, and send no more when the limit is reached', async () => {
    const bots = await severalBots({ gateway: { concurrencyMs: 5_000, maxConcurrency: 1, starts: 3 } });
    const starts = await passing(bots.clock, Promise.allSettled([bots.bot('0-1/4'), bots.bot('2-3/4')]), 50);
    const errors = starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []));
    expect(errors).toEqual([expect.stringMatching(/Discord allows this bot no new session for \d+ minutes/)]);
    // If a process had sent another Identify payload, Discord would have reset the token and would refuse this request.
    const { session_start_limit: limit } = await bots.gateway();
    expect(limit).toMatchObject({ total: 3, remaining: 0 });
  });

  describe('with one emulated Discord and one database for all tests of the group', () => {
    let bots: SeveralBots;
    beforeAll(async () => {
      bots = await severalBots({ finished: afterAll });
    });

    test('only the process of the first shard registers the commands', async () => {
      const second = await passing(bots.clock, bots.bot('8-15/16'));
      const puts = () => bots.loopback.log.filter(({ method }) => method === 'PUT').length;
      expect(puts()).toBe(0);
      expect(second.lines.join()).toContain('has not registered /event yet');
      await bots.bot('0-7/16');
      expect(puts()).toBe(1);
      await bots.clock.advance(10_000);
      const ana = await bots.member('ana', 12);
      await vi.waitFor(
        async () => expect(wordsOf(await ana.command('general', '/help'))).toMatch(/<\/event:[1-9]/),
        patiently,
      );
    });

    test('each process plays the rounds of its own servers, and a restarted process continues only its own rounds', async () => {
      const [first, second] = [bots.running('0-7/16'), bots.running('8-15/16')];
      const [ana, ben] = [await bots.member('ana', 3), await bots.member('ben', 12)];
      const [one, other] = [await begin(ana), await begin(ben)];
      expect(wordsOf(await ana.press(one, 'A'))).toContain('Locked A');
      expect(wordsOf(await ben.press(other, 'A'))).toContain('Locked A');
      await second.stop();
      const again = await bots.bot('8-15/16');
      await showsIn(bots, ben, other, 'Back again');
      expect(textsIn(ana, one).join()).not.toContain('Back again');
      for (const question of [one, other]) await showsIn(bots, ana, question, 'Podium');
      expect(again.lines.filter((line) => line.includes(one.channel_id))).toEqual([]);
      for (const { lost } of [first, second, again]) expect(lost).toEqual([]);
      const store = await newPostgresStore({ schema: bots.schema });
      expect([await scoresOf(bots, 3), await scoresOf(bots, 12)]).toEqual([[ana.id], [ben.id]]);
      expect(await store.get('alive', z.unknown())).toMatchObject({ ranges: { '0-7/16': expect.any(Number) } });
    });

    test('a waiting process continues the rounds of the first process when the first process has stopped', async () => {
      const first = bots.running('0-7/16');
      const ana = await bots.member('ana', 5);
      const question = await begin(ana);
      expect(wordsOf(await ana.press(question, 'A'))).toContain('Locked A');
      const waiting = bots.bot('0-7/16', { standby: 'wait' });
      await first.stop();
      await waiting;
      await showsIn(bots, ana, question, 'goes on');
      const ben = await bots.member('ben', 5);
      expect(wordsOf(await ben.press(question, 'B'))).toContain('Locked B');
      await showsIn(bots, ana, question, 'Podium');
      expect(await scoresOf(bots, 5)).toEqual([ana.id, ben.id].toSorted());
    });

    test('a process that no longer owns its shards sends nothing, even while it is still connected to the gateway', async () => {
      const first = bots.running('0-7/16');
      const ana = await bots.member('ana', 6);
      const question = await begin(ana);
      // Ana, the host, has not answered, so the question stays open and only the number of answers is shown.
      const ben = await bots.member('ben', 6);
      expect(wordsOf(await ben.press(question, 'A'))).toContain('Locked A');
      await showsIn(bots, ana, question, '1 answer');
      const requests = () => bots.loopback.log.length;
      first.isReplaced = true;
      onTestFinished(() => void (first.isReplaced = false));
      const before = requests();
      const refused = vi.waitFor(
        () => expect(first.lines.join()).toContain('this process has lost its shards'),
        patiently,
      );
      await passing(bots.clock, refused);
      expect(requests()).toBe(before);
      first.isReplaced = false;
      await showsIn(bots, ana, question, 'Podium');
    });

    test('if a member changes a setting in a server of one process, other processes use the new setting', async () => {
      const [here, there] = [await bots.member('ana', 3), await bots.member('ana', 12)];
      const choices = async (member: LoopbackMember) =>
        JSON.stringify(messageOf(await member.command('general', '/me settings')).components);
      const before = await choices(there);
      await here.press(messageOf(await here.command('general', '/me settings')), 'Extra time', ['2']);
      expect(await choices(there)).not.toBe(before);
      expect(await choices(there)).toBe(await choices(here));
    });

    test('when a process starts, it does not mark servers on the shards of other processes as servers that removed the bot', async () => {
      const store = await newPostgresStore({ schema: bots.schema });
      for (const server of [3, 12]) {
        const ana = await bots.member('ana', server);
        await ana.command('general', '/setup board', { 'time-zone': 'Europe/Moscow' });
      }
      expect(await store.keys('settings/server/', '')).toHaveLength(2);
      await bots.restartAll();
      // After the start, each process compares the stored servers with the servers that Discord lists. This happens in
      // the background, so the test waits.
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await store.keys('removed/', '')).toEqual([]);
    });

    test('after a restart of all processes, only the process of the first shard continues a solo round in a private conversation', async () => {
      const ana = await bots.member('ana', 12);
      await ana.openDm();
      const question = messageOf(await ana.command('dm', '/quiz solo', { questions: 3 }));
      expect(textOf(question)).toContain('Question 1 of 3');
      await bots.restartAll();
      const solo = (range: string) => bots.running(range).liveRounds().solo;
      expect([solo('0-7/16'), solo('8-15/16')]).toEqual([1, 0]);
      expect(wordsOf(await ana.press(question, 'A'))).toContain('you said A');
      expect(wordsOf(await ana.press(question, 'Next'))).toContain('Question 2 of 3');
    });

    test('30 days after a server has removed the bot, the process with the shard of the server deletes the data of the server', async () => {
      const store = await newPostgresStore({ schema: bots.schema });
      // Ids of servers that have removed the bot. The bits of an id from bit 22 upwards determine the shard. With 16
      // shards, these servers belong to the shards 3 and 12 (Discord documentation, events/gateway#sharding).
      const removed = [3n, 12n].map((shard) => String((1n << 58n) + (shard << 22n)));
      const at = bots.clock.now() - 30 * 86_400_000 + 60_000;
      for (const server of removed) {
        await store.set(`settings/server/${server}`, { board: false });
        await store.set(`removed/${server}`, { at });
      }
      await bots.restartAll();
      const left = async () => (await store.keys('', '')).filter((key) => removed.some((id) => key.includes(id)));
      expect(await left()).toHaveLength(4);
      const deleted = vi.waitFor(async () => expect(await left()).toEqual([]), patiently);
      await passing(bots.clock, deleted, 5_000);
      const deletedBy = (range: string) =>
        bots.running(range).lines.filter((line) => line.includes('the bot was removed 30 days ago'));
      await vi.waitFor(() => expect(['0-7/16', '8-15/16'].flatMap(deletedBy)).toHaveLength(2), patiently);
      expect(deletedBy('0-7/16').join()).toContain(removed[0]);
      expect(deletedBy('8-15/16').join()).toContain(removed[1]);
    });

    test('/me delete also removes the member from the rounds of another process', async () => {
      const [ana, there, cem] = [
        await bots.member('ana', 3),
        await bots.member('ana', 13),
        await bots.member('cem', 13),
      ];
      const question = await begin(cem);
      expect(wordsOf(await there.press(question, 'A'))).toContain('Locked A');
      expect(wordsOf(await cem.press(question, 'B'))).toContain('Locked B');
      const asked = await ana.command('general', '/me delete');
      if (asked.kind !== 'modal') throw new Error(`no modal: ${JSON.stringify(asked)}`);
      const submitted = ana.submit(asked.modal, { sure: true });
      // A slow bot defers the reply and edits it later, so the test waits for the edited reply.
      await passing(
        bots.clock,
        ana.waitFor((message) => textOf(message).includes('Deleted: ')),
        5,
      );
      expect((await submitted).kind).toBe('answered');
      await showsIn(bots, cem, question, 'Podium');
      const store = await newPostgresStore({ schema: bots.schema });
      expect(await store.keysContaining('', ana.id)).toEqual([]);
      expect(await scoresOf(bots, 13)).toEqual([cem.id]);
    });
  });
});
