/** Determines the users and roles that a message mentions. Discord docs, resources/message#allowed-mentions-object. */
import { type Path, type Problem, problem } from './api-errors.ts';
import { allUsers, userObject } from './api-objects.ts';
import { allComponents } from './component-rules.ts';
import type { Context } from './context.ts';
import { hasPermissions } from './permissions.ts';
import type { Channel, Message, User } from './world.ts';

/**
 * The mentions that are parsed if `allowed_mentions` is missing. In responses to interactions, these are only the
 * mentions of users.
 */
export type DefaultMentions = 'everything' | 'users';

export function mentionFields(
  { world, clock }: Context,
  channel: Channel,
  author: User,
  { content, components }: Pick<Message, 'content' | 'components'>,
  allowed: AllowedMentions | null | undefined,
  defaultMentions: DefaultMentions,
  repliedTo?: User,
): Pick<Message, 'mentions' | 'mention_everyone' | 'mention_roles'> {
  const text = [content, ...allComponents(components).map(({ component }) => component.content ?? '')].join('\n');
  const parse = allowed
    ? (allowed.parse ?? [])
    : defaultMentions === 'users'
      ? ['users']
      : ['users', 'roles', 'everyone'];
  const idsIn = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, id = '']) => id));
  const [userIds, roleIds] = [idsIn(/<@!?(\d{17,19})>/g), idsIn(/<@&(\d{17,19})>/g)];
  const isAllowed = (kind: 'users' | 'roles', id: string) =>
    parse.includes(kind) || (allowed?.[kind] ?? []).includes(id);
  const mayMentionAll = hasPermissions(world, channel, author.id, clock.now(), 'MENTION_EVERYONE');
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  const isReply = (id: string) => id === repliedTo?.id && (allowed ? allowed.replied_user === true : true);
  return {
    mentions: allUsers(world)
      .filter(({ id }) => (userIds.has(id) && isAllowed('users', id)) || isReply(id))
      .map(userObject),
    mention_everyone: mayMentionAll && parse.includes('everyone') && /@(?:everyone|here)\b/.test(text),
    mention_roles: (guild?.roles ?? [])
      .filter(({ id, mentionable }) => roleIds.has(id) && isAllowed('roles', id) && (mentionable || mayMentionAll))
      .map(({ id }) => id),
  };
}

export interface AllowedMentions {
  readonly parse?: readonly string[] | null;
  readonly users?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
  readonly replied_user?: boolean | null;
}

/** `parse` must not contain "users" if there is also a list of user ids. The same rule applies to roles. */
export function* mentionProblems(allowed: AllowedMentions | null | undefined, at: Path = []): Iterable<Problem> {
  for (const kind of ['users', 'roles'] as const)
    if (allowed?.parse?.includes(kind) && (allowed[kind]?.length ?? 0) > 0)
      yield problem(
        [...at, 'allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
}
