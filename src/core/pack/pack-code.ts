/**
 * A short code for the id of a pack. The custom_ids of buttons contain this code, because the id of an entry and the id
 * of a pack together may be too long for a custom_id.
 */
import { seedOf } from '../dice.ts';

/** The code is the letter p, followed by at most seven letters and digits. */
export const packCode = (pack: string): string => `p${seedOf(pack).toString(36)}`;
