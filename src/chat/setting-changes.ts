/** Converts the value that a member chose on a settings card to a change of the settings. */
import { z } from 'zod';
import { type MemberSettings, maxRoundChannels, type ServerSettings } from '../core/settings.ts';
import { findTimeZone } from '../core/time-zones.ts';
import { choicesOf } from './message/modal-fields.ts';

const timeZone = z
  .string()
  .transform(findTimeZone)
  .pipe(z.string())
  .transform((zone) => ({ timeZone: zone }));

const memberChanges = {
  'look-ups': z.enum(['public', 'private']).transform((value) => ({ privateLookUps: value === 'private' })),
  'extra-time': z
    .enum(['1', '1.5', '2'])
    .transform((value) => ({ extraTime: ({ '1': 1, '1.5': 1.5, '2': 2 } as const)[value] })),
  'time-zone': timeZone,
  'day-start': z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.number().max(23))
    .transform((dayStart) => ({ dayStart })),
} satisfies Readonly<Record<string, z.ZodType<Partial<MemberSettings>>>>;

const serverChanges = {
  answers: z.enum(['final', 'change']).transform((value) => ({ answerChanges: value === 'change' })),
  board: z.enum(['on', 'off']).transform((value) => ({ board: value === 'on' })),
  'time-zone': timeZone,
  // If no role is chosen, everybody may open group rounds.
  role: z.string().transform((role) => ({ starterRole: role === '' ? undefined : role })),
  // If no channel is chosen, group rounds may be opened in every channel.
  channels: z
    .string()
    .transform((chosen) => [...choicesOf(chosen)])
    .pipe(z.array(z.string()).max(maxRoundChannels))
    .transform((roundChannels) => ({ roundChannels })),
} satisfies Readonly<Record<string, z.ZodType<Partial<ServerSettings>>>>;

export const memberSettingNames = ['look-ups', 'extra-time', 'time-zone', 'day-start'] as const;
export const serverSettingNames = ['answers', 'board', 'time-zone', 'role', 'channels'] as const;
export const settingsPages = ['show', 'quiz', 'channels', 'board'] as const;
/** The cards that show settings of a server. The card `show` has all settings, the other cards have some of them. */
export type SettingsPage = (typeof settingsPages)[number];

/** Converts a chosen value to a change of the settings. If the value is invalid, returns an empty change. */
export const memberChange = (name: (typeof memberSettingNames)[number], chosen: string): Partial<MemberSettings> =>
  memberChanges[name].safeParse(chosen).data ?? {};

export const serverChange = (name: (typeof serverSettingNames)[number], chosen: string): Partial<ServerSettings> =>
  serverChanges[name].safeParse(chosen).data ?? {};
