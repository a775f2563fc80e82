/**
 * The length of the suffix of a key that is indexed, so that all keys of a member are found quickly. The shortest ids of
 * Discord have 17 characters.
 */
export const suffixLength = 17;
