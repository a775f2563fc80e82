/**
 * How many characters at the end of each key are indexed. The keys of a member end with the member's id, so this index
 * finds them quickly. The shortest Discord ids have 17 characters.
 */
export const suffixLength = 17;
