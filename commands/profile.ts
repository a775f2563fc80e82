import { notice } from '../src/chat/cards/cards.ts';
import { command } from '../src/chat/command.ts';
import { profileCard, weakFacts } from '../src/chat/boards/profile-card.ts';
import { progressPicture } from '../src/chat/boards/progress-picture.ts';
import { words } from '../src/chat/words.ts';
import { dayOf } from '../src/core/scores/weeks.ts';

export default command({
  name: 'profile',
  description: 'Your own points, streaks and weakest facts here',
  reach: 'server',
  hidden: true,
  async run(_, { who, where, at, scores, settings, facts, canAsk }) {
    const member = await scores.member(where.home, who.id);
    if (!member) return { message: notice(words.noProfile), hidden: true };
    const { timeZone } = await settings.server(where.home);
    const canPractise = weakFacts(member, facts).some(({ entry }) => canAsk(entry.id));
    const today = dayOf(at, timeZone);
    return {
      message: profileCard(member, today, facts, canPractise),
      hidden: true,
      picture: progressPicture(member, today, facts),
    };
  },
});
