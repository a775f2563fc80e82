import { command, flag, text } from '../src/chat/command.ts';
import { lookUp, suggestEntries } from '../src/chat/cards/look-up.ts';

const prefer = ['dispute'] as const;

export default command({
  name: 'dispute',
  description: 'Put the positions in a dispute side by side',
  options: {
    about: text('What it is about, or a party to it', { suggest: suggestEntries(prefer) }),
    private: flag('Show the answer only to me'),
  },
  run: ({ about, private: hidden = false }, call) => lookUp(about, prefer, hidden, call),
});
