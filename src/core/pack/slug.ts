/** Short names in lower case with hyphens, such as harbour-treaty: the ids of entries, topics, questions and pools. */
import { z } from 'zod';

export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A slug of at most 60 characters; `example` is shown to the author of a wrong one. */
export const slug = (example: string) =>
  z
    .string()
    .regex(slugPattern, `write a short name in lower-case letters, digits and hyphens, such as ${example}`)
    .max(60, 'shorten it to 60 characters');
