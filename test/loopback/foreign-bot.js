// A minimal bot that uses no code of this project. It connects to the loopback with an API address and a token.
import { Client, Events } from 'discord.js';

const [, , api = '', token = '', word = 'ping'] = process.argv;
const client = new Client({ intents: [], rest: { api } });

async function answer(interaction) {
  await interaction.deferReply();
  await interaction.editReply(`${word} from ${interaction.user.displayName}`);
}

client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void answer(interaction);
});

await client.login(token);
await client.application.commands.set([{ name: word, description: `Says ${word}` }]);
process.stdout.write(`${client.user.username}\n`);
