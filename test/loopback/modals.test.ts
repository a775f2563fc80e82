/**
 * Tests how members submit modals. Source: Discord documentation, components/reference. The rules for showing a modal
 * are in rules.ts.
 */
import type { Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { answerOf, apiRequest, joinMember, deferred, loopbackFor, realBot } from './real-bot.ts';

const label = (component: object, more: object = {}) => ({ type: 18, label: 'L', component, ...more });
const option = (value: string) => ({ label: value, value });
const options = (count: number) => Array.from({ length: count }, (_, n) => option(`${n}`));
const text = (more: object = {}) => ({ type: 4, custom_id: 'text', style: 1, ...more });
const radio = (more: object = {}) => ({ type: 21, custom_id: 'radio', options: options(2), ...more });
const group = (more: object = {}) => ({ type: 22, custom_id: 'group', options: options(3), ...more });
const box = (more: object = {}) => ({ type: 23, custom_id: 'box', ...more });
const menu = (more: object = {}) => ({ type: 3, custom_id: 'menu', options: options(2), ...more });
const whom = { type: 5, custom_id: 'whom', required: false };

async function setUp(onSubmit: (interaction: Interaction) => unknown = () => undefined) {
  const loopback = await loopbackFor({ rateLimits: 'off', clock: virtualClock() });
  let heard = deferred<{ id: string; token: string }>();
  const bot = await realBot(loopback, (interaction) => {
    if (interaction.isModalSubmit()) return onSubmit(interaction);
    if (interaction.isRepliable()) heard.resolve(interaction);
    return undefined;
  });
  await bot.application.commands.set([{ name: 'form', description: 'f' }]);
  const ana = await joinMember(loopback, 'ana');
  /** Ana uses the command, and the bot replies with a modal that has this data. */
  const show = async (data: object) => {
    heard = deferred();
    const outcome = ana.command('general', '/form');
    outcome.catch(() => 'the test ended first');
    const { id, token } = await heard.promise;
    const answer = await apiRequest(loopback, 'POST', `/interactions/${id}/${token}/callback`, { type: 9, data }, '');
    return { answer, outcome };
  };
  return { loopback, ana, show };
}
const modal = (...components: readonly object[]) => ({ custom_id: 'm', title: 'T', components });

test('a modal with an invalid value cannot be submitted', async () => {
  const got = deferred<object>();
  const { ana, show } = await setUp((interaction) => {
    if (!interaction.isModalSubmit()) return undefined;
    const { fields } = interaction;
    got.resolve({
      text: fields.getTextInputValue('text'),
      radio: fields.getRadioGroup('radio'),
      group: fields.getCheckboxGroup('group'),
      box: fields.getCheckbox('box'),
      menu: fields.getStringSelectValues('menu'),
    });
    return interaction.reply('thanks');
  });
  const asked = modal(
    label(text({ min_length: 2 })),
    label(radio()),
    label(group({ min_values: 1, max_values: 2 })),
    label(box()),
  );
  const { outcome } = await show({ ...asked, components: [...asked.components.slice(0, 4), label(menu())] });
  const shown = await outcome;
  if (shown.kind !== 'modal') throw new Error('no modal');
  const right = { text: 'ab', radio: '1', group: ['0', '2'], box: true, menu: ['1'] };
  for (const wrong of [
    { text: 'a' },
    { text: '' },
    { radio: '7' },
    { radio: '' },
    { group: [] },
    { group: ['0', '1', '2'] },
    { group: ['0', '0'] },
    { box: 'yes' },
    { menu: ['7'] },
  ])
    await expect(ana.submit(shown.modal, { ...right, ...wrong })).rejects.toMatchObject({ body: { code: 50_035 } });
  expect(answerOf(await ana.submit(shown.modal, right)).content).toBe('thanks');
  expect(await got.promise).toMatchObject({ text: 'ab', radio: '1', group: ['0', '2'], box: true, menu: ['1'] });
});

test('the bot gets the users chosen in a modal', async () => {
  const got = deferred<unknown>();
  const { loopback, ana, show } = await setUp(async (interaction) => {
    if (!interaction.isModalSubmit()) return;
    const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
    const again = await apiRequest(loopback, 'POST', path, { type: 9, data: modal(label(text())) }, '');
    got.resolve([again.body.code, interaction.fields.getSelectedUsers('whom')?.map(({ username }) => username)]);
  });
  const shown = await (await show(modal(label(whom)))).outcome;
  if (shown.kind !== 'modal') throw new Error('no modal');
  void ana.submit(shown.modal, { whom: [ana.id] }).catch(() => undefined);
  expect(await got.promise).toEqual([50_035, ['ana']]);
});
