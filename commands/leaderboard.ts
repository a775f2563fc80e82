import { boardCard } from '../src/chat/boards.ts';
import { command, flag, maybeOneOf } from '../src/chat/command.ts';
import { words } from '../src/chat/words.ts';
import { weekOf } from '../src/core/weeks.ts';

export default command({
  name: 'leaderboard',
  description: 'Who knows most on this server',
  reach: 'server',
  options: {
    window: maybeOneOf('Which time to look at', { week: 'This week', all: 'All time' }),
    private: flag('Show the answer only to me'),
  },
  async run({ window = 'week', private: hidden = false }, { who, where, at, scores }) {
    const members = await scores.members(where.home);
    const week = weekOf(at);
    const heading = window === 'week' ? `This week (${week}, Monday to Sunday UTC)` : 'All time';
    const place = where.guild === undefined ? ` · ${words.boardPrivate}` : '';
    return { message: boardCard(members, window === 'week' ? week : 'all', heading + place, who.id), hidden };
  },
});
