import { lookUpEntry } from '../src/chat/cards/look-up.ts';
import { suggestEntries } from '../src/chat/cards/suggestions.ts';
import { command, optionalBoolean, requiredString } from '../src/chat/command.ts';

const prefer = ['dispute'] as const;

export default command({
  name: 'dispute',
  description: 'Put the positions in a dispute side by side',
  options: {
    about: requiredString('What it is about, or a party to it', { autocomplete: suggestEntries(prefer) }),
    private: optionalBoolean('Show the answer only to me'),
  },
  run: ({ about, private: ephemeral = false }, context) => lookUpEntry(about, prefer, ephemeral, context),
});
