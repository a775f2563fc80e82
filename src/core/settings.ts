/** What a server and a member may decide about how the bot treats them. Whatever was never decided has its default. */
import { z } from 'zod';

export const serverSettingsSchema = z.object({
  /** Id of the role whose members may open group rounds; absent: everybody may. */
  starterRole: z.string().optional(),
  /** Whether an answer may be changed until time is up; otherwise the first one is final. */
  answerChanges: z.boolean().default(false),
  /** IANA zone that days, weeks and months are counted in. */
  timeZone: z.string().default('UTC'),
  /** Whether there is a leaderboard. Scores are kept either way. */
  board: z.boolean().default(true),
});
export type ServerSettings = Readonly<z.output<typeof serverSettingsSchema>>;

export const memberSettingsSchema = z.object({
  /** What the time for a question is multiplied by where a member plays alone. */
  extraTime: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
});
export type MemberSettings = Readonly<z.output<typeof memberSettingsSchema>>;

/** A time zone as the platform spells it, `Asia/Tehran` for `asia/tehran`; undefined when there is none such. */
export function findTimeZone(typed: string): string | undefined {
  const name = typed.trim().replaceAll(' ', '_');
  // Newer platforms take offsets such as +03:30 too; what one version stores, an older one must understand.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Time zones for what was typed so far: those in which a word begins so, then those that hold it anywhere. */
export function suggestTimeZones(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(/[ _]/g, '/');
  const all = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({
    zone,
    words: `/${zone.toLowerCase().replaceAll('_', '/')}`,
  }));
  const begin = all.filter(({ words }) => words.includes(`/${wanted}`));
  const hold = all.filter(({ words }) => words.includes(wanted));
  // Other names of a zone, such as Asia/Kolkata, may be missing from the platform's list.
  const exact = findTimeZone(typed);
  return [...new Set([...(exact === undefined ? [] : [exact]), ...[...begin, ...hold].map(({ zone }) => zone)])];
}
