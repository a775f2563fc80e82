/**
 * Tests the leaderboard with the real discord.js client: its ephemeral pages, and how it hides members who left the
 * guild.
 */
import { expect, test } from 'vitest';
import { type Member, memberSchema } from '../../src/core/scores/member.ts';
import { applyResult } from '../../src/core/scores/apply-result.ts';
import { caspian } from '../support/caspian.ts';
import { labelsOf, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { memoryStore } from '../support/memory-store.ts';
import { answerOf } from './real-bot.ts';

const isEphemeral = ({ flags }: SeenMessage) => (flags & 64) !== 0;

/** The stored value of a member who has given only right answers. `right` is the number of answers. */
function valueOf(user: string, name: string, right: number): Member {
  let member: Member | undefined;
  for (let question = 0; question < right; question++)
    member = applyResult(
      member,
      {
        round: 'r',
        question,
        questionId: `q${question}`,
        kind: 'who',
        about: [],
        scope: 'g',
        user,
        name,
        right: true,
        points: 10,
        at: 0,
      },
      { day: 20_000, topics: [] },
    );
  if (!member) throw new Error('nobody');
  return member;
}

test('the second leaderboard page is ephemeral and hides members who left the guild', async () => {
  const store = memoryStore();
  const { member, loopback } = await caspian(store);
  const [ana, ben] = [await member('ana'), await member('ben')];
  const guild = loopback.world().guilds[0]?.id ?? '';
  const checked = Date.now();
  for (let other = 0; other < 12; other++) {
    const id = `1${String(other).padStart(17, '0')}`;
    await store.set(`member/${guild}/${id}`, { ...valueOf(id, `Other ${other}`, 5), checked });
  }
  await store.set(`member/${guild}/${ana.id}`, valueOf(ana.id, 'Ana', 1));
  await store.set(`member/${guild}/${ben.id}`, valueOf(ben.id, 'Ben', 9));
  await ben.request('DELETE', `/users/@me/guilds/${guild}`);

  const board = answerOf(await ana.command('general', '/leaderboard', { window: 'all' }));
  expect(textOf(board)).toContain('1 to 10 of 14 members');
  expect(textOf(board)).toContain('**Ben**');
  expect(isEphemeral(board)).toBe(false);
  expect(labelsOf(board)).toEqual(['Next 10', 'My place', 'Group progress']);
  await expect
    .poll(() => store.get(`member/${guild}/${ben.id}`, memberSchema), { interval: 5 })
    .toMatchObject({ left: true });

  const second = answerOf(await ana.press(board, 'Next 10'));
  expect(isEphemeral(second)).toBe(true);
  expect(textOf(second)).toContain('11 to 13 of 13 members');
  expect(textOf(second)).toContain('**Ana** (you)');
  const first = answerOf(await ana.press(second, 'Previous 10'));
  expect(first.id).toBe(second.id);
  expect(textOf(first)).not.toContain('Ben');
  expect(textOf((await ana.messages('general'))[0] ?? board)).toContain('1 to 10 of 14 members');
  expect(loopback.unknownRoutes).toEqual([]);
});

test('the leaderboard hides deleted accounts and members who left, even if the request for another member fails', async () => {
  const store = memoryStore();
  const { member, loopback } = await caspian(store);
  const ana = await member('ana');
  const guild = loopback.world().guilds[0]?.id ?? '';
  // The bot requests members in the order of their ranks. The member named "Blocked" has the best rank, so the first
  // request is the one that fails.
  const ids = { Blocked: '100000000000000001', Deleted: '100000000000000002', Gone: '100000000000000003' };
  for (const [index, [name, id]] of Object.entries(ids).entries())
    await store.set(`member/${guild}/${id}`, valueOf(id, name, 9 - index));
  await store.set(`member/${guild}/${ana.id}`, valueOf(ana.id, 'Ana', 1));
  const route = (id: string) => new RegExp(`/members/${id}$`);
  loopback.faults.next({ route: route(ids.Blocked), status: 403, code: 50_001, message: 'Missing Access' });
  loopback.faults.next({ route: route(ids.Deleted), status: 404, code: 10_013, message: 'Unknown User' });

  await ana.command('general', '/leaderboard', { window: 'all' });
  const left = async (id: string) => (await store.get(`member/${guild}/${id}`, memberSchema))?.left;
  await expect.poll(() => Promise.all([left(ids.Deleted), left(ids.Gone)]), { interval: 5 }).toEqual([true, true]);
  expect(await left(ids.Blocked)).toBeUndefined();
  const next = textOf(answerOf(await ana.command('general', '/leaderboard', { window: 'all' })));
  expect(next).toContain('Blocked');
  expect(next).not.toMatch(/Deleted|Gone/);
});
