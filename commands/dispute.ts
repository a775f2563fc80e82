import { suggestSides } from '../src/chat/cards/side-option.ts';
import { lookUpEntry } from '../src/chat/cards/look-up.ts';
import { suggestEntries } from '../src/chat/cards/suggestions.ts';
import { command, optionalBoolean, optionalString, requiredString } from '../src/chat/command.ts';

const prefer = ['dispute'] as const;

export default command({
  name: 'dispute',
  description: 'Show who says what in a dispute',
  options: {
    about: requiredString('What it is about, or a party to it', { autocomplete: suggestEntries(prefer) }),
    side: optionalString('Show only this side', { autocomplete: suggestSides }),
    private: optionalBoolean('Show the answer only to me'),
  },
  run: ({ about, side, private: isPrivate }, context) =>
    lookUpEntry({ query: about, prefer, isPrivate, side }, context),
});
