/** Windows of time as ids: a leaderboard of a week is whatever carries that week's id, so nothing is ever reset. */

const day = 86_400_000;

/** ISO 8601 week (Monday to Sunday, UTC) of a moment in ms since the epoch, such as `2026-W47`. */
export function weekOf(at: number): string {
  const date = new Date(at);
  const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  const weekday = (date.getUTCDay() + 6) % 7;
  // The week belongs to the year that its Thursday lies in.
  const thursday = midnight + (3 - weekday) * day;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
