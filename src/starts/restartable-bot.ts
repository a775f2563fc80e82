/** Stops a bot and starts it again, for the Restart button of the playground and for tests. */
import type { RunningBot } from '../compose.ts';

/** A bot that can be stopped and started again. */
export interface RestartableBot {
  /** Waits until open questions have ended, but at most `patience` ms. Then stops the bot and starts it again. */
  restart(patience?: number): Promise<void>;
  /**
   * Stops the bot permanently. If a restart is in progress, waits until it has ended. Later calls of `restart` do
   * nothing.
   */
  stop(): Promise<void>;
}

/**
 * Starts a bot. Starting and stopping never run concurrently. If a restart fails, the bot stays stopped until the next
 * call of `restart`.
 */
export async function restartable(start: () => Promise<RunningBot>): Promise<RestartableBot> {
  let live: RunningBot | undefined = await start();
  let isOver = false;
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  };
  const leave = async (patience?: number): Promise<void> => {
    await live?.stop(patience);
    live = undefined;
  };
  return {
    restart: (patience) =>
      inTurn(async () => {
        if (isOver) return;
        await leave(patience);
        live = await start();
      }),
    stop() {
      isOver = true;
      return inTurn(() => leave());
    },
  };
}
