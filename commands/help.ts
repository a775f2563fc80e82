import { helpCard } from '../src/chat/cards/help-card.ts';
import { command } from '../src/chat/command.ts';
import { component, parts } from '../src/chat/component.ts';
import { choiceOf } from '../src/chat/message/modal-fields.ts';

export default command({
  name: 'help',
  description: 'What this bot can do, and where its facts come from',
  ephemeral: true,
  run: (_, { help, facts }) => ({ message: helpCard(help(), facts), ephemeral: true }),
  components: {
    page: component(parts([]), (_, { help, facts }, fields) => ({
      message: helpCard(help(), facts, choiceOf(fields)),
      replace: true,
    })),
  },
});
