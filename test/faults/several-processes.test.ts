/** Tests several processes of one bot, each with some of the shards, on one PostgreSQL database. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { passing } from '../../src/loopback/virtual-clock.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { messageOf, wordsOf } from '../support/emulated-round.ts';
import { type SeveralBots, severalBots } from '../support/several-bots.ts';
import { postgresOfItsOwn, testDatabase } from '../support/test-database.ts';

/** Advances the clock until a member sees a message with these words in the channel of `place`. */
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

describe.skipIf(testDatabase === '')('several processes', () => {
  test('each process plays the rounds of its own servers, and a restarted process continues only these', async () => {
    const bots = await severalBots();
    const [first, second] = [await bots.bot('0-7/16'), await bots.bot('8-15/16')];
    const [ana, ben] = [await bots.member('ana', 3), await bots.member('ben', 12)];
    const [one, other] = [await begin(ana), await begin(ben)];
    expect(wordsOf(await ana.press(one, 'A'))).toContain('Locked A');
    expect(wordsOf(await ben.press(other, 'A'))).toContain('Locked A');
    await second.stop();
    const again = await bots.bot('8-15/16');
    await showsIn(bots, ben, other, 'Back again');
    expect(textsIn(ana, one).join()).not.toContain('Back again');
    for (const question of [one, other]) await showsIn(bots, ana, question, 'Podium');
    for (const { lost } of [first, second, again]) expect(lost).toEqual([]);
    const store = await postgresOfItsOwn({ schema: bots.schema });
    const keys = (await store.keys('member/', '')).map((key) => key.split('/')[2]);
    expect(keys.toSorted()).toEqual([ana.id, ben.id].toSorted());
    expect(await store.get('alive', z.unknown())).toMatchObject({ ranges: { '0-7/16': expect.any(Number) } });
  });
});
