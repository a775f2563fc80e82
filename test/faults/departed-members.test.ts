/** Tests that the bot detects members who have left a server even if the request for another member fails. */
import { expect, test } from 'vitest';
import { createBoardCache } from '../../src/bot/scores/board-cache.ts';
import { createBoardSource } from '../../src/bot/scores/board-source.ts';
import { createDeletions } from '../../src/bot/scores/deletions.ts';
import { noteDepartedMembers } from '../../src/bot/scores/departed-members.ts';
import { memberKey } from '../../src/bot/scores/score-keys.ts';
import { ChannelError } from '../../src/bot/ports/channels.ts';
import { memberSchema, newMember } from '../../src/core/scores/member.ts';
import { createLog } from '../../src/log.ts';
import { memoryStore } from '../support/memory-store.ts';

const week = 7 * 86_400_000;

test('if the request for one member fails, the bot still detects whether the other members have left', async () => {
  const store = memoryStore();
  for (const user of ['ana', 'ben', 'cem']) await store.set(memberKey('guild', user), newMember(user));
  let isDown = true;
  const asked: string[] = [];
  const ports = {
    store,
    boards: createBoardCache(createBoardSource(store), createLog('silent')),
    deletions: createDeletions(),
    log: createLog('silent'),
    membership: {
      async isMember(_: string, user: string) {
        asked.push(user);
        if (user === 'ana' && isDown) throw new ChannelError('failed', 'pretended', undefined);
        return user === 'cem';
      },
    },
  };
  const left = async (user: string) => (await store.get(memberKey('guild', user), memberSchema))?.left;

  await noteDepartedMembers(ports, 'guild', ['ana', 'ben', 'cem'], week);
  expect(asked).toEqual(['ana', 'ben', 'cem']);
  expect([await left('ana'), await left('ben'), await left('cem')]).toEqual([undefined, true, undefined]);

  isDown = false;
  await noteDepartedMembers(ports, 'guild', ['ana', 'ben', 'cem'], week);
  expect(asked).toEqual(['ana', 'ben', 'cem', 'ana']);
  expect(await left('ana')).toBe(true);
});
