/**
 * A member acts: types a command, asks for suggestions, presses, chooses, submits a modal. What Discord's servers check
 * before the bot hears of it is checked (typed.ts, pressed.ts); what only its client checks is not.
 */
import { act, type Act, type Judge } from './interaction-request.ts';
import { channelFor, type Emulation } from './context.ts';
import { formOf, refusal } from './api-errors.ts';
import { insistOnActive } from './threads.ts';
import { begin, interactionType, newInteraction } from './interaction-callbacks.ts';
import { pressed, submitted } from './component-interaction.ts';
import { typed } from './command-interaction.ts';
import type { Member } from './world.ts';

const judged: Readonly<Record<Act['type'], Judge>> = {
  [interactionType.command]: typed,
  [interactionType.autocomplete]: typed,
  [interactionType.component]: pressed,
  [interactionType.modal]: submitted,
};

/** `POST /interactions`. Throws 50035 and what the channel or the message refuses. */
export function perform(emulation: Emulation, member: Member, body: unknown): void {
  const asked = formOf(act, body);
  const { world } = emulation;
  const channel = channelFor(emulation, asked.channel_id, { kind: 'member', member });
  const applicationId = asked.application_id;
  if (!world.applications.some(({ id }) => id === applicationId)) throw refusal('unknownApplication');
  if ((asked.guild_id ?? undefined) !== channel.guildId) throw refusal('unknownChannel');
  if (asked.type === interactionType.command) insistOnActive(emulation, channel, { kind: 'member', member });
  const { data, ...known } = judged[asked.type](asked, { world, channel, member, at: emulation.clock.now() });
  const common = { type: asked.type, applicationId, userId: member.id, channelId: channel.id };
  const nonce = asked.nonce === undefined ? {} : { nonce: asked.nonce };
  begin(emulation, newInteraction(emulation, { ...common, ...nonce, ...known }), channel, member, data);
}
