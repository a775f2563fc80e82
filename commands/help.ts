import { helpCard } from '../src/chat/cards/help-card.ts';
import { command } from '../src/chat/command.ts';
import { component, parts } from '../src/chat/component.ts';
import { choiceOf } from '../src/chat/message/modal-fields.ts';

export default command({
  name: 'help',
  description: 'What this bot can do, and where its facts come from',
  ephemeral: true,
  run: async (_, { help, pack }) => ({ message: helpCard(help(), (await pack()).facts), ephemeral: true }),
  components: {
    page: component(parts([]), async (_, { help, pack }, fields) => ({
      message: helpCard(help(), (await pack()).facts, choiceOf(fields)),
      replace: true,
    })),
  },
});
