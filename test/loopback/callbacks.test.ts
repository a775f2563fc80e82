/**
 * Tests which callback types are valid for each kind of interaction, and that the first follow-up after a deferred
 * callback becomes the reply. Source: Discord documentation, interactions/receiving-and-responding.
 */
import { MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { answerOf, apiRequest, joinMember, deferred, loopbackFor, realBot, type Answer } from './real-bot.ts';

const label = { type: 18, label: 'L', component: { type: 4, custom_id: 't', style: 1, required: false } };
const modal = { custom_id: 'm', title: 'T', components: [label] };
const row = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] } as const;
const content = { content: 'x', components: [row] };
const data: Readonly<Record<number, object | undefined>> = { 4: content, 7: content, 8: { choices: [] }, 9: modal };

/** The callback types that Discord accepts for each kind of interaction. */
const allowedTypes = {
  command: [4, 5, 9],
  component: [4, 5, 6, 7, 9],
  autocomplete: [8],
  'modal after a command': [4, 5],
  'modal after a component': [4, 5, 6, 7],
} as const;

/**
 * The callback types that the bot must send before a member can create each kind of interaction. For example, a member
 * can submit a modal only after the bot has sent a callback of type 9.
 */
const callbacksBefore: Readonly<Record<keyof typeof allowedTypes, readonly number[]>> = {
  command: [],
  component: [4],
  autocomplete: [],
  'modal after a command': [9],
  'modal after a component': [4, 9],
};

test.each(Object.entries(allowedTypes))(
  'an interaction of the kind "%s" accepts only the callback types %j',
  async (name, types) => {
    const kind = name as keyof typeof allowedTypes;
    const before = callbacksBefore[kind];
    const loopback = await loopbackFor({ rateLimits: 'off', clock: virtualClock() });
    let planned: number[] = [];
    let tried = deferred<Answer>();
    const bot = await realBot(loopback, async (each) => {
      const isLast = planned.length === 1;
      const type = planned.shift();
      const path = `/interactions/${each.id}/${each.token}/callback`;
      const answer = await apiRequest(loopback, 'POST', path, { type, data: data[type ?? 0] }, '');
      if (isLast) tried.resolve(answer);
    });
    const option = { type: 3, name: 'q', description: 'q', autocomplete: true } as const;
    await bot.application.commands.set([{ name: 'ask', description: 'a', options: [option] }]);
    const ana = await joinMember(loopback, 'ana');
    for (const type of [1, 4, 5, 6, 7, 8, 9, 10, 12]) {
      planned = [...before, type];
      tried = deferred();
      use(ana, kind).catch(() => undefined);
      const answer = await tried.promise;
      const fits = types.some((each) => each === type);
      expect({ type, status: answer.status }).toEqual({ type, status: fits ? 204 : 400 });
      if (!fits) expect(answer.body).toMatchObject({ code: 50_035, errors: { type: {} } });
    }
  },
);

/**
 * Submits an interaction of this kind, after the interactions that it needs: a press or a modal needs a command, and a
 * modal after a component also needs a press. Rejects if the member disconnects before the bot has replied.
 */
async function use(ana: LoopbackMember, kind: keyof typeof allowedTypes): Promise<void> {
  if (kind === 'autocomplete') return void (await ana.autocomplete('general', '/ask', 'q', 'x'));
  let outcome = await ana.command('general', '/ask');
  if (kind.endsWith('component')) outcome = await ana.press(answerOf(outcome), 'Go');
  if (kind.startsWith('modal') && outcome.kind === 'modal') await ana.submit(outcome.modal, {});
}

test('the first follow-up after a deferred callback becomes the reply (#create-followup-message)', async () => {
  const loopback = await loopbackFor({ clock: virtualClock(), rateLimits: 'off' });
  const bot = await realBot(loopback, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const isHidden = interaction.commandName === 'hidden';
    await interaction.deferReply(isHidden ? { flags: MessageFlags.Ephemeral } : {});
    await interaction.followUp({ content: 'first', ...(!isHidden && { flags: MessageFlags.Ephemeral }) });
    await interaction.followUp({ content: 'second', ...(isHidden && { flags: MessageFlags.Ephemeral }) });
  });
  await bot.application.commands.set([
    { name: 'hidden', description: 'h' },
    { name: 'shown', description: 's' },
  ]);
  const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
  const waiting = answerOf(await ana.command('general', '/shown'));
  expect((await ben.waitFor(({ content }) => content === 'first')).id).toBe(waiting.id);
  await ben.waitFor(({ content }) => content === 'second');
  const hidden = answerOf(await ana.command('general', '/hidden'));
  await ana.waitFor(({ id, content }) => id === hidden.id && content === 'first');
  await expect.poll(() => ana.ephemeral().map(({ content }) => content)).toEqual(['first', 'second']);
  expect(ben.seen().map(({ content }) => content)).toEqual(['first', 'second']);
});
