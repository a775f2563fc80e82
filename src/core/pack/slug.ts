/**
 * Slugs: short names in lower case with hyphens, such as harbour-treaty. Entries, topics and questions have slugs as
 * ids. Pools of wrong answers have slugs as names.
 */
import { z } from 'zod';

export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The schema of a slug with at most 60 characters. The error message for an invalid slug shows `example`. */
export const slug = (example: string) =>
  z
    .string()
    .regex(slugPattern, `write a short name in lower-case letters, digits and hyphens, such as ${example}`)
    .max(60, 'shorten it to 60 characters');
