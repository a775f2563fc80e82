import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { startLoopback, type Loopback } from '../../src/loopback/loopback.ts';
import { bare, channelId, complaints, type Answer } from './real-bot.ts';

let loopback: Loopback;
beforeAll(async () => void (loopback = await startLoopback({ port: 0, rateLimits: 'off' })));
afterAll(() => loopback.stop());

const V2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'A', custom_id: 'a', ...more });
const row = (...components: readonly object[]) => ({ type: 1, components });
const option = (value: string) => ({ label: value, value });
const select = (more: object = {}) => ({ type: 3, custom_id: 's', options: [option('a')], ...more });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const post = (body: unknown): Promise<Answer> =>
  bare(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, body);

const refusedMessages: readonly (readonly [what: string, body: object, complaint: string])[] = [
  ['content of 2,001', { content: 'x'.repeat(2_001) }, 'content BASE_TYPE_MAX_LENGTH'],
  ['content that is a number', { content: 5 }, 'content BASE_TYPE_CONVERT'],
  ['eleven embeds', { embeds: times(11, () => ({ title: 'x' })) }, 'embeds BASE_TYPE_MAX_LENGTH'],
  ['an empty embed', { embeds: [{}] }, 'embeds.0.description BASE_TYPE_REQUIRED'],
  [
    'embeds of more than 6,000',
    { embeds: times(2, () => ({ description: 'x'.repeat(3_001) })) },
    'embeds MAX_EMBED_SIZE_EXCEEDED',
  ],
  ['Components V2 without the flag', { components: [text('x')] }, 'components.0 UNION_TYPE_CHOICES'],
  [
    'content beside Components V2',
    { flags: V2, content: 'x', components: [text('x')] },
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'embeds beside Components V2',
    { flags: V2, embeds: [{ title: 'x' }], components: [text('x')] },
    'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '41 components, nested ones counted',
    { flags: V2, components: [{ type: 17, components: times(40, () => text('x')) }] },
    'components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4,001 characters in two texts',
    { flags: V2, components: [text('x'.repeat(4_000)), text('x')] },
    'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  ['an empty text', { flags: V2, components: [text('')] }, 'components.0.content BASE_TYPE_MIN_LENGTH'],
  ['a component of no known type', { flags: V2, components: [{ type: 99 }] }, 'components.0 UNION_TYPE_CHOICES'],
  ['a bare button', { flags: V2, components: [button()] }, 'components.0 UNION_TYPE_CHOICES'],
  [
    'a section without accessory',
    { flags: V2, components: [{ type: 9, components: [text('x')] }] },
    'components.0.accessory BASE_TYPE_REQUIRED',
  ],
  [
    'a section of four texts',
    { flags: V2, components: [{ type: 9, components: times(4, () => text('x')), accessory: button() }] },
    'components.0.components BASE_TYPE_MAX_LENGTH',
  ],
  ['the flag of a deferred answer', { flags: 1 << 7, content: 'x'.repeat(2_001) }, 'flags BITFIELD_TYPE_INVALID'],
  ['an unknown flag', { flags: 1 << 20, content: 'x' }, 'flags BITFIELD_TYPE_INVALID'],
  ['six rows', { components: times(6, (n) => row(button({ custom_id: `${n}` }))) }, 'components BASE_TYPE_BAD_LENGTH'],
  [
    'six buttons in a row',
    { components: [row(...times(6, (n) => button({ custom_id: `${n}` })))] },
    'components.0.components BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a select beside a button',
    { components: [row(button(), select())] },
    'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  [
    'one custom_id twice',
    { components: [row(button(), button())] },
    'components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a custom_id of 101',
    { components: [row(button({ custom_id: 'x'.repeat(101) }))] },
    'components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without custom_id',
    { components: [row(button({ custom_id: undefined }))] },
    'components.0.components.0.custom_id BASE_TYPE_REQUIRED',
  ],
  [
    'a button that shows nothing',
    { components: [row(button({ label: undefined }))] },
    'components.0.components.0 BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI',
  ],
  [
    'a label of 81',
    { components: [row(button({ label: 'x'.repeat(81) }))] },
    'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a link without url',
    { components: [row({ type: 2, style: 5, label: 'x' })] },
    'components.0.components.0.url BASE_TYPE_REQUIRED',
  ],
  [
    'a link to a script',
    { components: [row({ type: 2, style: 5, label: 'x', url: 'javascript:alert(1)' })] },
    'components.0.components.0.url URL_TYPE_INVALID_SCHEME',
  ],
  [
    'a link with a custom_id',
    { components: [row(button({ style: 5, url: 'https://example.org' }))] },
    'components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  ],
  [
    '26 options in a select',
    { components: [row(select({ options: times(26, (n) => option(`${n}`)) }))] },
    'components.0.components.0.options BASE_TYPE_MAX_LENGTH',
  ],
  [
    'one value twice in a select',
    { components: [row(select({ options: [option('a'), option('a')] }))] },
    'components.0.components.0.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'more values wanted than offered',
    { components: [row(select({ max_values: 2 }))] },
    'components.0.components.0.max_values SELECT_COMPONENT_MAX_VALUES',
  ],
  ['a nonce of 26', { content: 'x', nonce: 'x'.repeat(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
];

describe('a message is refused with 50035 at the right place', () => {
  test.each(refusedMessages)('%s', async (_, body, complaint) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
    expect(complaints(answer.body.errors)).toContain(complaint);
  });
});

describe('a message at the limit is accepted', () => {
  test.each<readonly [string, object]>([
    ['40 components', { flags: V2, components: [{ type: 17, components: times(39, () => text('x')) }] }],
    ['4,000 characters of Persian', { flags: V2, components: [text('پ'.repeat(4_000))] }],
    ['five buttons', { components: [row(...times(5, (n) => button({ custom_id: `${n}`, label: 'x'.repeat(80) })))] }],
    ['25 options', { components: [row(select({ options: times(25, (n) => option(`${n}`)), max_values: 25 }))] }],
    ['a row beside a container', { flags: V2, components: [{ type: 17, components: [text('x'), row(button())] }] }],
    ['a button with an emoji alone', { components: [row(button({ label: undefined, emoji: { name: '✔' } }))] }],
  ])('%s', async (_, body) => expect(await post(body)).toMatchObject({ status: 200 }));
});

test('an empty message is 50006, and so is one that an edit empties', async () => {
  for (const body of [{}, { content: '' }, { flags: V2, components: [] }])
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 50006 } });
  const { body } = await post({ content: 'x' });
  const path = `/channels/${channelId(loopback)}/messages/${body.id}`;
  expect(await bare(loopback, 'PATCH', path, { content: null })).toMatchObject({ status: 400, body: { code: 50006 } });
});

/** 3,379 characters of three bytes, `more` of one, and 12 bytes for each of the two texts. */
const heavy = (more: number) => ({ flags: V2, components: [text('字'.repeat(3_379)), text('x'.repeat(more))] });

test('10,171 bytes of text are a bare 500', async () => {
  expect((await post(heavy(9))).status).toBe(200);
  expect(await post(heavy(10))).toMatchObject({ status: 500, body: { code: 0 } });
});

test('the flag of Components V2 can be added by an edit that empties the rest, and never be removed', async () => {
  const { body } = await post({ content: 'x' });
  const edit = (change: object) =>
    bare(loopback, 'PATCH', `/channels/${channelId(loopback)}/messages/${body.id}`, change);
  const upgrade = { flags: V2, components: [text('y')] };
  expect(complaints((await edit(upgrade)).body.errors)).toEqual([
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ]);
  expect((await edit({ ...upgrade, content: null })).status).toBe(200);
  expect(complaints((await edit({ flags: 0, content: 'z', components: [] })).body.errors)).toContain(
    'flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
  );
  expect(await edit({ components: [text('still')] })).toMatchObject({ status: 200, body: { flags: V2 } });
});

const command = (more: object = {}) => ({ name: 'quiz', description: 'A quiz', ...more });
const typed = (more: object = {}) => ({ type: 3, name: 'topic', description: 'What about', ...more });
const register = (body: unknown): Promise<Answer> =>
  bare(loopback, 'POST', `/applications/${loopback.world().application.id}/commands`, body);

describe('a command is refused with 50035 at the right place', () => {
  test.each<readonly [string, object, string]>([
    ['upper case', command({ name: 'Quiz' }), 'name APPLICATION_COMMAND_INVALID_NAME'],
    ['a blank in the name', command({ name: 'a b' }), 'name APPLICATION_COMMAND_INVALID_NAME'],
    ['no description', command({ description: undefined }), 'description BASE_TYPE_REQUIRED'],
    ['a description of 101', command({ description: 'x'.repeat(101) }), 'description BASE_TYPE_MAX_LENGTH'],
    [
      'a required option after an optional one',
      command({ options: [typed(), typed({ name: 'b', required: true })] }),
      'options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'the same below a subcommand',
      command({
        options: [{ type: 1, name: 's', description: 's', options: [typed(), typed({ name: 'b', required: true })] }],
      }),
      'options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    ['26 options', command({ options: times(26, (n) => typed({ name: `o${n}` })) }), 'options BASE_TYPE_MAX_LENGTH'],
    [
      'an option twice',
      command({ options: [typed(), typed()] }),
      'options.1 APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    [
      'a subcommand beside an option',
      command({ options: [typed(), { type: 1, name: 's', description: 's' }] }),
      'options.1 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'choices beside autocomplete',
      command({ options: [typed({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }),
      'options.0.choices APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES',
    ],
    [
      'a choice value of 101',
      command({ options: [typed({ choices: [{ name: 'a', value: 'x'.repeat(101) }] })] }),
      'options.0.choices.0.value BASE_TYPE_BAD_LENGTH',
    ],
    [
      'more than 8,000 characters',
      command({
        options: times(25, (n) =>
          typed({
            name: `o${n}`,
            description: 'x'.repeat(100),
            description_localizations: { fr: 'y'.repeat(100) },
            choices: times(3, (c) => ({ name: `${c}`.repeat(80), value: `${c}`.repeat(60) })),
          }),
        ),
      }),
      ' APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('%s', async (_, body, complaint) => {
    const answer = await register(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(complaints(answer.body.errors)).toContain(complaint);
  });
});

test('permissions of a command are a string, and names may be Persian', async () => {
  expect(await register(command({ default_member_permissions: '32' }))).toMatchObject({ status: 201 });
  expect(await register(command({ default_member_permissions: '32' }))).toMatchObject({ status: 200 });
  expect(await register(command({ name: 'رویداد' }))).toMatchObject({ status: 201 });
  expect(await register(command({ default_member_permissions: 'all' }))).toMatchObject({ status: 400 });
});

test('no body whatever brings the emulation down', async () => {
  const before = loopback.log.length;
  const id = loopback.world().application.id;
  const paths = [
    ['POST', `/channels/${channelId(loopback)}/messages`],
    ['POST', `/applications/${id}/commands`],
    ['PUT', `/applications/${id}/commands`],
    ['POST', '/users/@me/channels'],
    ['POST', '/interactions/1/x/callback'],
    ['POST', `/webhooks/${id}/x`],
  ] as const;
  const bodies = [
    undefined,
    null,
    1,
    'x',
    [],
    [null],
    {},
    { components: [null] },
    { components: 1 },
    { embeds: [1] },
    [1],
  ];
  for (const [method, path] of paths)
    for (const body of bodies) {
      const { status } = await bare(loopback, method, path, body);
      expect({ method, path, body, isRefused: (status >= 400 && status < 500) || status === 200 }).toMatchObject({
        isRefused: true,
      });
    }
  const member = loopback.world().members[0]?.token;
  for (const body of bodies) expect((await bare(loopback, 'POST', '/interactions', body, member)).status).toBe(400);
  expect(loopback.log.length - before).toBe(paths.length * bodies.length + bodies.length);
  for (const path of ['/users/%E0%A4', '//', `/channels/${channelId(loopback)}/messages?before=x`])
    expect((await bare(loopback, 'GET', path)).status).toBeGreaterThanOrEqual(400);
  const broken = await fetch(`${loopback.api}/users/@me/channels`, {
    method: 'POST',
    headers: { authorization: member ?? '', 'content-type': 'application/json' },
    body: '{',
  });
  expect(await broken.json()).toMatchObject({ code: 50109 });
});

test('a 204 has neither a type nor a body', async () => {
  const { body } = await post({ content: 'x' });
  const path = `/channels/${channelId(loopback)}/messages/${body.id}`;
  const { status, headers } = await bare(loopback, 'DELETE', path);
  expect([status, headers.get('content-type'), headers.get('content-length')]).toEqual([204, null, null]);
});
