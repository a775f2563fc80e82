/**
 * Moves that remove something: a message, a thread, a channel, the bot, a member or the data of a member. A removal may
 * cause the bot to lose some answers. In the records, these answers are marked as not acknowledged. If a member deletes
 * their data, their answers are moved to `forgotten`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../src/core/dice.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { botRolePermissions } from '../../src/loopback/permission-bits.ts';
import { randomItem } from './member-moves.ts';
import type { StudyServer } from './study-servers.ts';

/** Time from the removal of the bot from a server until the bot is added again, in ms. */
const awayMs = 4_000;

/** Removes something from a server. The purpose of the server determines what is removed. */
export async function remove(server: StudyServer, loopback: Loopback, chance: Dice): Promise<void> {
  switch (server.purpose) {
    case 'usual':
      return;
    case 'removals':
      return removePlace(server, chance);
    case 'kicks':
      return kickBot(server, loopback);
    case 'leaving':
      return leave(server);
    case 'forgetting':
      return forget(server);
  }
}

/**
 * Marks the answers to the latest question of each group round as not acknowledged. If a channel, a thread, a message
 * or the bot is removed, the open question is cut short, and no message shows this. Therefore the check must accept
 * both results: that these answers count, and that they do not count.
 */
function excuseLatestAnswers({ pressed }: StudyServer): void {
  const latest = new Map<string, number>();
  for (const { round, question } of pressed) latest.set(round, Math.max(question, latest.get(round) ?? 0));
  for (const one of pressed) if (!one.solo && latest.get(one.round) === one.question) one.acknowledged = false;
}

async function removePlace(server: StudyServer, chance: Dice): Promise<void> {
  const { owner, channels } = server;
  excuseLatestAnswers(server);
  const threads = owner.events.filter(({ t }) => t === 'THREAD_CREATE').map(({ d }) => String(d['id']));
  const thread = threads.at(-1);
  const kind = chance.below(4);
  if (kind === 0) {
    const channel = randomItem(channels, chance);
    await owner.request('DELETE', `/channels/${channel}`);
    const made = await owner.request('POST', `/guilds/${server.id}/channels`, { name: 'new', type: 0 });
    server.channels = [...channels.filter((id) => id !== channel), (made as { readonly id: string }).id];
  } else if (kind === 1 && thread !== undefined) await owner.request('DELETE', `/channels/${thread}`);
  else {
    const message = owner.seen().findLast(({ flags }) => (flags & 64) === 0);
    if (message) await owner.request('DELETE', `/channels/${message.channel_id}/messages/${message.id}`);
  }
}

async function kickBot(server: StudyServer, loopback: Loopback): Promise<void> {
  const { owner, id } = server;
  const { application } = loopback.world();
  excuseLatestAnswers(server);
  await owner.request('DELETE', `/guilds/${id}/members/${application.id}`);
  await sleep(awayMs);
  const body = { guild_id: id, permissions: String(botRolePermissions) };
  await owner.request('POST', `/oauth2/authorize?client_id=${application.id}&scope=bot`, body);
}

/** A member leaves the server. The member cannot come back, because the emulated Discord has no invites. */
async function leave(server: StudyServer): Promise<void> {
  const member = server.members.at(-1);
  if (!member || server.members.length < 3) return;
  // The member's solo round is stopped first, because nobody could stop it later.
  await member.command(server.channels[0] ?? '', '/quiz stop');
  server.members = server.members.filter((other) => other !== member);
  await member.request('DELETE', `/users/@me/guilds/${server.id}`);
}

/** The last member deletes all data about themselves. */
async function forget(server: StudyServer): Promise<void> {
  const member = server.members.at(-1);
  const shown = await member?.command(server.channels[0] ?? '', '/me delete');
  if (!member || shown?.kind !== 'modal') return;
  const own = server.pressed.filter(({ user }) => user === member.id);
  // If the reply is lost, it is unknown whether the bot has deleted the data. Therefore these answers need not count.
  for (const one of own) one.acknowledged = false;
  const outcome = await member.submit(shown.modal, { sure: true });
  if (outcome.kind !== 'answered' || !outcome.message || !textOf(outcome.message).startsWith('Deleted')) return;
  const kept = server.pressed.filter(({ user }) => user !== member.id);
  server.pressed.splice(0, server.pressed.length, ...kept);
  server.forgotten.push(...own);
}
