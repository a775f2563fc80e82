/**
 * The settings of a server and of a member. Every setting has a default value, which applies until somebody changes the
 * setting.
 */
import { z } from 'zod';

/** Maximum number of channels in `roundChannels`. A select menu of Discord can show no more. */
export const maxRoundChannels = 25;

export const serverSettingsSchema = z.object({
  /** Id of the role that may start group rounds. If absent, every member may start group rounds. */
  starterRole: z.string().optional(),
  /**
   * Ids of the channels in which group rounds may be opened. The threads of these channels are allowed, too. If the
   * list is empty, all channels are allowed.
   */
  roundChannels: z.array(z.string()).default([]),
  /** Whether players may change their answers until time is up. If not, the first answer is final. */
  answerChanges: z.boolean().default(false),
  /** IANA time zone that decides when a day, week or month begins. */
  timeZone: z.string().default('UTC'),
  /** Whether the server shows a leaderboard. Scores are stored even if the leaderboard is not shown. */
  board: z.boolean().default(true),
});
export type ServerSettings = Readonly<z.output<typeof serverSettingsSchema>>;

export const memberSettingsSchema = z.object({
  /**
   * Whether the answers to this member's look-ups are visible only to this member. An option of the command can
   * override this setting.
   */
  privateLookUps: z.boolean().default(false),
  /** Factor by which the answer time of each question is multiplied in this member's solo rounds. */
  extraTime: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
  /** IANA time zone that decides when a day begins in this member's private conversations. */
  timeZone: z.string().default('UTC'),
  /** The hour, from 0 to 23, at which a day begins in this member's private conversations. */
  dayStart: z.number().int().min(0).max(23).default(0),
});
export type MemberSettings = Readonly<z.output<typeof memberSettingsSchema>>;
