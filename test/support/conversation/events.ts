/**
 * Events in a conversation that are not caused by a member, such as passing time, restarts, disk failures and changed
 * permissions.
 */
import type { Step } from '../../../src/playground/page/conversation-reader.js';
import type { Play } from './play.ts';
import { packsWith, startAgain } from './play.ts';

type EventStep = Extract<
  Step,
  {
    readonly kind:
      | 'waits'
      | 'away'
      | 'slows'
      | 'happens'
      | 'happens in tests'
      | 'forgotten'
      | 'leaves'
      | 'returns'
      | 'scores';
  }
>;
type Named = Extract<EventStep, { readonly kind: 'happens' | 'happens in tests' }>['what'];

export async function happen(play: Play, step: EventStep): Promise<void> {
  switch (step.kind) {
    case 'waits':
      return play.clock.advance(step.ms);
    case 'away':
      await play.bot.rounds.close();
      await play.clock.advance(step.ms);
      return start(play);
    case 'slows':
      play.discord.delay = step.ms;
      return;
    case 'forgotten':
      return play.bot.rounds.forget(`id-${step.who}`);
    case 'leaves':
      play.absent.add(`id-${step.who}`);
      return;
    case 'returns':
      play.absent.delete(`id-${step.who}`);
      return;
    case 'scores':
      return score(play, step);
    default:
      return named[step.what](play);
  }
}

async function start(play: Play): Promise<void> {
  await startAgain(play);
  await play.bot.rounds.resume();
}

async function restart(play: Play): Promise<void> {
  await play.bot.rounds.close();
  await start(play);
}

const named: Readonly<Record<Named, (play: Play) => void | Promise<void>>> = {
  restart,
  started: start,
  async booting(play) {
    await play.bot.rounds.close();
    await startAgain(play);
  },
  booted: (play) => play.bot.rounds.resume(),
  async stopping({ bot, clock }) {
    const over = bot.rounds.pause(30_000);
    // After this time, all rounds are paused and their cards are edited.
    await clock.advance(45_000);
    await over;
    await bot.rounds.close();
  },
  async 'another pack'(play) {
    play.packs = packsWith({ questions: [] });
    await restart(play);
  },
  'note the questions asked'({ bank, history, oldQuestions }) {
    for (const { ask } of bank.questions) if (history.some((line) => line.includes(ask))) oldQuestions.add(ask);
  },
  'threads allowed': ({ discord }) => void (discord.threads = []),
  'no threads': ({ discord }) => void (discord.threads = ['Create Public Threads']),
  'may not post in the thread': ({ discord }) => void discord.forbidden.add('thread'),
  'thread locked': ({ discord }) => void discord.locked.add('thread'),
  'disk full': ({ store }) => void (store.fail = { doing: 'writing', code: 'SQLITE_FULL' }),
  'disk unreadable': ({ store }) => void (store.fail = { doing: 'reading', code: 'SQLITE_IOERR' }),
  'disk free': ({ store }) => void (store.fail = undefined),
  'message removed': ({ discord }) => discord.removeNewest(),
  'no edits': ({ discord }) => void (discord.canEditReplies = false),
  'edits again': ({ discord }) => void (discord.canEditReplies = true),
  'may not post'({ discord }) {
    discord.refuse = 'forbidden';
    discord.missingPermissions = ['Send Messages'];
  },
  'may post'({ discord }) {
    discord.refuse = undefined;
    discord.missingPermissions = [];
  },
};

/** Stores results of earlier rounds for a member. */
async function score(
  { bot, clock, discord }: Play,
  step: Extract<EventStep, { readonly kind: 'scores' }>,
): Promise<void> {
  const { who, right, of, about } = step;
  await bot.scores.apply(
    Array.from({ length: of }, (_, index) => {
      const id = discord.nextId();
      return {
        round: `earlier-${id}`,
        question: 0,
        questionId: `q${id}`,
        kind: 'who',
        about: about === undefined ? [] : [about],
        scope: 'guild',
        user: `id-${who}`,
        name: who,
        right: index < right,
        points: index < right ? 10 : 0,
        at: clock.now(),
      };
    }),
  );
}
