/**
 * The life of an interaction after a member began it: the bot is told, one callback answers within three seconds, and
 * for fifteen minutes its token edits and adds messages.
 * https://discord.com/developers/docs/interactions/receiving-and-responding. Absent: activities, premium replies.
 */
import { z } from 'zod';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import type { Sent, Upload } from './attachments.ts';
import { applicationById, freshId, type Emulation } from './context.ts';
import { insistOn, problem, refusal } from './api-errors.ts';
import { choiceProblems, modalProblems } from './message-rules.ts';
import { edit, messageBody, post, remove, type MessageBody } from './messages.ts';
import { interactionObject, userObject } from './api-objects.ts';
import { may } from './permissions.ts';
import { insistOnShape } from './body-validation.ts';
import { timeOf, type Channel, type Interaction, type Member, type Modal, type Post } from './world.ts';

/** So many interactions are remembered; a token that is forgotten has long expired. */
const remembered = 1_000;

export const interactionType = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
const answer = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** docs, #interaction-response-object-interaction-callback-type: which answer fits which interaction. */
const fitting: Readonly<Record<number, readonly number[]>> = {
  [interactionType.command]: [answer.message, answer.deferred, answer.modal],
  [interactionType.component]: [answer.message, answer.deferred, answer.deferredUpdate, answer.update, answer.modal],
  [interactionType.autocomplete]: [answer.choices],
  [interactionType.modal]: [answer.message, answer.deferred],
};

/** Tells the bot and the member, and tells the member of failure when no answer comes within three seconds. */
export function begin(
  emulation: Emulation,
  interaction: Interaction,
  channel: Channel,
  member: Member,
  data: object,
): void {
  const { world, gateway } = emulation;
  world.interactions.push(interaction);
  if (world.interactions.length > remembered) world.interactions.shift();
  emulation.changed();
  tellMember(emulation, interaction, 'INTERACTION_CREATE');
  const source = world.posts.find(({ message }) => message.id === interaction.sourceId);
  const event = {
    ...interactionObject(interaction, channel, member, world, timeOf(interaction.id)),
    data,
    ...(source && { message: source.message }),
  };
  gateway.toBot(interaction.applicationId, 'INTERACTION_CREATE', event, channel.guildId);
  emulation.alarm(timeOf(interaction.id) + discordLimits.acknowledgeMs, () => {
    if (interaction.answered === undefined)
      tellMember(emulation, interaction, 'INTERACTION_FAILURE', { reason_code: 2 });
  });
}

const tellMember = (
  { gateway }: Emulation,
  { id, nonce, userId }: Interaction,
  event: string,
  more: object = {},
): void => gateway.toMember(userId, event, { id, ...(nonce !== undefined && { nonce }), ...more });

const callback = z.object({ type: z.number(), data: z.record(z.string(), z.unknown()).nullish() });

/** Answers an interaction, once and in time. Gives back what `with_response` shows. Throws 10062, 40060, 50035. */
export function acknowledge(emulation: Emulation, id: string, token: string, { body, files }: Sent): object {
  const { world, clock } = emulation;
  const interaction = world.interactions.find((interaction) => interaction.id === id && interaction.token === token);
  if (!interaction) throw refusal('unknownInteraction');
  if (interaction.answered !== undefined) throw refusal('alreadyAcknowledged');
  if (clock.now() - timeOf(id) >= discordLimits.acknowledgeMs) throw refusal('unknownInteraction');
  const { type, data } = callback.safeParse(body).data ?? { type: 0 };
  const types = [
    ...(fitting[interaction.type] ?? []),
    ...(interaction.type === interactionType.modal && interaction.sourceId
      ? [answer.deferredUpdate, answer.update]
      : []),
  ];
  if (!types.includes(type))
    insistOn([problem(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${types.join(', ')}}.`)]);
  const message = answers[type]?.(emulation, interaction, data ?? {}, files);
  interaction.answered = type;
  if (message) interaction.originalId = message.message.id;
  emulation.changed();
  if (type !== answer.choices && type !== answer.modal) tellMember(emulation, interaction, 'INTERACTION_SUCCESS');
  return {
    interaction: {
      id,
      type: interaction.type,
      ...(message && {
        response_message_id: message.message.id,
        response_message_loading: (message.message.flags & messageFlags.loading) !== 0,
        response_message_ephemeral: message.reader !== undefined,
      }),
    },
    resource: { type, ...(message && type !== answer.deferredUpdate && { message: message.message }) },
  };
}

type Answer = (
  emulation: Emulation,
  interaction: Interaction,
  data: Record<string, unknown>,
  files: readonly Upload[],
) => Post | undefined;

const answers: Readonly<Record<number, Answer>> = {
  [answer.message]: (emulation, interaction, body, files) =>
    say(emulation, interaction, messageBody(emulation, 'reply', { body, files }, ['data']), ['data']),
  // docs: of the flags only EPHEMERAL counts in a deferred answer.
  [answer.deferred]: (emulation, interaction, { flags: asked }) =>
    say(emulation, interaction, { flags: Number(asked ?? 0) & messageFlags.ephemeral, files: [] }, ['data'], true),
  [answer.deferredUpdate]: (emulation, { sourceId }) => sourcePost(emulation, sourceId),
  [answer.update](emulation, { sourceId }, body, files) {
    const wanted = messageBody(emulation, 'replyEdit', { body, files }, ['data']);
    return edit(emulation, sourcePost(emulation, sourceId), wanted, 'users', ['data']);
  },
  [answer.choices](emulation, interaction, { choices = [] }) {
    const list = Array.isArray(choices) ? (choices as readonly { name: string; value: string | number }[]) : [];
    insistOn([...choiceProblems(list, ['data', 'choices'])]);
    tellMember(emulation, interaction, 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE', { choices: list });
    return undefined;
  },
  [answer.modal](emulation, interaction, data) {
    insistOnShape(emulation, 'modal', data, ['data']);
    const modal = data as unknown as Modal;
    insistOn(modalProblems(modal.components, ['data']));
    interaction.modal = modal;
    const { id, name } = applicationById(emulation, interaction.applicationId);
    const { custom_id, title, components } = modal;
    const application = { id, name };
    const more = { custom_id, title, components, application, channel_id: interaction.channelId };
    tellMember(emulation, interaction, 'INTERACTION_MODAL_CREATE', more);
    return undefined;
  },
};

function sourcePost({ world }: Emulation, sourceId: string | undefined): Post {
  const source = world.posts.find(({ message }) => message.id === sourceId);
  if (!source) throw refusal('unknownMessage');
  return source;
}

/** Posts a message with an interaction's token: an ephemeral one is for the member who acted alone. */
function say(
  emulation: Emulation,
  interaction: Interaction,
  body: MessageBody,
  at: readonly string[] = [],
  isAwaited = false,
): Post {
  const { world } = emulation;
  const { id, type, userId, nonce, commandName, sourceId } = interaction;
  const channel = world.channels.find((channel) => channel.id === interaction.channelId);
  const member = world.members.find((member) => member.id === userId);
  const application = applicationById(emulation, interaction.applicationId);
  if (!channel || !member) throw refusal('unknownChannel');
  const user = userObject(member);
  const isFirst = interaction.answered === undefined;
  // docs, topics/permissions: without USE_EXTERNAL_APPS what an app answers that only the member installed is hidden.
  const isGuest = interaction.owners['0'] === undefined;
  const isHidden = isGuest && !may(world, channel, userId, emulation.clock.now(), 'USE_EXTERNAL_APPS');
  const asked = body.flags ?? 0;
  const wanted = { ...body, flags: isHidden ? asked | messageFlags.ephemeral : asked };
  const isCommand = type === interactionType.command;
  const original = isFirst ? sourceId : interaction.originalId;
  return post(emulation, {
    channel,
    author: application.bot,
    body: wanted,
    type: isFirst && isCommand ? 20 : original === undefined ? 0 : 19,
    more: {
      application_id: application.id,
      webhook_id: application.id,
      interaction_metadata: {
        id,
        type,
        user,
        authorizing_integration_owners: interaction.owners,
        ...(commandName !== undefined && { name: commandName }),
      },
      ...(isFirst && isCommand && { interaction: { id, type, name: commandName ?? '', user } }),
      ...(isFirst && nonce !== undefined && { nonce }),
      ...(original !== undefined && {
        message_reference: { type: 0, channel_id: channel.id, message_id: original },
      }),
    },
    ...(wanted.flags & messageFlags.ephemeral && { reader: userId }),
    interactionId: id,
    byDefault: 'users',
    isAwaited,
    at,
  });
}

/** The interaction whose token this is, while it lasts. 50027 after 15 minutes, 10015 before it is answered. */
function byToken({ world, clock }: Emulation, application: string, token: string): Interaction {
  if (!world.applications.some(({ id }) => id === application)) throw refusal('unknownWebhook');
  const interaction = world.interactions.find(
    (interaction) => interaction.token === token && interaction.applicationId === application,
  );
  if (!interaction || clock.now() - timeOf(interaction.id) >= discordLimits.tokenMs) throw refusal('expiredToken');
  if (interaction.answered === undefined) throw refusal('unknownWebhook');
  return interaction;
}

/** A message that the token reaches: its own ones, and the one whose component was pressed. 10008 for others. */
function reachable(emulation: Emulation, application: string, token: string, messageId: string): Post {
  const interaction = byToken(emulation, application, token);
  const id = messageId === '@original' ? interaction.originalId : messageId;
  const found = emulation.world.posts.find(({ message }) => message.id === id);
  if (!found || (found.interactionId !== interaction.id && found.message.id !== interaction.originalId))
    throw refusal('unknownMessage');
  return found;
}

/** A further message; while a deferred answer is awaited it becomes that answer. */
export function followUp(emulation: Emulation, application: string, token: string, sent: Sent): object {
  const interaction = byToken(emulation, application, token);
  const awaited = emulation.world.posts.find(({ message }) => message.id === interaction.originalId);
  const body = messageBody(emulation, 'reply', sent);
  if (awaited && awaited.message.flags & messageFlags.loading) return edit(emulation, awaited, body, 'users').message;
  if (interaction.owners['0'] === undefined && interaction.followUps >= discordLimits.followUps)
    throw refusal('tooManyFollowUps');
  const { message } = say(emulation, interaction, body);
  interaction.followUps++;
  return message;
}

export const readAnswer = (emulation: Emulation, application: string, token: string, messageId: string): object =>
  reachable(emulation, application, token, messageId).message;

export function editAnswer(
  emulation: Emulation,
  application: string,
  token: string,
  messageId: string,
  sent: Sent,
): object {
  const kept = reachable(emulation, application, token, messageId);
  return edit(emulation, kept, messageBody(emulation, 'replyEdit', sent), 'users').message;
}

export function removeAnswer(emulation: Emulation, application: string, token: string, messageId: string): void {
  remove(emulation, reachable(emulation, application, token, messageId));
}

/** A new interaction of a member, not yet begun. Its token has the shape of Discord's. */
export function newInteraction(
  emulation: Emulation,
  rest: Omit<Interaction, 'id' | 'token' | 'answered' | 'originalId' | 'modal' | 'followUps'>,
): Interaction {
  const id = freshId(emulation);
  const secret = crypto.getRandomValues(Buffer.alloc(96)).toString('base64url');
  return { id, token: Buffer.from(`interaction:${id}:${secret}`).toString('base64url'), followUps: 0, ...rest };
}
