/**
 * Matches invisible characters, such as direction marks and zero-width spaces. In a text, such a character could
 * reverse a line or make a name look like another name. The joiners and variation selectors that emoji and Persian
 * words need are not matched.
 */
export const invisibleCharacters = /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The code point of the first invisible character in a text, such as `U+202E`. */
export function firstInvisible(text: string): string | undefined {
  const [found] = text.match(invisibleCharacters) ?? [];
  return found && `U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}
