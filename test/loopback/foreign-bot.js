// Somebody else's bot, as small as such a bot can be: it knows this product only by an address and a token.
import { Client, Events } from 'discord.js';

const [, , api = '', token = '', word = 'ping'] = process.argv;
const client = new Client({ intents: [], rest: { api } });

client.once(Events.ClientReady, async ({ application, user }) => {
  await application.commands.set([{ name: word, description: `Says ${word}` }]);
  process.stdout.write(`${user.username}\n`);
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  await interaction.deferReply();
  await interaction.editReply(`${word} from ${interaction.user.displayName}`);
});

await client.login(token);
