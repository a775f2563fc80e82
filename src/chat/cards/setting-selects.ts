/** Select menus that show the current value of a setting and change it. */
import { commonTimeZones, currentTimeZone } from '../../core/time-zones.ts';
import { type ActionRow, selectRow } from '../message/message-components.ts';

interface Setting {
  /** The custom_id of the select menu. */
  readonly id: string;
  readonly placeholder: string;
  /** The label of each value, in the order of the select menu. */
  readonly labels: Readonly<Record<string, string>>;
  readonly current: string;
}

export const settingSelect = ({ id, placeholder, labels, current }: Setting): ActionRow =>
  selectRow(
    id,
    placeholder,
    Object.entries(labels).map(([value, label]) => ({ label, value, ...(value === current && { default: true }) })),
  );

/** A select menu of well-known time zones. The current time zone is always one of the options. */
export function timeZoneSelect(id: string, timeZone: string): ActionRow {
  const current = currentTimeZone(timeZone);
  const zones = commonTimeZones.includes(current) ? commonTimeZones : [current, ...commonTimeZones];
  const labels = Object.fromEntries(zones.map((zone) => [zone, `Time zone ${zone}`]));
  return settingSelect({ id, placeholder: 'Time zone', labels, current });
}
