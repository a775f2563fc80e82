/**
 * The settings of a server and of a member. Every setting has a default value, which applies until somebody changes the
 * setting.
 */
import { z } from 'zod';

export const serverSettingsSchema = z.object({
  /** Id of the role that may start group rounds. If absent, every member may. */
  starterRole: z.string().optional(),
  /** Whether players may change their answers until time is up. If not, the first answer is final. */
  answerChanges: z.boolean().default(false),
  /** IANA time zone that decides when a day, week or month begins. */
  timeZone: z.string().default('UTC'),
  /** Whether the server shows a leaderboard. Scores are stored either way. */
  board: z.boolean().default(true),
});
export type ServerSettings = Readonly<z.output<typeof serverSettingsSchema>>;

export const memberSettingsSchema = z.object({
  /** Factor by which the time for each question is multiplied in this member's solo rounds. */
  extraTime: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
  /** IANA time zone that decides when a day begins in this member's private conversations. */
  timeZone: z.string().default('UTC'),
});
export type MemberSettings = Readonly<z.output<typeof memberSettingsSchema>>;

/** The official spelling of a time zone name: `Asia/Tehran` for `asia/tehran`. Undefined for an unknown name. */
export function findTimeZone(typed: string): string | undefined {
  const name = typed.trim().replaceAll(' ', '_');
  // Rejects offsets such as +03:30: newer versions of Node accept them, but an older version could not read the saved
  // setting.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/**
 * Time zones that match a typed text: first those in which a word begins with the text, then those that contain the
 * text anywhere.
 */
export function suggestTimeZones(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(/[ _]/g, '/');
  const all = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({
    zone,
    words: `/${zone.toLowerCase().replaceAll('_', '/')}`,
  }));
  const begin = all.filter(({ words }) => words.includes(`/${wanted}`));
  const hold = all.filter(({ words }) => words.includes(wanted));
  // Node's list may lack alternative names of a zone, such as Asia/Kolkata.
  const exact = findTimeZone(typed);
  return [...new Set([...(exact === undefined ? [] : [exact]), ...[...begin, ...hold].map(({ zone }) => zone)])];
}
