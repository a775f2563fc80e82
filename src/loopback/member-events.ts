/** The gateway connection of a simulated member. It records received events and lets tests wait for events. */
import { WebSocket } from 'ws';
import { openGateway, type startInteractions } from './member-client.js';
import type { SeenMessage } from './seen-message.ts';

export interface SeenEvent {
  readonly t: string;
  readonly d: Readonly<Record<string, unknown>>;
}

interface Wait {
  readonly fits: (event: SeenEvent) => boolean;
  readonly settle: (event: SeenEvent) => void;
  readonly fail: (error: Error) => void;
}

export function listen(
  username: string,
  token: string,
  url: string,
  interactions: ReturnType<typeof startInteractions>,
) {
  const seen = new Map<string, SeenMessage>();
  const events: SeenEvent[] = [];
  const waiting = new Set<Wait>();

  function take(t: string, d: SeenEvent['d']): void {
    const message = d as unknown as SeenMessage;
    if (t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE') seen.set(message.id, message);
    if (t === 'MESSAGE_DELETE') seen.delete(message.id);
    if (t === 'MESSAGE_DELETE_BULK') for (const id of d['ids'] as readonly string[]) seen.delete(id);
    if (t === 'CHANNEL_DELETE' || t === 'THREAD_DELETE') forgetMessagesOf(String(d['id']));
    events.push({ t, d });
    interactions.settle(t, d);
    for (const wait of waiting)
      if (wait.fits({ t, d })) {
        waiting.delete(wait);
        wait.settle({ t, d });
      }
  }
  /**
   * Forgets the messages of a deleted channel and of its threads, because Discord sends no MESSAGE_DELETE and no
   * THREAD_DELETE for them.
   */
  function forgetMessagesOf(channel: string): void {
    const threads = events.filter(({ t, d }) => t === 'THREAD_CREATE' && d['parent_id'] === channel);
    const gone = new Set([channel, ...threads.map(({ d }) => String(d['id']))]);
    for (const [id, { channel_id }] of seen) if (gone.has(channel_id)) seen.delete(id);
  }
  function lost(): void {
    const reason = `${username} lost the gateway while waiting.`;
    interactions.drop(reason);
    for (const { fail } of waiting) fail(new Error(reason));
    waiting.clear();
  }
  const hangUp = openGateway(token, url, take, lost, (to) => new WebSocket(to));
  return {
    seen,
    events,
    interactions,
    event: (fits: Wait['fits']) => new Promise<SeenEvent>((settle, fail) => void waiting.add({ fits, settle, fail })),
    close() {
      hangUp();
      lost();
    },
  };
}
