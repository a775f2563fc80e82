/** Interactions that members submit. Rules that only Discord's client checks are not checked. */
import { apiError, parseBody } from './api-errors.ts';
import { type RequestBody, storeInteractionFile } from './attachments.ts';
import { validateCommand } from './command-interaction.ts';
import { validateComponent, validateModal } from './component-interaction.ts';
import { type Context, requireChannel } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { interactionRequest, type InteractionRequest, type ValidateInteraction } from './interaction-request.ts';
import { createInteraction, dispatchInteraction, interactionType } from './interaction-dispatch.ts';
import { requireActiveThread } from './threads.ts';
import type { Member } from './world.ts';

const validators: Readonly<Record<InteractionRequest['type'], ValidateInteraction>> = {
  [interactionType.command]: validateCommand,
  [interactionType.autocomplete]: validateCommand,
  [interactionType.component]: validateComponent,
  [interactionType.modal]: validateModal,
};

/** Handles `POST /interactions`. The value of an attachment or file upload is the `n` of the file `files[n]`. */
export function submitInteraction(context: Context, member: Member, { body, files }: RequestBody): void {
  const request = parseBody(interactionRequest, body);
  const { world } = context;
  const channel = requireChannel(context, request.channel_id, { kind: 'member', member });
  const applicationId = request.application_id;
  if (!world.applications.some(({ id }) => id === applicationId)) throw apiError('unknownApplication');
  if ((request.guild_id ?? undefined) !== channel.guildId) throw apiError('unknownChannel');
  if (request.type === interactionType.command) requireActiveThread(context, channel, { kind: 'member', member });
  if (files.some(({ data }) => data.length > discordLimits.attachmentBytes)) throw apiError('tooLarge');
  const { data, ...stored } = validators[request.type](request, {
    world,
    channel,
    member,
    applicationId,
    at: context.clock.now(),
    files: files.map(({ n }) => n),
    storeFile(n) {
      const file = files.find((each) => each.n === n);
      if (!file) throw new Error(`There is no file ${n}; the validators must check this`);
      return storeInteractionFile(context, applicationId, file);
    },
  });
  const common = { type: request.type, applicationId, userId: member.id, channelId: channel.id };
  const nonce = request.nonce === undefined ? {} : { nonce: request.nonce };
  dispatchInteraction(context, createInteraction(context, { ...common, ...nonce, ...stored }), channel, member, data);
}
