/**
 * A table of rules for request bodies. A row has a rule, its source, a valid example, an invalid example, and the
 * error for the invalid example. `rules.test.ts` tries both examples. In a source, "docs" means
 * https://discord.com/developers/docs. The issues and pull requests are in the repository discord/discord-api-docs.
 */
import { discordLimits } from '../../src/loopback/discord-limits.ts';

export interface Rule {
  /** The kind of body. */
  readonly on: 'message' | 'command' | 'modal' | 'choices';
  readonly what: string;
  readonly source: string;
  readonly valid: object;
  readonly invalid: object;
  /**
   * The expected error. For error 50035, this is `path CODE` of an entry in the error tree. For all other errors, it is
   * the error code.
   */
  readonly error: string;
}

export const v2 = 1 << 15;
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const x = (length: number) => 'x'.repeat(length);
const text = (content: string) => ({ type: 10, content });
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'A', custom_id: 'a', ...more });
const link = (more: object = {}) => ({ type: 2, style: 5, label: 'x', url: 'https://example.org', ...more });
const row = (...components: readonly object[]) => ({ type: 1, components });
const option = (value: string) => ({ label: value, value });
const options = (count: number) => times(count, (n) => option(`${n}`));
const select = (more: object = {}) => ({ type: 3, custom_id: 's', options: [option('a')], ...more });
const legacy = (...components: readonly object[]) => ({ components: [row(...components)] });
const shown = (...components: readonly object[]) => ({ flags: v2, components });
const section = (more: object) => ({ type: 9, components: [text('x')], accessory: button(), ...more });
/**
 * Two text displays. The first has 3,379 characters of three bytes each. The second has `more` characters of one byte
 * each.
 */
const textOfBytes = (more: number) => shown(text('字'.repeat(3_379)), text(x(more)));
const command = (more: object = {}) => ({ name: 'quiz', description: 'A quiz', ...more });
const typed = (more: object = {}) => ({ type: 3, name: 'topic', description: 'What about', ...more });
const withOption = (more: object) => command({ options: [typed(more)] });
const sized = (fill: number) =>
  command({
    options: times(25, (n) =>
      typed({
        name: `o${n}`.padEnd(3, '_'),
        description: x(100),
        choices: times(3, (c) => ({ name: `${c}`.repeat(n === 24 && c === 2 ? fill : 36), value: `${c}`.repeat(36) })),
      }),
    ),
  });
const label = (component: object, more: object = {}) => ({ type: 18, label: 'L', component, ...more });
const field = (more: object = {}) => ({ type: 4, custom_id: 'text', style: 1, ...more });
const radio = (more: object = {}) => ({ type: 21, custom_id: 'r', options: options(2), ...more });
const group = (more: object = {}) => ({ type: 22, custom_id: 'g', options: options(3), ...more });
const modal = (...components: readonly object[]) => ({ custom_id: 'm', title: 'T', components });
const choice = (more: object = {}) => ({ name: 'n', value: 'v', ...more });

const rule =
  (on: Rule['on'], source: string) =>
  (what: string, valid: object, invalid: object, error: string): Rule => ({ on, what, source, valid, invalid, error });
const create = rule('message', 'docs, resources/message#create-message');
const embed = rule('message', 'docs, resources/message#embed-object-embed-limits');
const overview = rule('message', 'docs, components/overview');
const buttons = rule('message', 'docs, components/reference#button');
const rows = rule('message', 'docs, components/reference#action-row');
const selects = rule('message', 'docs, components/reference#string-select');
const sections = rule('message', 'docs, components/reference#section');
const registering = rule('command', 'docs, interactions/application-commands');
const forms = rule('modal', 'docs, interactions/receiving-and-responding#modal');
const fields = rule('modal', 'docs, components/reference');
const suggesting = rule('choices', 'docs, interactions/receiving-and-responding#autocomplete');
const maxLength = 'BASE_TYPE_MAX_LENGTH';
const badLength = 'BASE_TYPE_BAD_LENGTH';
const inRow = 'components.0.components.0';
const inLabel = 'components.0.component';
const legacyField = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';

export const rules: readonly Rule[] = [
  create(
    'content has at most 2,000 characters',
    { content: x(discordLimits.content) },
    { content: x(2_001) },
    `content ${maxLength}`,
  ),
  create('content is a string', { content: '5' }, { content: 5 }, 'content BASE_TYPE_CONVERT'),
  create('a message is not empty', { content: 'x' }, { content: '' }, '50006'),
  create(
    'a nonce has at most 25 characters',
    { content: 'x', nonce: x(25) },
    { content: 'x', nonce: x(26) },
    `nonce ${maxLength}`,
  ),
  create(
    'a message has only flags that an app may set',
    { flags: 1 << 2, content: 'x' },
    { flags: 1 << 20, content: 'x' },
    'flags BITFIELD_TYPE_INVALID',
  ),
  create(
    'an app may not set the flag IS_VOICE_MESSAGE without a voice message',
    { flags: 1 << 12, content: 'x' },
    { flags: 1 << 13, content: 'x' },
    'flags BITFIELD_TYPE_INVALID',
  ),
  create(
    'an app may not set the flag LOADING',
    { flags: 1 << 12, content: 'x' },
    { flags: 1 << 7, content: 'x' },
    'flags BITFIELD_TYPE_INVALID',
  ),
  rule('message', 'docs, resources/message#allowed-mentions-object')(
    'allowed_mentions allows a kind of mention by parse or by a list of ids, not by both',
    { content: 'x', allowed_mentions: { parse: ['roles'], users: ['1'] } },
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ),
  embed(
    'a message has at most 10 embeds',
    { embeds: times(10, () => ({ title: 'x' })) },
    { embeds: times(11, () => ({ title: 'x' })) },
    `embeds ${maxLength}`,
  ),
  embed(
    'an embed is not empty',
    { embeds: [{ title: 'x' }] },
    { embeds: [{}] },
    'embeds.0.description BASE_TYPE_REQUIRED',
  ),
  embed(
    'all embeds of a message together have at most 6,000 characters',
    { embeds: times(2, () => ({ description: x(3_000) })) },
    { embeds: times(2, () => ({ description: x(3_001) })) },
    'embeds MAX_EMBED_SIZE_EXCEEDED',
  ),
  embed(
    'a field of an embed has a name and a value',
    { embeds: [{ fields: [{ name: 'x', value: 'x' }] }] },
    { embeds: [{ fields: [{ name: '', value: 'x' }] }] },
    'embeds.0.fields.0.name BASE_TYPE_REQUIRED',
  ),
  embed(
    'a URL of an embed has the scheme http or https',
    { embeds: [{ author: { name: 'x', icon_url: 'https://example.org/a.png' } }] },
    { embeds: [{ author: { name: 'x', icon_url: 'ftp://example.org/a.png' } }] },
    'embeds.0.author.icon_url URL_TYPE_INVALID_SCHEME',
  ),
  overview(
    'a message with Components V2 has the flag IS_COMPONENTS_V2',
    shown(text('x')),
    { components: [text('x')] },
    'components.0 UNION_TYPE_CHOICES',
  ),
  overview(
    'a message with Components V2 has no content',
    shown(text('x')),
    { ...shown(text('x')), content: 'x' },
    `content ${legacyField}`,
  ),
  overview(
    'a message with Components V2 has no embeds',
    shown(text('x')),
    { ...shown(text('x')), embeds: [{ title: 'x' }] },
    `embeds ${legacyField}`,
  ),
  overview(
    'a message has at most 40 components, including nested components',
    shown({ type: 17, components: times(39, () => text('x')) }),
    shown({ type: 17, components: times(40, () => text('x')) }),
    'components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ),
  overview(
    'a message without Components V2 has at most 5 action rows',
    { components: times(5, (n) => row(button({ custom_id: `${n}` }))) },
    { components: times(6, (n) => row(button({ custom_id: `${n}` }))) },
    `components ${badLength}`,
  ),
  overview('a component has a known type', shown(text('x')), shown({ type: 99 }), 'components.0 UNION_TYPE_CHOICES'),
  overview(
    'a button is in an action row or a section',
    shown(row(button())),
    shown(button()),
    'components.0 UNION_TYPE_CHOICES',
  ),
  rule('message', 'docs, components/reference#text-display')(
    'a text display is not empty',
    shown(text('x')),
    shown(text('')),
    'components.0.content BASE_TYPE_MIN_LENGTH',
  ),
  rule('message', 'pull request 8562')(
    'all text displays of a message together have at most 4,000 characters',
    shown(text('پ'.repeat(3_999)), text('x')),
    shown(text(x(4_000)), text('x')),
    'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ),
  rule('message', 'issue 8554')(
    'all text displays of a message together have at most 10,170 bytes, counting 12 extra bytes for each text display',
    textOfBytes(9),
    textOfBytes(10),
    '0',
  ),
  sections(
    'a section has an accessory',
    shown(section({})),
    shown(section({ accessory: undefined })),
    'components.0.accessory BASE_TYPE_REQUIRED',
  ),
  sections(
    'a section has at most 3 text displays',
    shown(section({ components: times(3, () => text('x')) })),
    shown(section({ components: times(4, () => text('x')) })),
    `components.0.components ${maxLength}`,
  ),
  rows(
    'an action row has at most 5 buttons',
    legacy(...times(5, (n) => button({ custom_id: `${n}` }))),
    legacy(...times(6, (n) => button({ custom_id: `${n}` }))),
    `components.0.components ${maxLength}`,
  ),
  rows(
    'a select is the only component in its action row',
    legacy(select()),
    legacy(button(), select()),
    'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ),
  rule('message', 'docs, components/reference#anatomy-of-a-component')(
    'a custom_id is unique in a message',
    legacy(button(), button({ custom_id: 'b' })),
    legacy(button(), button()),
    'components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ),
  rule('message', 'docs, components/reference#anatomy-of-a-component')(
    'a custom_id has at most 100 characters',
    legacy(button({ custom_id: x(100) })),
    legacy(button({ custom_id: x(101) })),
    `${inRow}.custom_id ${maxLength}`,
  ),
  buttons(
    'a button has a custom_id',
    legacy(button()),
    legacy(button({ custom_id: undefined })),
    `${inRow}.custom_id BASE_TYPE_REQUIRED`,
  ),
  buttons(
    'a button has a label or an emoji',
    legacy(button({ label: undefined, emoji: { name: '✔' } })),
    legacy(button({ label: undefined })),
    `${inRow} BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI`,
  ),
  buttons(
    'a button label has at most 80 characters',
    legacy(button({ label: x(80) })),
    legacy(button({ label: x(81) })),
    `${inRow}.label ${maxLength}`,
  ),
  buttons(
    'a link button has a URL',
    legacy(link()),
    legacy(link({ url: undefined })),
    `${inRow}.url BASE_TYPE_REQUIRED`,
  ),
  buttons(
    'the URL of a button has the scheme http, https or discord',
    legacy(link()),
    legacy(link({ url: 'javascript:alert(1)' })),
    `${inRow}.url URL_TYPE_INVALID_SCHEME`,
  ),
  buttons(
    'the URL of a button has at most 512 characters',
    legacy(link({ url: `https://a.org/${x(498)}` })),
    legacy(link({ url: `https://a.org/${x(499)}` })),
    `${inRow}.url ${maxLength}`,
  ),
  buttons(
    'a link button has no custom_id',
    legacy(link()),
    legacy(link({ custom_id: 'a' })),
    `${inRow} BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE`,
  ),
  buttons(
    'only a premium button has a SKU',
    legacy(button()),
    legacy(button({ sku_id: '1' })),
    `${inRow}.sku_id BASE_TYPE_CHOICES`,
  ),
  buttons(
    'the emoji of a button exists',
    legacy(button({ emoji: { name: '✔' } })),
    legacy(button({ emoji: { name: 'smile' } })),
    `${inRow}.emoji.name BUTTON_COMPONENT_INVALID_EMOJI`,
  ),
  rule('message', 'issue 8071')(
    'the emoji of a select option exists',
    legacy(select({ options: [{ ...option('a'), emoji: { name: '✔' } }] })),
    legacy(select({ options: [{ ...option('a'), emoji: { name: 'smile' } }] })),
    `${inRow}.options.0.emoji.name BUTTON_COMPONENT_INVALID_EMOJI`,
  ),
  selects(
    'a select has at most 25 options',
    legacy(select({ options: options(25), max_values: 25 })),
    legacy(select({ options: options(26) })),
    `${inRow}.options ${maxLength}`,
  ),
  selects(
    'the options of a select have different values',
    legacy(select({ options: options(2) })),
    legacy(select({ options: [option('a'), option('a')] })),
    `${inRow}.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`,
  ),
  selects(
    'max_values of a select is not higher than the number of options',
    legacy(select({ max_values: 1 })),
    legacy(select({ max_values: 2 })),
    `${inRow}.max_values SELECT_COMPONENT_MAX_VALUES`,
  ),
  selects(
    'min_values of a select is not higher than max_values',
    legacy({ type: 5, custom_id: 's', min_values: 2, max_values: 2 }),
    legacy({ type: 5, custom_id: 's', min_values: 3, max_values: 2 }),
    `${inRow}.min_values SELECT_COMPONENT_MIN_MAX`,
  ),
  rule('message', 'docs, components/reference#user-select')(
    'the number of default values of a select is between min_values and max_values',
    legacy({ type: 5, custom_id: 's', default_values: [{ id: '1', type: 'user' }] }),
    legacy({ type: 5, custom_id: 's', default_values: times(2, (n) => ({ id: `${n}`, type: 'user' })) }),
    `${inRow}.default_values BASE_TYPE_BAD_LENGTH`,
  ),
  registering(
    'a command name has 1 to 32 letters of any script',
    command({ name: 'رویداد' }),
    command({ name: 'a b' }),
    'name APPLICATION_COMMAND_INVALID_NAME',
  ),
  registering(
    'a command name is in lower case',
    command(),
    command({ name: 'Quiz' }),
    'name APPLICATION_COMMAND_INVALID_NAME',
  ),
  registering(
    'a command has a description',
    command(),
    command({ description: undefined }),
    'description BASE_TYPE_REQUIRED',
  ),
  registering(
    'a description has at most 100 characters',
    command({ description: x(100) }),
    command({ description: x(101) }),
    `description ${maxLength}`,
  ),
  registering(
    'default_member_permissions is a string',
    command({ default_member_permissions: '32' }),
    command({ default_member_permissions: 'all' }),
    'default_member_permissions BASE_TYPE_CONVERT',
  ),
  registering(
    'required options come before optional options',
    command({ options: [typed({ required: true }), typed({ name: 'b' })] }),
    command({ options: [typed(), typed({ name: 'b', required: true })] }),
    'options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ),
  registering(
    'required options of a subcommand come before optional options',
    command({
      options: [{ type: 1, name: 's', description: 's', options: [typed({ required: true }), typed({ name: 'b' })] }],
    }),
    command({
      options: [{ type: 1, name: 's', description: 's', options: [typed(), typed({ name: 'b', required: true })] }],
    }),
    'options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ),
  registering(
    'a command has at most 25 options',
    command({ options: times(25, (n) => typed({ name: `o${n}` })) }),
    command({ options: times(26, (n) => typed({ name: `o${n}` })) }),
    `options ${maxLength}`,
  ),
  registering(
    'the options of a command have different names',
    command({ options: [typed(), typed({ name: 'b' })] }),
    command({ options: [typed(), typed()] }),
    'options.1 APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ),
  registering(
    'a command has either subcommands or other options, not both',
    command({ options: [typed()] }),
    command({ options: [typed(), { type: 1, name: 's', description: 's' }] }),
    'options.1 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ),
  registering(
    'an option has choices or autocomplete, not both',
    withOption({ autocomplete: true }),
    withOption({ autocomplete: true, choices: [choice()] }),
    'options.0.choices APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES',
  ),
  registering(
    'an option has at most 25 choices',
    withOption({ choices: times(25, (n) => choice({ name: `${n}` })) }),
    withOption({ choices: times(26, (n) => choice({ name: `${n}` })) }),
    `options.0.choices ${maxLength}`,
  ),
  registering(
    'a choice value has at most 100 characters, although the published schema allows 6,000',
    withOption({ choices: [choice({ value: x(100) })] }),
    withOption({ choices: [choice({ value: x(101) })] }),
    `options.0.choices.0.value ${badLength}`,
  ),
  registering(
    'all names, descriptions and values of a command together have at most 8,000 characters',
    sized(51),
    sized(52),
    ' APPLICATION_COMMAND_TOO_LARGE',
  ),
  registering(
    'localizations use locales that Discord supports (not ar, he or fa)',
    command({ name_localizations: { ru: 'тест' } }),
    command({ name_localizations: { fa: 'x' } }),
    'name_localizations.fa BASE_TYPE_CHOICES',
  ),
  registering(
    'a localized command name follows the rules for command names',
    command({ name_localizations: { de: 'quiz' } }),
    command({ name_localizations: { de: 'Quiz' } }),
    'name_localizations.de APPLICATION_COMMAND_INVALID_NAME',
  ),
  registering(
    'a user or message command has no description',
    { name: 'Look up', type: 3 },
    { name: 'Look up', type: 3, description: 'x' },
    'description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
  ),
  registering(
    'a localized name of a user or message command has at most 32 characters',
    { name: 'Look up', type: 2, name_localizations: { de: 'Nach sehen' } },
    { name: 'Look up', type: 2, name_localizations: { de: x(33) } },
    'name_localizations.de BASE_TYPE_MAX_LENGTH',
  ),
  forms(
    'a modal has at most 5 components, although the published schema allows 40',
    modal(...times(5, (n) => label(field({ custom_id: `${n}` })))),
    modal(...times(6, (n) => label(field({ custom_id: `${n}` })))),
    `components ${badLength}`,
  ),
  forms('a modal has at least one component', modal(label(field())), modal(), 'components BASE_TYPE_MIN_LENGTH'),
  forms(
    'the title of a modal has at most 45 characters',
    { ...modal(label(field())), title: x(45) },
    { ...modal(label(field())), title: x(46) },
    `title ${maxLength}`,
  ),
  fields(
    'a label has at most 45 characters',
    modal(label(field(), { label: x(45) })),
    modal(label(field(), { label: x(46) })),
    `components.0.label ${maxLength}`,
  ),
  fields(
    'a text input takes at most 4,000 characters',
    modal(label(field({ max_length: 4_000 }))),
    modal(label(field({ max_length: 4_001 }))),
    `${inLabel}.max_length NUMBER_TYPE_MAX`,
  ),
  fields(
    'min_length of a text input is not higher than max_length',
    modal(label(field({ min_length: 4, max_length: 4 }))),
    modal(label(field({ min_length: 5, max_length: 4 }))),
    `${inLabel}.min_length TEXT_INPUT_MIN_MAX`,
  ),
  fields(
    'a radio group has at least 2 options',
    modal(label(radio())),
    modal(label(radio({ options: options(1) }))),
    `${inLabel}.options BASE_TYPE_MIN_LENGTH`,
  ),
  fields(
    'a radio group has at most 10 options',
    modal(label(radio({ options: options(10) }))),
    modal(label(radio({ options: options(11) }))),
    `${inLabel}.options ${maxLength}`,
  ),
  fields(
    'the options of a radio group have different values',
    modal(label(radio())),
    modal(label(radio({ options: [option('a'), option('a')] }))),
    `${inLabel}.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`,
  ),
  fields(
    'a checkbox group has at most 10 checkboxes',
    modal(label(group({ options: options(10) }))),
    modal(label(group({ options: options(11) }))),
    `${inLabel}.options ${maxLength}`,
  ),
  fields(
    'max_values of a checkbox group is not higher than the number of checkboxes',
    modal(label(group({ max_values: 3 }))),
    modal(label(group({ max_values: 4 }))),
    `${inLabel}.max_values SELECT_COMPONENT_MAX_VALUES`,
  ),
  fields(
    'a custom_id is unique in a modal',
    modal(label(field()), label(radio())),
    modal(label(field()), label(radio({ custom_id: 'text' }))),
    'components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ),
  fields(
    'a modal has no disabled inputs',
    modal(label(select())),
    modal(label(select({ disabled: true }))),
    `${inLabel}.disabled BASE_TYPE_CHOICES`,
  ),
  fields(
    'min_values of an input may be 0 only if the input is not required',
    modal(label(select({ min_values: 0, required: false }))),
    modal(label(select({ min_values: 0 }))),
    `${inLabel}.min_values NUMBER_TYPE_MIN`,
  ),
  fields(
    'a file upload takes at most 10 files',
    modal(label({ type: 19, custom_id: 'f', max_values: 10 })),
    modal(label({ type: 19, custom_id: 'f', max_values: 11 })),
    `${inLabel}.max_values NUMBER_TYPE_MAX`,
  ),
  fields('a modal has no buttons', modal(label(field())), modal(label(button())), `${inLabel} UNION_TYPE_CHOICES`),
  suggesting(
    'an autocomplete response has at most 25 choices',
    { choices: times(25, () => choice()) },
    { choices: times(26, () => choice()) },
    `choices ${maxLength}`,
  ),
  suggesting(
    'a choice name has at most 100 characters',
    { choices: [choice({ name: x(100) })] },
    { choices: [choice({ name: x(101) })] },
    `choices.0.name ${badLength}`,
  ),
  suggesting(
    'a choice name is not blank',
    { choices: [choice({ name: 'n' })] },
    { choices: [choice({ name: ' ' })] },
    `choices.0.name ${badLength}`,
  ),
  suggesting(
    'a choice value has at most 100 characters',
    { choices: [choice({ value: x(100) })] },
    { choices: [choice({ value: x(101) })] },
    `choices.0.value ${badLength}`,
  ),
  suggesting(
    'a choice value has the type of its option',
    { choices: [choice({ value: '5' })] },
    { choices: [choice({ value: 5 })] },
    'choices.0.value STRING_TYPE_CONVERT',
  ),
];
