import { command, flag, text } from '../src/chat/command.ts';
import { lookUp, suggestEntries } from '../src/chat/cards/look-up.ts';

const prefer = ['event', 'agreement'] as const;

export default command({
  name: 'event',
  description: 'Sum up an event from the fact base',
  options: {
    about: text('A place, a name or a date', { suggest: suggestEntries(prefer) }),
    private: flag('Show the answer only to me'),
  },
  run: ({ about, private: hidden = false }, call) => lookUp(about, prefer, hidden, call),
});
