import { profileCard } from '../src/chat/boards.ts';
import { notice } from '../src/chat/cards.ts';
import { command } from '../src/chat/command.ts';
import { words } from '../src/chat/words.ts';
import { weekOf } from '../src/core/weeks.ts';

export default command({
  name: 'profile',
  description: 'Your own points and accuracy here',
  reach: 'server',
  hidden: true,
  async run(_, { who, where, at, scores }) {
    const member = await scores.member(where.home, who.id);
    return { message: member ? profileCard(member, weekOf(at)) : notice(words.noProfile), hidden: true };
  },
});
