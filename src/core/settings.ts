/** The settings of a server and of a member. A setting that was never changed has its default. */
import { z } from 'zod';

export const serverSettingsSchema = z.object({
  /** Id of the role that may start group rounds; absent: everybody may. */
  starterRole: z.string().optional(),
  /** Whether an answer may be changed until time is up. Otherwise the first answer is final. */
  answerChanges: z.boolean().default(false),
  /** IANA time zone, in which days, weeks and months begin. */
  timeZone: z.string().default('UTC'),
  /** Whether the server has a leaderboard. Scores are stored in any case. */
  board: z.boolean().default(true),
});
export type ServerSettings = Readonly<z.output<typeof serverSettingsSchema>>;

export const memberSettingsSchema = z.object({
  /** Factor for the time of each question in a solo round. */
  extraTime: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
});
export type MemberSettings = Readonly<z.output<typeof memberSettingsSchema>>;

/** The official spelling of a time zone, `Asia/Tehran` for `asia/tehran`; undefined for an unknown one. */
export function findTimeZone(typed: string): string | undefined {
  const name = typed.trim().replaceAll(' ', '_');
  // Newer versions of Node also accept offsets such as +03:30, but an older one could not read such a setting.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Time zones for a typed text: first those with a word that begins with it, then those that contain it. */
export function suggestTimeZones(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(/[ _]/g, '/');
  const all = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({
    zone,
    words: `/${zone.toLowerCase().replaceAll('_', '/')}`,
  }));
  const begin = all.filter(({ words }) => words.includes(`/${wanted}`));
  const hold = all.filter(({ words }) => words.includes(wanted));
  // Node's list may lack a second name of a zone, such as Asia/Kolkata.
  const exact = findTimeZone(typed);
  return [...new Set([...(exact === undefined ? [] : [exact]), ...[...begin, ...hold].map(({ zone }) => zone)])];
}
