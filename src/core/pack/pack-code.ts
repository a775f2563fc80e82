/**
 * A short code for the id of a pack. Custom_ids of buttons contain it, because the ids of an entry and of a pack together
 * may be too long for a custom_id.
 */
import { seedOf } from '../dice.ts';

/** The letter p and at most seven letters and digits. */
export const packCode = (pack: string): string => `p${seedOf(pack).toString(36)}`;
