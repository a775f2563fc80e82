import { entryCard, notice, sourcesCard } from '../src/chat/cards/cards.ts';
import { type Answer, type Call, command, flag, maybeText } from '../src/chat/command.ts';
import { lookUp, suggestEntries } from '../src/chat/cards/look-up.ts';
import { words } from '../src/chat/words.ts';

const prefer = ['claim', 'figure', 'person', 'organisation', 'place'] as const;

export default command({
  name: 'fact',
  description: 'Look anything up, or leave it empty for something you have not seen',
  options: {
    about: maybeText('A claim, a figure, a person, a place …', { suggest: suggestEntries(prefer) }),
    private: flag('Show the answer only to me'),
  },
  async run({ about, private: hidden = false }, call) {
    const query = about ?? (await call.unseen(call.who.id, call.seed));
    return lookUp(query ?? '', prefer, hidden, call);
  },
  presses: {
    show: ([id = ''], call) => card(id, call),
    sources([id = ''], { facts }) {
      const entry = facts.entry(id);
      return { message: entry ? sourcesCard(entry, facts) : notice(words.noSuchEntry), hidden: true };
    },
  },
});

/** A card that a button leads to, for whoever pressed it. */
function card(id: string, { facts, canAsk }: Call): Answer {
  const entry = facts.entry(id);
  return { message: entry ? entryCard(entry, facts, canAsk(id)) : notice(words.noSuchEntry), hidden: true };
}
