/** Creates interactions and dispatches them to the bot. An interaction fails after three seconds without a callback. */
import type { InteractionType } from 'discord-api-types/v10';
import { messageObject } from './api-objects.ts';
import { type Context, newId } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { interactionObject } from './interaction-objects.ts';
import { timestampOf } from './snowflake.ts';
import type { Channel, Interaction, Member } from './world.ts';
import type { MemberEvent } from './gateway-rules.ts';

/** Maximum number of stored interactions. The tokens of older interactions have usually expired. */
const keptInteractions = 1_000;

export const interactionType = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const satisfies Record<
  string,
  InteractionType
>;

/**
 * Dispatches a new interaction to the bot, and tells the client of the member that the interaction exists. If the bot
 * sends no callback within three seconds, the member gets a failure event.
 */
export function dispatchInteraction(
  context: Context,
  interaction: Interaction,
  channel: Channel,
  member: Member,
  data: object,
): void {
  const { world, gateway } = context;
  world.interactions.push(interaction);
  if (world.interactions.length > keptInteractions) world.interactions.shift();
  context.worldChanged();
  notifyMember(context, interaction, 'INTERACTION_CREATE');
  const source = world.posts.find(({ message }) => message.id === interaction.sourceId);
  const event = {
    ...interactionObject(interaction, channel, member, world, timestampOf(interaction.id)),
    data,
    ...(source && { message: messageObject(source, world, source.reader ?? interaction.applicationId) }),
  };
  gateway.dispatchToBot(interaction.applicationId, 'INTERACTION_CREATE', event, channel.guildId);
  context.alarm(timestampOf(interaction.id) + discordLimits.acknowledgeMs, () => {
    if (interaction.answered === undefined)
      notifyMember(context, interaction, 'INTERACTION_FAILURE', { reason_code: 2 });
  });
}

export const notifyMember = (
  { gateway }: Context,
  { id, nonce, userId }: Interaction,
  event: MemberEvent,
  more: object = {},
): void => gateway.dispatchToMember(userId, event, { id, ...(nonce !== undefined && { nonce }), ...more });

/** Creates an interaction without dispatching it. The token has the same format as Discord's tokens. */
export function createInteraction(
  context: Context,
  rest: Omit<Interaction, 'id' | 'token' | 'answered' | 'originalId' | 'modal' | 'followUps'>,
): Interaction {
  const id = newId(context);
  const secret = crypto.getRandomValues(Buffer.alloc(96)).toString('base64url');
  return { id, token: Buffer.from(`interaction:${id}:${secret}`).toString('base64url'), followUps: 0, ...rest };
}
