import { helpCard } from '../src/chat/cards/help-card.ts';
import { command } from '../src/chat/command.ts';

export default command({
  name: 'help',
  description: 'What this bot can do, and where its facts come from',
  ephemeral: true,
  run: (_, { help, facts }) => ({ message: helpCard(help(), facts), ephemeral: true }),
});
