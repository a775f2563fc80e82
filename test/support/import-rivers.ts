/** Lets a member of the emulated Discord import and install the pack of the file rivers.yaml. */
import { readFile } from 'node:fs/promises';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import type { SeenMessage } from '../../src/loopback/seen-message.ts';
import { messageOf } from './emulated-round.ts';

/** Returns the message with the preview of the pack. The member must be allowed to manage the server. */
export async function previewRivers(manager: LoopbackMember): Promise<SeenMessage> {
  const text = await readFile(new URL('files/rivers.yaml', import.meta.url));
  const file = new File([text], 'rivers.yaml');
  return messageOf(await manager.command('general', '/pack import', { file }));
}

export async function importRivers(manager: LoopbackMember): Promise<void> {
  await manager.press(await previewRivers(manager), 'Install');
}
