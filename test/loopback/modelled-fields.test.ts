/**
 * Nothing is accepted and dropped: each body field and query parameter in Discord's published specification is
 * modelled, refused by name, or listed as harmless with the reason.
 */
import { expect, test, vi } from 'vitest';
import { startLoopback } from '../../src/loopback/loopback.ts';
import {
  type BodyFields,
  harmlessFields,
  modelledFields,
  requireModelledFields,
} from '../../src/loopback/request-fields.ts';
import { harmlessParameters } from '../../src/loopback/route.ts';
import { routes } from '../../src/loopback/routes.ts';
import { readPublishedSpec } from '../support/published-spec.ts';
import { apiRequest, channelId } from './real-bot.ts';

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

test('every route is in Discord’s specification, except for the routes of Discord’s own client', () => {
  expect(published.length).toBeGreaterThan(200);
  expect(answered.filter(({ spec }) => !spec).map(({ name }) => name)).toEqual(undocumented);
});

test('a route models only query parameters that Discord documents, and each harmless one has a reason', () => {
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

/** The answer of a loopback to a request with this field: whether it says that it does not model the field. */
const isRefused = (kinds: readonly BodyFields[], field: string): boolean =>
  kinds.every((kind) => {
    try {
      requireModelledFields(kind, { [field]: 'x' });
      return false;
    } catch (error) {
      expect(error).toMatchObject({ body: { message: `The emulated Discord does not model the field ${field}.` } });
      return true;
    }
  });

test('every body field in the specification is modelled or refused by name, and no modelled field is invented', () => {
  const reached = new Set<string>();
  for (const { name, takes, spec } of answered) {
    if (!spec || takes.body === 'undocumented') continue;
    const kinds = takes.body ?? [];
    const data = fieldsOf(spec.body).get('data');
    const documented = [...fieldsOf(name.endsWith('/callback') && data ? data : spec.body).keys()];
    const modelled = [...new Set(kinds.flatMap((kind) => Object.keys(modelledFields[kind])))];
    expect({ name, invented: modelled.filter((field) => !documented.includes(field)) }).toEqual({ name, invented: [] });
    for (const field of documented)
      expect({ name, field, refused: isRefused(kinds, field) }).toEqual({
        name,
        field,
        refused: !modelled.includes(field),
      });
    for (const kind of kinds) reached.add(kind);
  }
  const inner = Object.values(modelledFields)
    .flatMap((fields) => Object.values(fields))
    .filter(Boolean);
  expect(Object.keys(modelledFields).filter((kind) => !reached.has(kind) && !inner.includes(kind as never))).toEqual(
    [],
  );
});

test('a harmless field is not in the specification, and has a reason', () => {
  for (const [kind, { names, reason }] of Object.entries(harmlessFields)) {
    expect(reason).not.toBe('');
    const here = answered.filter(
      ({ takes }) => takes.body !== 'undocumented' && takes.body?.includes(kind as BodyFields),
    );
    const documented = here.flatMap(({ spec }) => [
      ...fieldsOf(spec?.body ?? { fields: new Map(), references: [] }).keys(),
    ]);
    for (const name of names.split(' ')) {
      expect(Object.keys(modelledFields[kind as BodyFields]), name).not.toContain(name);
      expect(documented, name).not.toContain(name);
    }
  }
});

test('every query parameter and body field that is not modelled is refused with its name and recorded', async () => {
  const told: string[] = [];
  const loopback = await startLoopback({ port: 0, onUnknown: (what) => told.push(what) });
  const messages = `/channels/${channelId(loopback)}/messages`;
  const [guild] = loopback.world().guilds;
  const answers = [
    await apiRequest(loopback, 'POST', messages, { content: 'x', sticker_ids: ['1'] }),
    await apiRequest(loopback, 'POST', messages, { content: 'x', attachments: [{ id: '0', title: 'x' }] }),
    await apiRequest(loopback, 'GET', `${messages}?author=1`),
    await apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/threads`, { name: 'private' }),
    await apiRequest(loopback, 'DELETE', `/guilds/${guild?.id}/members/${loopback.world().application.id}`, {
      reason: 'x',
    }),
    await apiRequest(loopback, 'GET', `/guilds/${guild?.id}/roles/member-counts`),
  ];
  await vi.waitFor(() => expect(told).toHaveLength(answers.length));
  await loopback.stop();
  expect(answers.map(({ status, body }) => [status, body.message])).toEqual([
    [400, 'The emulated Discord does not model the field sticker_ids.'],
    [400, 'The emulated Discord does not model the field attachments.0.title.'],
    [400, 'The emulated Discord does not model the query parameter author.'],
    [400, 'The emulated Discord does not model the value 12 of the field type.'],
    [400, 'The emulated Discord does not model the field reason.'],
    [404, `404: Not Found. The emulated Discord has no GET /guilds/${guild?.id}/roles/member-counts`],
  ]);
  expect(told[0]).toBe(`POST ${messages}: the field sticker_ids`);
  expect(loopback.unknownRoutes).toEqual(told);
});
