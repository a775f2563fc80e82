/** Rules for embeds, and Discord's changes to them. Discord docs, resources/message#embed-object. */
import { type Path, type Problem, problem } from './api-errors.ts';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import type { Message, StoredMessage } from './world.ts';

/** Rules that the schema does not contain. Discord docs, resources/message#embed-object, #embed-object-embed-limits. */
export function* embedProblems({ embeds }: Pick<Message, 'embeds'>): Iterable<Problem> {
  let characters = 0;
  for (const [index, embed] of embeds.entries()) {
    const texts = textsIn(embed, ['embeds', index]);
    const counted = texts.filter(({ path, text }) => countedKeys.has(path.at(-1)) && text !== '');
    characters += counted.reduce((sum, { text }) => sum + text.length, 0);
    for (const { path, text } of texts) {
      if (text === '' && path[2] === 'fields') yield problem(path, 'BASE_TYPE_REQUIRED');
      if (String(path.at(-1)).endsWith('url') && !/^https?:\/\//.test(text))
        yield problem(path, 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of (http, https).');
    }
    if (counted.length === 0 && !('image' in embed) && !('thumbnail' in embed))
      yield problem(['embeds', index, 'description'], 'BASE_TYPE_REQUIRED');
    if (characters > discordLimits.embedCharacters) yield problem(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED');
  }
}

/**
 * The keys of the texts that count towards `embedCharacters`: title, description, author name, field name and value,
 * footer text.
 */
const countedKeys: ReadonlySet<unknown> = new Set(['title', 'description', 'name', 'value', 'text']);

const textsIn = (part: object, at: Path): readonly { readonly path: Path; readonly text: string }[] =>
  Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [{ path: [...at, key], text: value }];
    return typeof value === 'object' && value !== null ? textsIn(value, [...at, key]) : [];
  });

/** Discord sets the type of every sent embed to "rich". Discord docs, resources/message#embed-object-embed-types. */
export const richEmbed = (embed: object): object => ({ ...embed, type: 'rich' });

/**
 * Hides or shows embeds (SUPPRESS_EMBEDS). Source: abalabahaha/eris pull request 567. Discord docs,
 * resources/message#message-object-message-flags.
 */
export function hideEmbeds(stored: StoredMessage): void {
  const isHidden = (stored.message.flags & messageFlags.suppressEmbeds) !== 0;
  stored.hiddenEmbeds = isHidden ? stored.message.embeds : [];
  if (isHidden) stored.message.embeds = [];
}
