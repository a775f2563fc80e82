/** The fields that each log line about a round contains. */
import type { Channels } from '../ports/channels.ts';
import type { LogContext } from '../../log.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';

export interface RoundFields extends LogContext {
  readonly round: string;
  readonly channel: string;
}

export function aboutRound({ channels }: { readonly channels: Pick<Channels, 'shardOf'> }, quiz: Quiz): RoundFields {
  const { id, mode, scope, channel } = quiz;
  const server = scope.startsWith('dm:') ? undefined : scope;
  return { round: id, command: `/quiz ${mode}`, server, channel, shard: channels.shardOf(server) };
}
