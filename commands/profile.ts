import { dayOf } from '../src/core/scores/time-windows.ts';
import { profileCard, weakFacts } from '../src/chat/boards/profile-card.ts';
import { progressPicture } from '../src/chat/boards/progress-picture.ts';
import { command } from '../src/chat/command.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { boardWords } from '../src/chat/words/board-words.ts';

export default command({
  name: 'profile',
  description: 'Your points, days in a row, and what you most often get wrong',
  availability: 'servers-and-dms',
  ephemeral: true,
  async run(_, { who, where, at, scores, settings, pack }) {
    const member = await scores.member(where.scope, who.id);
    if (!member) return ephemeralNotice(boardWords.noProfile);
    const { facts, hasQuestions } = await pack();
    const canPractise = weakFacts(member, facts).some(({ entry }) => hasQuestions(entry.id));
    const today = dayOf(at, await settings.days(where.scope));
    return {
      message: profileCard(member, today, facts, canPractise),
      ephemeral: true,
      picture: progressPicture(member, today, facts),
    };
  },
});
