/** Every command, in the order in which `/help` lists them. */
import type { Command, MessageCommand } from '../src/chat/command.ts';
import dispute from './dispute.ts';
import event from './event.ts';
import fact from './fact.ts';
import help from './help.ts';
import leaderboard from './leaderboard.ts';
import me from './me.ts';
import pack from './pack.ts';
import profile from './profile.ts';
import quiz from './quiz.ts';
import report from './report.ts';
import setup from './setup.ts';
import timeline from './timeline.ts';

export const commands: readonly Command[] = [
  event,
  dispute,
  fact,
  timeline,
  quiz,
  leaderboard,
  profile,
  me,
  setup,
  pack,
  help,
];

/** The commands in the context menu of messages. */
export const messageCommands: readonly MessageCommand[] = [report];
