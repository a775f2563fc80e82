/** The answer to /setup check: what the bot may do in a channel, how rounds are played there, and what to change. */
import type { ChannelAccess } from '../who-and-where.ts';
import { container, type Message, message, textDisplay } from '../message/message-components.ts';
import { setupWords } from '../words/setup-words.ts';

export function permissionCard(channel: string, { missingPermissions, threads }: ChannelAccess): Message {
  const missing = [...new Set([...missingPermissions, ...(threads ?? [])])];
  const how =
    missingPermissions.length > 0 ? 'message' : threads === undefined || threads.length > 0 ? 'channel' : 'thread';
  const lines = [
    ...missing.map(setupWords.missing),
    ...(missing.length === 0 ? [`✔ ${setupWords.nothingMissing}`] : []),
    setupWords.howPlayed[how],
    ...(threads === undefined ? [setupWords.noThreadsHere] : []),
    ...(missing.length > 0 ? [setupWords.whatToChange(channel, missing)] : []),
  ];
  return message(container([textDisplay(`## ${setupWords.checkTitle(channel)}`), textDisplay(lines.join('\n'))]));
}
