/** Source: docs, interactions/receiving-and-responding: which answer fits which interaction, and what a defer fixes. */
import { MessageFlags, type Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../support/virtual-clock.ts';
import { answerOf, bare, joined, loopbackFor, realBot, type Answer } from './real-bot.ts';

const label = { type: 18, label: 'L', component: { type: 4, custom_id: 't', style: 1, required: false } };
const modal = { custom_id: 'm', title: 'T', components: [label] };
const row = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] } as const;
const content = { content: 'x', components: [row] };
const data: Readonly<Record<number, object | undefined>> = { 4: content, 7: content, 8: { choices: [] }, 9: modal };

/** What each kind of interaction is answered with, out of all callback types there are. */
const legal = {
  command: [4, 5, 9],
  component: [4, 5, 6, 7, 9],
  autocomplete: [8],
  'modal after a command': [4, 5],
  'modal after a component': [4, 5, 6, 7],
} as const;

test.each(Object.entries(legal))('%s takes %j and nothing else', async (kind, types) => {
  for (const type of [1, 4, 5, 6, 7, 8, 9, 10, 12]) {
    const loopback = await loopbackFor({ rateLimits: 'off', clock: virtualClock() });
    let answer: Answer | undefined;
    const callback = (each: Interaction, type: number) =>
      bare(loopback, 'POST', `/interactions/${each.id}/${each.token}/callback`, { type, data: data[type] }, '');
    /** What comes before the interaction that is tried, which is the last one. */
    const before =
      kind === 'component'
        ? [4]
        : kind.endsWith('command') && kind !== 'command'
          ? [9]
          : kind.endsWith('a component')
            ? [4, 9]
            : [];
    let step = 0;
    const bot = await realBot(loopback, async (each) => {
      const earlier = before[step++];
      if (earlier === undefined) answer = await callback(each, type);
      else await callback(each, earlier);
    });
    const option = { type: 3, name: 'q', description: 'q', autocomplete: true } as const;
    await bot.application.commands.set([{ name: 'ask', description: 'a', options: [option] }]);
    const ana = await joined(loopback, 'ana');
    const lost = () => undefined;
    if (kind === 'autocomplete') ana.autocomplete('general', '/ask', 'q', 'x').catch(lost);
    else {
      const first = ana.command('general', '/ask');
      first.catch(lost);
      let outcome = before.length > 0 ? await first : undefined;
      if (outcome?.kind === 'answered') {
        const press = ana.press(answerOf(outcome), 'Go');
        press.catch(lost);
        outcome = before.length > 1 ? await press : undefined;
      }
      if (outcome?.kind === 'modal') ana.submit(outcome.modal, {}).catch(lost);
    }
    await expect.poll(() => answer?.status).toBeDefined();
    const fits = types.some((each) => each === type);
    expect({ type, status: answer?.status }).toEqual({ type, status: fits ? 204 : 400 });
    if (!fits) expect(answer?.body).toMatchObject({ code: 50_035, errors: { type: {} } });
  }
});

test('a defer fixes who sees the answer; a follow-up right after it is that answer (#create-followup-message)', async () => {
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
  const [ana, ben] = [await joined(loopback, 'ana'), await joined(loopback, 'ben')];
  const waiting = answerOf(await ana.command('general', '/shown'));
  expect((await ben.waitFor(({ content }) => content === 'first')).id).toBe(waiting.id);
  await ben.waitFor(({ content }) => content === 'second');
  const hidden = answerOf(await ana.command('general', '/hidden'));
  await ana.waitFor(({ id, content }) => id === hidden.id && content === 'first');
  await expect.poll(() => ana.ephemeral().map(({ content }) => content)).toEqual(['first', 'second']);
  expect(ben.seen().map(({ content }) => content)).toEqual(['first', 'second']);
});
