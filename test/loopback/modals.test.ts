/** Sources: docs, interactions/receiving-and-responding#modal and components/reference; both sides of a modal. */
import type { Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { virtualClock } from '../support/clock.ts';
import { answerOf, bare, complaints, joined, later, loopbackFor, realBot } from './real-bot.ts';

const label = (component: object, more: object = {}) => ({ type: 18, label: 'L', component, ...more });
const option = (value: string) => ({ label: value, value });
const options = (count: number) => Array.from({ length: count }, (_, n) => option(`${n}`));
const text = (more: object = {}) => ({ type: 4, custom_id: 'text', style: 1, ...more });
const radio = (more: object = {}) => ({ type: 21, custom_id: 'radio', options: options(2), ...more });
const group = (more: object = {}) => ({ type: 22, custom_id: 'group', options: options(3), ...more });
const box = (more: object = {}) => ({ type: 23, custom_id: 'box', ...more });
const menu = (more: object = {}) => ({ type: 3, custom_id: 'menu', options: options(2), ...more });
const whom = { type: 5, custom_id: 'whom', required: false };

async function scene(onSubmit: (interaction: Interaction) => unknown = () => undefined) {
  const loopback = await loopbackFor({ rateLimits: 'off', clock: virtualClock() });
  let heard = later<{ id: string; token: string }>();
  const bot = await realBot(loopback, (interaction) => {
    if (interaction.isModalSubmit()) return onSubmit(interaction);
    if (interaction.isRepliable()) heard.resolve(interaction);
    return undefined;
  });
  await bot.application.commands.set([{ name: 'form', description: 'f' }]);
  const ana = await joined(loopback, 'ana');
  /** Uses the command, and answers it with this modal. */
  const show = async (data: object) => {
    heard = later();
    const outcome = ana.command('general', '/form');
    outcome.catch(() => 'the test ended first');
    const { id, token } = await heard.promise;
    const answer = await bare(loopback, 'POST', `/interactions/${id}/${token}/callback`, { type: 9, data }, '');
    return { answer, outcome };
  };
  return { loopback, ana, show };
}
const modal = (...components: readonly object[]) => ({ custom_id: 'm', title: 'T', components });

test('what a modal may hold, up to the limit', async () => {
  const { show } = await scene();
  const full = modal(
    label(text({ max_length: 4_000 }), { label: 'x'.repeat(45), description: 'x'.repeat(100) }),
    label(radio({ options: options(10) })),
    label(group({ options: options(10), min_values: 0, required: false })),
    label(box()),
    label(menu()),
  );
  expect((await show({ ...full, title: 'x'.repeat(45), custom_id: 'x'.repeat(100) })).answer.status).toBe(204);
});

test.each<readonly [string, object, string]>([
  [
    'six components',
    modal(...Array.from({ length: 6 }, (_, n) => label(text({ custom_id: `${n}` })))),
    'components BASE_TYPE_BAD_LENGTH',
  ],
  ['none', modal(), 'components BASE_TYPE_MIN_LENGTH'],
  ['a title of 46', { ...modal(label(text())), title: 'x'.repeat(46) }, 'title BASE_TYPE_MAX_LENGTH'],
  ['a label of 46', modal(label(text(), { label: 'x'.repeat(46) })), 'components.0.label BASE_TYPE_MAX_LENGTH'],
  [
    'a text input of 4,001',
    modal(label(text({ max_length: 4_001 }))),
    'components.0.component.max_length NUMBER_TYPE_MAX',
  ],
  [
    'a shortest beyond the longest',
    modal(label(text({ min_length: 5, max_length: 4 }))),
    'components.0.component.min_length TEXT_INPUT_MIN_MAX',
  ],
  [
    'one radio button',
    modal(label(radio({ options: options(1) }))),
    'components.0.component.options BASE_TYPE_MIN_LENGTH',
  ],
  [
    'eleven radio buttons',
    modal(label(radio({ options: options(11) }))),
    'components.0.component.options BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a value twice',
    modal(label(radio({ options: [option('a'), option('a')] }))),
    'components.0.component.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'more boxes wanted than there are',
    modal(label(group({ max_values: 4 }))),
    'components.0.component.max_values SELECT_COMPONENT_MAX_VALUES',
  ],
  [
    'eleven boxes',
    modal(label(group({ options: options(11) }))),
    'components.0.component.options BASE_TYPE_MAX_LENGTH',
  ],
  [
    'one custom_id twice',
    modal(label(text()), label(box({ custom_id: 'text' }))),
    'components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a button',
    modal(label({ type: 2, style: 1, label: 'x', custom_id: 'x' })),
    'components.0.component UNION_TYPE_CHOICES',
  ],
])('the bot may not show: %s', async (_, data, complaint) => {
  const { show } = await scene();
  const { answer } = await show(data);
  expect(answer).toMatchObject({ status: 400, body: { code: 50_035 } });
  expect(complaints(answer.body.errors)).toContain(`data.${complaint}`);
});

test('what is filled in must be what was asked for, and comes to the bot whole', async () => {
  const got = later<object>();
  const { ana, show } = await scene((interaction) => {
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

test('people chosen in a modal are resolved; a modal is never the answer to a modal', async () => {
  const got = later<unknown>();
  const { loopback, ana, show } = await scene(async (interaction) => {
    if (!interaction.isModalSubmit()) return;
    const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
    const again = await bare(loopback, 'POST', path, { type: 9, data: modal(label(text())) }, '');
    got.resolve([again.body.code, interaction.fields.getSelectedUsers('whom')?.map(({ username }) => username)]);
  });
  const shown = await (await show(modal(label(whom)))).outcome;
  if (shown.kind !== 'modal') throw new Error('no modal');
  void ana.submit(shown.modal, { whom: [ana.id] }).catch(() => undefined);
  expect(await got.promise).toEqual([50_035, ['ana']]);
});
