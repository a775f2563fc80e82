/**
 * Compares the commands that the bot would register with the commands that Discord has stored. Fields that Discord adds
 * are not compared (see `addedByDiscord`). A missing field is equal to a field with the default value.
 */

/**
 * Fields that Discord adds to a stored command, and two deprecated fields that Discord derives from other fields.
 * Source: Discord documentation, interactions/application-commands#application-command-object.
 */
const addedByDiscord: ReadonlySet<string> = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'dm_permission',
  'default_permission',
]);

/** Whether registering `wanted` would change nothing. The order of the commands is irrelevant. */
export function isSameCommands(wanted: readonly object[], stored: readonly object[]): boolean {
  const texts = [wanted, stored].map((commands) =>
    commands
      .map((command) => JSON.stringify(normalised(command)))
      .toSorted()
      .join('\n'),
  );
  return texts[0] === texts[1];
}

/** Sorts the fields of all objects by name, and removes default values and the fields that Discord adds. */
function normalised(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    // The order of a list of numbers is irrelevant, for example in the field `contexts`. The order of all other lists
    // is significant.
    return items.every((item) => typeof item === 'number') ? items.toSorted((a, b) => a - b) : items.map(normalised);
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name]) => !addedByDiscord.has(name))
    .map(([name, field]: [string, unknown]) => [name, normalised(field)] as const)
    .filter(([name, field]) => !isDefault(name, field))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields);
}

/** Whether the field means the same as a missing field. A command without a type is a slash command (type 1). */
const isDefault = (name: string, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (name === 'type' && value === 1) ||
  (typeof value === 'object' && Object.keys(value).length === 0);
