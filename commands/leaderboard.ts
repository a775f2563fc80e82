import { showBoard, viewFrom, viewOf } from '../src/chat/boards/board-views.ts';
import { notice } from '../src/chat/cards/cards.ts';
import { command, flag, maybeOneOf, maybeText } from '../src/chat/command.ts';
import { suggestTopics, topicNamed } from '../src/chat/cards/look-up.ts';
import { words } from '../src/chat/words.ts';

export default command({
  name: 'leaderboard',
  description: 'Who knows most on this server',
  reach: 'server',
  options: {
    by: maybeOneOf('What to compare (points)', { points: 'Points', accuracy: 'Accuracy', streak: 'Days in a row' }),
    window: maybeOneOf('Which time to look at (this week)', {
      week: 'This week',
      month: 'This month',
      all: 'All time',
      round: 'The latest round in this channel',
    }),
    topic: maybeText('Only questions on this topic', { suggest: suggestTopics }),
    private: flag('Show the answer only to me'),
  },
  async run({ by = 'points', window = 'week', topic: typed, private: hidden = false }, call) {
    const topic = typed === undefined ? undefined : topicNamed(typed, call);
    if (typed !== undefined && !topic) return { message: notice(words.noSuchTopic(typed)), hidden: true };
    const view = await viewOf({ by, window, topic: topic?.id, hidden }, call);
    return view ? showBoard(view, call) : { message: notice(words.noRoundYet), hidden: true };
  },
  presses: {
    page(args, call) {
      const view = viewFrom(args);
      if (!view) return { message: notice(words.oldButton), hidden: true };
      return showBoard({ ...view, hidden: true }, call, view.hidden);
    },
  },
});
