/** The baseline of the comparison: a discord.js bot that answers every interaction with the same message. */
import { Client, Events, GatewayIntentBits, MessageFlags, REST, Routes } from 'discord.js';
import { parseShardRange, shardsIn } from '../../../src/core/shard-range.ts';
import { runBot } from './measured-bot.ts';

await runBot(async ({ api, token, shards }) => {
  const range = parseShardRange(shards ?? '');
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api },
    ...(range && {
      shards: Array.from({ length: shardsIn(range) }, (_, index) => range.first + index),
      shardCount: range.total,
      // By default, discord.js waits five seconds between two identify requests. The emulated Discord does not require
      // this, and the wait would delay the start.
      ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) },
    }),
  });
  const row = { type: 1, components: [{ type: 2, style: 1, label: 'A', custom_id: 'a' }] } as const;
  const heard = (error: unknown) => process.stderr.write(`${String(error)}\n`);
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isAutocomplete()) void interaction.respond([{ name: 'Rasht', value: 'rasht' }]).catch(heard);
    else if (interaction.isChatInputCommand())
      void interaction.reply({ content: 'An event.', components: [row] }).catch(heard);
    else if (interaction.isButton())
      void interaction.reply({ content: 'Locked A.', flags: MessageFlags.Ephemeral }).catch(heard);
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await ready;
  const about = { type: 3, name: 'about', description: 'What', required: true, autocomplete: true };
  await new REST({ api }).setToken(token).put(Routes.applicationCommands(client.application?.id ?? ''), {
    body: [{ name: 'event', description: 'An event', options: [about] }],
  });
  return () => client.destroy();
});
