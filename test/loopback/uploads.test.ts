/**
 * Tests files that members upload with commands and modals. Source: Discord documentation,
 * components/reference#file-upload.
 */
import { ApplicationCommandOptionType as Type, type Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { discordLimits } from '../../src/loopback/discord-limits.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { answerOf, joinMember, loopbackFor, realBot } from './real-bot.ts';

const file = (name: string, text: string) => new File([text], name, { type: 'text/plain' });

async function setUp(answer: (interaction: Interaction) => unknown) {
  const clock = virtualClock();
  const loopback = await loopbackFor({ rateLimits: 'off', clock });
  const bot = await realBot(loopback, answer);
  const options = [{ type: Type.Attachment, name: 'pack', description: 'A file', required: true }] as const;
  await bot.application.commands.set([
    { name: 'import', description: 'i', options },
    { name: 'form', description: 'f' },
  ]);
  return { clock, ana: await joinMember(loopback, 'ana') };
}

/** The command `/form` opens this modal. */
const modal = (field: object) => ({
  custom_id: 'm',
  title: 'T',
  components: [
    { type: 10, content: 'Read this' },
    { type: 18, label: 'L', component: { type: 19, custom_id: 'files', ...field } },
  ],
});
const showing = (field: object, onSubmit: (interaction: Interaction) => unknown) => (interaction: Interaction) =>
  interaction.isChatInputCommand() ? interaction.showModal(modal(field)) : onSubmit(interaction);

test('the bot can download the file of an attachment option from a URL until the interaction has expired', async () => {
  let url = '';
  const { clock, ana } = await setUp(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const pack = interaction.options.getAttachment('pack', true);
    url = pack.url;
    const text = await (await fetch(url)).text();
    await interaction.reply(`${pack.name} ${pack.contentType} ${pack.size} ${pack.ephemeral}: ${text}`);
  });
  const outcome = await ana.command('general', '/import', { pack: file('карта.txt', 'Gilan') });
  expect(answerOf(outcome).content).toBe('карта.txt text/plain 5 true: Gilan');
  expect(url).toContain('/ephemeral-attachments/');
  await clock.advance(discordLimits.tokenMs - 1_000);
  expect((await fetch(url)).status).toBe(200);
  await clock.advance(2_000);
  expect((await fetch(url)).status).toBe(404);
});

test('a command is refused if the file of an attachment option is missing or larger than 10 MiB', async () => {
  const { ana } = await setUp((interaction) => interaction.isRepliable() && interaction.reply('ok'));
  await expect(ana.command('general', '/import')).rejects.toMatchObject({ body: { code: 50_035 } });
  await expect(ana.command('general', '/import', { pack: '0' })).rejects.toMatchObject({ body: { code: 50_035 } });
  const sized = (bytes: number) => ana.command('general', '/import', { pack: file('a', 'x'.repeat(bytes)) });
  await expect(sized(discordLimits.attachmentBytes + 1)).rejects.toMatchObject({ body: { code: 40_005 } });
  expect(answerOf(await sized(discordLimits.attachmentBytes)).content).toBe('ok');
});

test('a submitted modal contains the uploaded files as attachments, and the ids of all its components', async () => {
  const { ana } = await setUp(
    showing({ max_values: 2 }, async (interaction) => {
      if (!interaction.isModalSubmit()) return;
      const files = interaction.fields.getUploadedFiles('files', true);
      const texts = await Promise.all(
        files.map(async ({ name, url }) => `${name}: ${await (await fetch(url)).text()}`),
      );
      await interaction.reply(
        `${texts.join(', ')} ${JSON.stringify(interaction.components.map(({ type, id }) => [type, id]))}`,
      );
    }),
  );
  const shown = await ana.command('general', '/form');
  if (shown.kind !== 'modal') throw new Error('no modal');
  const outcome = await ana.submit(shown.modal, { files: [file('a.txt', 'one'), file('b.txt', 'two')] });
  expect(answerOf(outcome).content).toBe('a.txt: one, b.txt: two [[10,1],[18,2]]');
});

test.each([
  { field: { min_values: 2, max_values: 3 }, counts: [1, 4], valid: 2 },
  { field: {}, counts: [0, 2], valid: 1 },
  { field: { required: false, min_values: 0 }, counts: [2], valid: 0 },
])(
  'a file upload with the fields $field accepts only the number of files that these fields allow',
  async ({ field, counts, valid }) => {
    const { ana } = await setUp(showing(field, (it) => it.isModalSubmit() && it.reply('ok')));
    const shown = await ana.command('general', '/form');
    if (shown.kind !== 'modal') throw new Error('no modal');
    const submit = (count: number) =>
      ana.submit(shown.modal, { files: Array.from({ length: count }, (_, n) => file(`${n}`, 'x')) });
    for (const count of counts) await expect(submit(count)).rejects.toMatchObject({ body: { code: 50_035 } });
    expect(answerOf(await submit(valid)).content).toBe('ok');
  },
);
