/** The option of a command that takes a time zone. Suggests the zones that match what was typed. */
import { suggestTimeZones } from '../core/time-zones.ts';
import { optionalString } from './command.ts';

export const optionalTimeZone = (description: string) =>
  optionalString(description, {
    autocomplete: async (typed) => suggestTimeZones(typed).map((zone) => ({ name: zone, value: zone })),
  });
