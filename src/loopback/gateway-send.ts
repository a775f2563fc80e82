/** Sends an event to one session: numbers the event, stores it for a resume, and applies injected faults. */
import { type EventFault, type GatewayState, isBot, type Session } from './gateway-state.ts';
import type { MemberEvent } from './gateway-rules.ts';

export function sendEvent(state: GatewayState, session: Session, t: MemberEvent, d: object): void {
  const fault = isBot(session.owner) ? takeEventFault(state, t) : undefined;
  const text = numberEvent(state, session, t, d);
  if (fault === 'drop') return void session.sent.pop();
  if (fault === 'reorder') return void session.held.push(text);
  const texts = [
    text,
    ...(fault === 'duplicate' ? [numberEvent(state, session, t, d)] : []),
    ...session.held.splice(0),
  ];
  for (const each of texts) session.socket?.send(each);
}

function takeEventFault(state: GatewayState, event: string): EventFault | undefined {
  const pending = state.eventFaults.find((each) => each.event === undefined || each.event === event);
  if (pending && --pending.left <= 0) state.eventFaults = state.eventFaults.filter((other) => other !== pending);
  return pending?.fault;
}

function numberEvent({ limits }: GatewayState, session: Session, t: string, d: object): string {
  const s = ++session.seq;
  const text = JSON.stringify({ op: 0, t, s, d });
  session.sent.push({ s, text });
  if (session.sent.length > limits.replayBuffer) session.sent.shift();
  return text;
}
