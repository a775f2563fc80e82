import { chosenBoard, otherBoardParts } from '../src/chat/boards/board-select.ts';
import { firstView, showBoard, showGroup, viewParts } from '../src/chat/boards/board-views.ts';
import { noSuchTopic, suggestTopics, topicNamed } from '../src/chat/cards/suggestions.ts';
import { command, optionalBoolean, optionalChoice, optionalString } from '../src/chat/command.ts';
import { component, parts } from '../src/chat/component.ts';
import { choiceOf } from '../src/chat/message/modal-fields.ts';
import { ephemeralNotice } from '../src/chat/message/notice.ts';
import { withItsPack } from '../src/chat/packs/pack-of-button.ts';
import { boardWords } from '../src/chat/words/board-words.ts';

export default command({
  name: 'leaderboard',
  description: 'Who knows most on this server',
  availability: 'servers-and-dms',
  options: {
    by: optionalChoice('What to compare (points)', { points: 'Points', accuracy: 'Accuracy', streak: 'Days in a row' }),
    window: optionalChoice('Which time to look at (this week)', {
      week: 'This week',
      month: 'This month',
      all: 'All time',
      round: 'The latest round in this channel',
    }),
    topic: optionalString('Only questions on this topic', { autocomplete: suggestTopics }),
    private: optionalBoolean('Show the answer only to me'),
  },
  async run({ by = 'points', window = 'week', topic: typed, private: ephemeral = false }, context) {
    const topic = typed === undefined ? undefined : await topicNamed(typed, context);
    if (typed !== undefined && !topic) return noSuchTopic(typed, context);
    const view = await firstView({ by, window, topic: topic?.id, ephemeral }, context);
    return view ? showBoard(view, context) : ephemeralNotice(boardWords.noRoundYet(context.where.guild === undefined));
  },
  components: {
    page: component(viewParts, ({ view, pack }, context) => {
      const show = () => showBoard({ ...view, ephemeral: true }, context, view.ephemeral);
      // A leaderboard of all topics needs no pack.
      return pack === undefined ? show() : withItsPack(pack, context, show);
    }),
    // Only the member who used the menu sees the chosen leaderboard. If the message with the menu is ephemeral, the
    // chosen leaderboard replaces this message.
    other: component(otherBoardParts, ([visible, topic, pack], context, fields) => {
      const show = async () => {
        const view = await firstView({ ...chosenBoard(choiceOf(fields)), topic, ephemeral: true }, context);
        return view
          ? showBoard(view, context, visible === 'h')
          : ephemeralNotice(boardWords.noRoundYet(context.where.guild === undefined));
      };
      return pack === undefined ? show() : withItsPack(pack, context, show);
    }),
    group: component(parts([]), (_, context) => showGroup(context)),
  },
});
