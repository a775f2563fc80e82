/** Interactions that members submit. Rules that Discord checks only in its client are not emulated. */
import { apiError, byId, parseBody } from './api-errors.ts';
import { messageObject } from './api-objects.ts';
import { storeInteractionFile } from './attachments.ts';
import { validateCommand } from './command-interaction.ts';
import { validateComponent, validateModal } from './component-interaction.ts';
import { callingMember, type Context, newId, requireChannel } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import type { MemberEvent } from './gateway-rules.ts';
import { interactionObject } from './interaction-objects.ts';
import { interactionRequest, interactionType, type ValidateInteraction } from './interaction-request.ts';
import type { Asked } from './route.ts';
import { timestampOf } from './snowflake.ts';
import { requireActiveThread } from './threads.ts';
import type { Interaction } from './world.ts';

/** Maximum number of stored interactions. The tokens of older interactions have usually expired. */
const keptInteractions = 1_000;

const validators: Readonly<Record<2 | 3 | 4 | 5, ValidateInteraction>> = {
  [interactionType.command]: validateCommand,
  [interactionType.autocomplete]: validateCommand,
  [interactionType.component]: validateComponent,
  [interactionType.modal]: validateModal,
};

/**
 * Dispatches an interaction to the bot and tells the member's client that the interaction exists. If the bot sends no
 * callback within 3 s, the client is told that the interaction has failed. The request is a form if it has files. The
 * file with the number `n` is the form field `files[n]`, and the value of an attachment or file upload is this number.
 */
export function submitInteraction({ context, caller, body, files }: Asked): void {
  const { world, clock, gateway, alarm } = context;
  const { type, ...request } = parseBody(interactionRequest, body);
  const member = callingMember(caller);
  const channel = requireChannel(context, request.channel_id, caller);
  const { id: applicationId } = byId(world.applications, request.application_id, 'unknownApplication');
  if ((request.guild_id ?? undefined) !== channel.guildId) throw apiError('unknownChannel');
  if (type === interactionType.command) requireActiveThread({ context, channel, caller });
  if (files.some(({ data }) => data.length > discordLimits.attachmentBytes)) throw apiError('tooLarge');
  const { data, ...stored } = validators[type](
    { type, ...request },
    {
      world,
      channel,
      member,
      applicationId,
      at: clock.now(),
      files: files.map(({ n }) => n),
      storeFile(n) {
        const file = files.find((each) => each.n === n);
        if (!file) throw new Error(`There is no file ${n}; the validators must check this`);
        return storeInteractionFile(context, applicationId, file);
      },
    },
  );
  const id = newId(context);
  const interaction: Interaction = {
    id,
    token: newToken(id),
    followUps: 0,
    type,
    applicationId,
    userId: member.id,
    channelId: channel.id,
    ...(request.nonce !== undefined && { nonce: request.nonce }),
    ...stored,
  };
  world.interactions.push(interaction);
  if (world.interactions.length > keptInteractions) world.interactions.shift();
  notifyMember(context, interaction, 'INTERACTION_CREATE');
  const source = world.posts.find(({ message }) => message.id === interaction.sourceId);
  const event = {
    ...interactionObject(interaction, channel, member, world, timestampOf(id)),
    data,
    ...(source && { message: messageObject(source, world, source.reader ?? applicationId) }),
  };
  gateway.dispatchToBot(applicationId, 'INTERACTION_CREATE', event, channel.guildId);
  alarm(timestampOf(id) + discordLimits.acknowledgeMs, () => {
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

/** Creates an interaction token in Discord's format. */
function newToken(id: string): string {
  const secret = crypto.getRandomValues(Buffer.alloc(96)).toString('base64url');
  return Buffer.from(`interaction:${id}:${secret}`).toString('base64url');
}
