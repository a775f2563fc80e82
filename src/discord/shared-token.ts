/**
 * Detects that another process uses the bot's token. Discord sends each interaction to both processes and accepts only
 * the first response. Therefore each process finds that some interactions already have a response (error 40060). The
 * process that started later should end.
 *
 * The processes share no data, so a process uses the number of its own responses to estimate whether it started first.
 * A process with few responses ends after two such errors, and a process with many responses ends after six.
 */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { ConnectionEnded } from './login-errors.ts';

/**
 * Only errors of the last ten minutes are counted. A single error 40060 may be a mistake of Discord, and such mistakes
 * must not add up over a long time.
 */
const countedMs = 10 * 60_000;
/** A process that has sent this number of responses is regarded as the one that started first. */
const establishedAfter = 20;
/**
 * A process ends after this number of errors 40060. `established` applies to a process that has sent `establishedAfter`
 * responses, and `new` to a process that has sent fewer.
 */
const maxForeignAnswers = { new: 2, established: 6 } as const;
/** Number of interactions whose ids are remembered. */
const rememberedIds = 1_000;

interface Ports {
  readonly clock: Clock;
  readonly log: Log;
  /** Called once, when the process should end. */
  readonly onEnd: (error: ConnectionEnded) => void;
}

export interface SharedTokenWatch {
  /** Must be called when Discord has accepted a response. */
  accepted(interaction: string): void;
  /** Must be called when Discord returns error 40060 for the first response of this process to an interaction. */
  answeredBefore(interaction: string): void;
}

export function watchSharedToken({ clock, log, onEnd }: Ports): SharedTokenWatch {
  const own = new LRUCache<string, true>({ max: rememberedIds });
  let responses = 0;
  let foreign: readonly number[] = [];
  let isEnded = false;
  return {
    accepted(interaction) {
      own.set(interaction, true);
      responses += 1;
    },
    answeredBefore(interaction) {
      if (isEnded || own.has(interaction)) return;
      const now = clock.now();
      foreign = [...foreign.filter((at) => now - at < countedMs), now];
      log.warn({ times: foreign.length }, 'an interaction was answered already; does another process use the token?');
      if (foreign.length < (responses < establishedAfter ? maxForeignAnswers.new : maxForeignAnswers.established))
        return;
      isEnded = true;
      onEnd(new ConnectionEnded('shared', `it has answered ${foreign.length} interactions before this one could`));
    },
  };
}
