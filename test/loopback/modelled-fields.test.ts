/**
 * Tests that the emulated Discord does not silently ignore fields. Each body field and query parameter in Discord's
 * published specification must be modelled, or refused with an error that names the field or parameter. The only
 * exceptions are a few query parameters, which are listed as harmless with the reason.
 */
import { expect, test } from 'vitest';
import { startLoopback } from '../../src/loopback/loopback.ts';
import { bodyKinds, harmlessFields, modelledFields } from '../../src/loopback/body-kinds.ts';
import { requireModelledFields } from '../../src/loopback/body-validation.ts';
import { harmlessParameters } from '../../src/loopback/route.ts';
import { routes } from '../../src/loopback/routes.ts';
import { readPublishedSpec } from '../support/published-spec.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { apiRequest, channelId, joinMember, loopbackFor } from './real-bot.ts';

const { routes: published, fieldsOf } = readPublishedSpec();
const answered = routes.map(({ method, path, takes }) => {
  const name = `${method} ${path.replaceAll(/:\w+/g, '*')}`;
  return { name, takes, spec: published.find((route) => route.name === name) };
});

/** Routes of Discord's own client and of the website. The specification does not contain them. */
const undocumented = [
  'PATCH /users/@me/settings',
  'GET /guilds/*/application-command-index',
  'GET /channels/*/application-command-index',
  'DELETE /guilds/*',
  'POST /oauth2/authorize',
  'POST /interactions',
];

test('every route of the emulated Discord is in Discord’s specification, except for the routes of Discord’s own client and website', () => {
  expect(published.length).toBeGreaterThan(200);
  expect(answered.filter(({ spec }) => !spec).map(({ name }) => name)).toEqual(undocumented);
});

test('routes accept only query parameters that Discord documents, and each ignored parameter is listed with a reason', () => {
  for (const { name, takes, spec } of answered) {
    const modelled = (takes.query ?? '').split(' ').filter(Boolean);
    if (spec)
      expect({ name, unknown: modelled.filter((each) => !spec.query.includes(each)) }).toEqual({ name, unknown: [] });
  }
  const documented = new Set(answered.flatMap(({ spec }) => spec?.query ?? []));
  for (const [name, reason] of Object.entries(harmlessParameters)) {
    expect(documented).toContain(name);
    expect(reason).not.toBe('');
  }
});

/** Whether the field is refused in bodies of all these kinds. The error must say that the field is not modelled. */
const isRefused = (kinds: readonly string[], field: string): boolean =>
  kinds.every((kind) => {
    try {
      requireModelledFields(kind, { [field]: 'x' });
      return false;
    } catch (error) {
      expect(error).toMatchObject({ body: { message: `The emulated Discord does not model the field ${field}.` } });
      return true;
    }
  });

test('every kind of body has a schema', () => {
  // The package discord-api-spec has no types, so the compiler does not find a wrong name of a schema.
  for (const [kind, [schema]] of Object.entries(bodyKinds)) expect(schema, kind).toHaveProperty('safeParse');
});

test('each body field of the specification is modelled or refused with an error that names the field, and no other fields are modelled', () => {
  /** Maps each kind of body or inner object to the fields that the specification lists for it in at least one route. */
  const documented = new Map<string, Set<string>>();
  const visit = (kind: string, type: Parameters<typeof fieldsOf>[0], outer: readonly string[] = []) => {
    const fields = fieldsOf(type);
    const known = documented.get(kind) ?? new Set();
    documented.set(kind, new Set([...known, ...fields.keys()]));
    for (const [field, inner] of Object.entries(modelledFields[kind] ?? {})) {
      const within = fields.get(field);
      if (inner !== '' && within && !outer.includes(inner)) visit(inner, within, [...outer, kind]);
    }
  };
  for (const { name, takes, spec } of answered)
    if (spec && takes.body !== 'undocumented')
      for (const kind of takes.body ?? []) {
        const data = name.endsWith('/callback') ? fieldsOf(spec.body).get('data') : undefined;
        visit(kind, data ?? spec.body);
      }
  expect([...documented.keys()].toSorted()).toEqual(Object.keys(modelledFields).toSorted());
  for (const [kind, fields] of documented) {
    const modelled = Object.keys(modelledFields[kind] ?? {});
    expect({ kind, invented: modelled.filter((field) => !fields.has(field)) }).toEqual({ kind, invented: [] });
    for (const field of fields)
      expect({ kind, field, refused: isRefused([kind], field) }).toEqual({
        kind,
        field,
        refused: !modelled.includes(field) && !harmlessFields[kind]?.names.split(' ').includes(field),
      });
  }
});

test('every modelled field of a channel, thread, role, guild or member has an effect', async () => {
  const loopback = await loopbackFor({ clock: virtualClock() });
  const ana = await joinMember(loopback, 'ana');
  const [guild] = loopback.world().guilds;
  const here = `/guilds/${guild?.id}`;
  const category = (await ana.request('POST', `${here}/channels`, { name: 'c', type: 4 })) as { id: string };
  const cem = loopback.world().members.find(({ username }) => username === 'cem')?.id;
  const overwrites = [{ id: guild?.id, type: 0, allow: '0', deny: '2048' }];
  const channel = { topic: 'x', nsfw: true, parent_id: category.id, permission_overwrites: overwrites };
  const colors = { primary_color: 5, secondary_color: 6, tertiary_color: 7 };
  const role = { name: 'new', permissions: '1024', color: 5, colors, hoist: true, mentionable: true };
  const until = '2026-11-24T00:00:00.000Z';
  const general = `/channels/${channelId(loopback)}`;
  /**
   * Sends a body of this kind with all fields that are modelled. Then requests the path `read` and expects the values
   * in `shown`. By default, these are the sent values.
   */
  const check = async (kind: string, method: string, path: string, body: object, read = path, shown = body) => {
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(modelledFields[kind] ?? {}).toSorted());
    const { id } = (await ana.request(method, path, body)) as { id: string };
    expect({ kind, shown: await ana.request('GET', read.replace(':id', id)) }).toMatchObject({ kind, shown });
    return id;
  };
  await check('channel', 'POST', `${here}/channels`, { name: 'new', type: 0, ...channel }, '/channels/:id');
  await check('channelEdit', 'PATCH', general, { name: 'newer', type: 0, ...channel });
  const metadata = { archived: true, locked: true, auto_archive_duration: 60 };
  const thread = { name: 'new', type: 11, auto_archive_duration: 60 };
  const { name, type, ...rest } = thread;
  const opened = { name, type, thread_metadata: rest };
  const id = await check('thread', 'POST', `${general}/threads`, thread, '/channels/:id', opened);
  await check('threadEdit', 'PATCH', `/channels/${id}`, { name: 'old', ...metadata }, undefined, {
    name: 'old',
    thread_metadata: metadata,
  });
  const made = await check('role', 'POST', `${here}/roles`, role, `${here}/roles/:id`);
  await check('roleEdit', 'PATCH', `${here}/roles/${made}`, { ...role, name: 'newer', hoist: false });
  await check('guild', 'PATCH', here, { name: 'new', preferred_locale: 'de' });
  const member = { nick: 'new', roles: [made], communication_disabled_until: until };
  await check('member', 'PATCH', `${here}/members/${cem}`, member);
  await check('ownMember', 'PATCH', `${here}/members/@me`, { nick: 'me' }, `${here}/members/${ana.id}`);
});

test('every field that the loopback ignores is listed with a reason, and none of these fields is in Discord’s specification', () => {
  for (const [kind, { names, reason }] of Object.entries(harmlessFields)) {
    expect(reason).not.toBe('');
    const here = answered.filter(
      ({ takes }) => takes.body !== 'undocumented' && takes.body?.some((each) => each === kind),
    );
    const documented = here.flatMap(({ spec }) => [
      ...fieldsOf(spec?.body ?? { fields: new Map(), references: [] }).keys(),
    ]);
    for (const name of names.split(' ')) {
      expect(Object.keys(modelledFields[kind] ?? {}), name).not.toContain(name);
      expect(documented, name).not.toContain(name);
    }
  }
});

test('a request with an unknown query parameter or body field is refused with an error that names the field, and is recorded', async () => {
  const told: string[] = [];
  const loopback = await startLoopback({ port: 0, onUnknown: (what) => told.push(what) });
  const messages = `/channels/${channelId(loopback)}/messages`;
  const [guild] = loopback.world().guilds;
  const sent = await apiRequest(loopback, 'POST', messages, { content: 'x' });
  const owner = loopback.world().members[0]?.token;
  const answers = [
    await apiRequest(loopback, 'POST', messages, { content: 'x', sticker_ids: ['1'] }),
    await apiRequest(loopback, 'POST', messages, { content: 'x', attachments: [{ id: '0', title: 'x' }] }),
    await apiRequest(loopback, 'GET', `${messages}?author=1`),
    await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/threads`, { name: 'private' }),
    await apiRequest(loopback, 'GET', `${messages}/${sent.body.id}/reactions/${encodeURIComponent('👍')}?type=1`),
    await apiRequest(loopback, 'DELETE', `/guilds/${guild?.id}/members/${loopback.world().application.id}`, {
      reason: 'x',
    }),
    await apiRequest(loopback, 'GET', `/guilds/${guild?.id}/roles/member-counts`),
    await apiRequest(loopback, 'PATCH', `/channels/${channelId(loopback)}`, { position: 0 }, owner),
    await apiRequest(loopback, 'GET', `${messages}?wait=true`),
    await apiRequest(loopback, 'GET', `${messages}?before=1&after=1`),
  ];
  await expect.poll(() => told, { interval: 5 }).toHaveLength(answers.length);
  await loopback.stop();
  expect(answers.map(({ status, body }) => [status, body.message])).toEqual([
    [400, 'The emulated Discord does not model the field sticker_ids.'],
    [400, 'The emulated Discord does not model the field attachments.0.title.'],
    [400, 'The emulated Discord does not model the query parameter author.'],
    [400, 'The emulated Discord does not model the value 12 of the field type.'],
    [400, 'The emulated Discord does not model the value "1" of the field type.'],
    [400, 'The emulated Discord does not model the field reason.'],
    [404, `404: Not Found. The emulated Discord has no GET /guilds/${guild?.id}/roles/member-counts`],
    [400, 'The emulated Discord does not model the field position.'],
    [400, 'The emulated Discord does not model the query parameter wait.'],
    [400, 'The emulated Discord does not model more than one of the query parameters before, after and around.'],
  ]);
  expect(told[0]).toBe(`POST ${messages}: the field sticker_ids`);
  expect(loopback.unknownRoutes).toEqual(told);
});
