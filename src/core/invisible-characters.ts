/**
 * Invisible characters, such as direction marks and zero-width spaces. They could reverse a line or imitate another
 * name. Does not contain the joiners and variation selectors that emoji and Persian words need.
 */
export const invisibleCharacters = /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The first invisible character of a text as it is written in Unicode's tables, such as `U+202E`. */
export function firstInvisible(text: string): string | undefined {
  const [found] = text.match(invisibleCharacters) ?? [];
  return found && `U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}
