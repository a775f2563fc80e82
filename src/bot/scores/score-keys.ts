/** The keys of scores in the store, and the schemas of their values. */
import { z } from 'zod';
import { type Member, memberSchema } from '../../core/scores/member.ts';
import { memberSummary } from '../../core/scores/member-summary.ts';
import type { Summary } from '../../store/store.ts';

export const memberPrefix = (scope: string): string => `member/${scope}/`;
export const memberKey = (scope: string, user: string): string => memberPrefix(scope) + user;
export const lastRoundPrefix = (scope: string): string => `last/${scope}/`;

export const optionalMember: z.ZodType<Member | undefined> = memberSchema.optional();
/** The summary that is stored with the scores of a member. */
export const summaryOf = (member: Member | undefined): Summary | undefined => member && memberSummary(member);

/** The latest round of a channel and the ids of the users who answered in this round. */
export const lastRoundSchema = z.object({ round: z.string(), at: z.number(), users: z.array(z.string()) });
