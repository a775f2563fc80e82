/** A command option that takes a time zone. Suggests the time zones that match the typed text. */
import { suggestTimeZones } from '../core/time-zones.ts';
import { optionalString } from './command.ts';

export const optionalTimeZone = (description: string) =>
  optionalString(description, {
    autocomplete: async (typed) => suggestTimeZones(typed).map((zone) => ({ name: zone, value: zone })),
  });
