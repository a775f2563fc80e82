/** Creates gateway packets with missing fields or wrong values, for tests of malformed input. */
import * as fc from 'fast-check';

let lastId = 1_200_000_000_000_000_000n;
/** The id of the bot's application, which is also the id of the bot's user. */
export const applicationId = '1000000000000000002';
export const user = {
  id: '1000000000000000001',
  username: 'ana',
  discriminator: '0',
  avatar: null,
  global_name: 'Ana',
};
export const interaction = (type: number, data: object) => ({
  id: String((lastId += 1n)),
  application_id: applicationId,
  type,
  token: 'secret-token',
  version: 1,
  guild_id: '1000000000000000003',
  channel_id: '1000000000000000004',
  channel: { id: '1000000000000000004', type: 0, guild_id: '1000000000000000003', name: 'general' },
  member: { user, roles: [], permissions: '0', joined_at: '2020-01-01T00:00:00.000Z' },
  app_permissions: '0',
  locale: 'en-US',
  guild_locale: 'en-US',
  entitlements: [],
  authorizing_integration_owners: { '0': '1000000000000000003' },
  context: 0,
  data,
});
const message = {
  id: '1000000000000000005',
  channel_id: '1000000000000000004',
  author: { id: applicationId, username: 'Caspian', discriminator: '0', avatar: null, global_name: null, bot: true },
  content: '',
  components: [],
  embeds: [],
  attachments: [],
  mentions: [],
  mention_roles: [],
  timestamp: '2020-01-01T00:00:00.000Z',
  edited_timestamp: null,
  flags: 0,
  type: 0,
};
/** A press on a button in a message of the bot. `fields` replaces fields of the message. */
export const pressOn = (fields: object = {}) => ({
  ...interaction(3, { custom_id: 'quiz:join:1', component_type: 2 }),
  message: { ...message, ...fields },
});

/** One interaction of each type that the bot answers. */
export const samples = [
  () => interaction(2, { id: '1', name: 'fact', type: 1, options: [{ type: 3, name: 'about', value: 'rasht' }] }),
  () =>
    interaction(4, {
      id: '1',
      name: 'fact',
      type: 1,
      options: [{ type: 3, name: 'about', value: 'r', focused: true }],
    }),
  () => pressOn(),
  () =>
    interaction(5, {
      custom_id: 'quiz:year:1',
      components: [{ type: 18, id: 1, component: { type: 4, id: 2, custom_id: 'year', value: '1991' } }],
    }),
];

/** The paths of all fields of a JSON value. */
const pathsOf = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...pathsOf(inner, [...at, key])])
    : [];

/** Returns a copy of the packet in which the field at `path` has the value `by`, or is absent if `by` is undefined. */
export function spoil(packet: object, path: readonly string[], by: unknown): object {
  const copy = structuredClone(packet) as Record<string, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) {
    if (typeof at[step] !== 'object' || at[step] === null) return copy;
    at = at[step] as Record<string, unknown>;
  }
  if (by === undefined) delete at[path.at(-1) ?? ''];
  else at[path.at(-1) ?? ''] = by;
  return copy;
}

/** A value that Discord would not send: of a wrong type, empty, huge, negative or nested. */
export const wrongValue = fc.oneof(
  fc.constantFrom<unknown[]>(undefined, null, {}, [], '', 'x', 0, -1, 99, 1e300, '9'.repeat(40), true),
  fc.anything({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown),
);

/** Packets that the functions in `makers` create, each with one to three wrong values. */
export const spoiledPackets = (makers: readonly (() => object)[]): fc.Arbitrary<object> =>
  fc
    .constantFrom(...makers)
    .chain((sample) =>
      fc
        .array(fc.tuple(fc.constantFrom(...pathsOf(sample())), wrongValue), { minLength: 1, maxLength: 3 })
        .map((changes) => changes.reduce<object>((packet, [path, by]) => spoil(packet, path, by), sample())),
    );
