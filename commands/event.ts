import { lookUpEntry } from '../src/chat/cards/look-up.ts';
import { suggestEntries } from '../src/chat/cards/suggestions.ts';
import { command, optionalBoolean, requiredString } from '../src/chat/command.ts';

const prefer = ['event', 'agreement', 'record-event'] as const;

export default command({
  name: 'event',
  description: 'Show one event or agreement, short and with its sources',
  options: {
    about: requiredString('A place, a name or a date; suggestions come while you type', {
      autocomplete: suggestEntries(prefer),
    }),
    private: optionalBoolean('Show the answer only to me'),
  },
  run: ({ about, private: isPrivate }, context) => lookUpEntry({ query: about, prefer, isPrivate }, context),
});
