/** Tests how the page shows messages and modals of any bot. The page must never run their content as HTML or script. */
import { browserTest, plainBot } from './playground.ts';

const command = (name: string) => ({ name, description: `Shows ${name}`, type: 1 });
const says = (...components: readonly object[]) => ({ type: 4, data: { flags: 1 << 15, components } });
const text = (content: string) => ({ type: 10, content });
const option = (label: string) => ({ label, value: label.toLowerCase() });

/** A modal with every kind of input. */
const form = {
  custom_id: 'form',
  title: 'What do you know?',
  components: [
    {
      type: 18,
      label: 'Your name',
      description: 'As the group knows you',
      component: { type: 4, custom_id: 'name', style: 1, min_length: 2 },
    },
    { type: 18, label: 'Year', component: { type: 3, custom_id: 'year', options: [option('1991'), option('2001')] } },
    {
      type: 18,
      label: 'Side',
      component: { type: 21, custom_id: 'side', options: [option('North'), option('South')] },
    },
    {
      type: 18,
      label: 'Topics',
      component: {
        type: 22,
        custom_id: 'topics',
        min_values: 1,
        max_values: 2,
        options: [option('Rail'), option('Gas'), option('Grain')],
      },
    },
    { type: 18, label: 'Tell me more', component: { type: 23, custom_id: 'more' } },
  ],
};

browserTest(
  'a modal can be filled in and sent by keyboard, and then the focus returns to the composer',
  async (context) => {
    const { expect } = context;
    const { person, received } = await plainBot(context, [command('form')], ({ type }) =>
      type === 2 ? { type: 9, data: form } : { type: 4, data: { content: 'Thank you.', flags: 64 } },
    );
    const { page, types, sees } = await person('ana', { viewport: { width: 360, height: 640 } });
    const { keyboard } = page;
    await types('/form');
    const dialog = page.getByRole('dialog', { name: 'What do you know?' });
    await dialog.waitFor();
    expect(await dialog.ariaSnapshot()).toMatch(
      /heading "What do you know\?"[\s\S]*textbox "Your name"[\s\S]*combobox "Year"[\s\S]*group "Side"[\s\S]*radio "North"[\s\S]*group "Topics"[\s\S]*checkbox "Rail"[\s\S]*checkbox "Tell me more"/,
    );
    expect(await page.evaluate('document.activeElement.labels?.[0]?.textContent')).toMatch(/^Your name/);
    await keyboard.type('A');
    await keyboard.press('Enter');
    expect(await dialog.isVisible(), 'one letter is too short').toBe(true);
    await keyboard.press('End');
    await keyboard.type('na');
    await keyboard.press('Tab');
    await keyboard.type('2');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    expect(await dialog.isVisible(), 'a topic is missing').toBe(true);
    // The browser has moved the focus to the required field that is still empty.
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await sees('Thank you.');
    expect(await page.locator('#composer-text:focus').count()).toBe(1);
    const sent = JSON.stringify(received.at(-1)?.data);
    for (const part of ['"value":"Ana"', '"values":["2001"]', '"value":"north"', '"values":["rail"]', '"value":true'])
      expect(sent).toContain(part);
    await types('/form');
    await dialog.waitFor();
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.locator('#composer-text:focus').count()).toBe(1);
  },
);

browserTest('the star of a required field is on the same line as the last word of its label', async (context) => {
  const { expect } = context;
  const field = { type: 18, label: 'Delete all scores', component: { type: 23, custom_id: 'sure' } };
  const { person } = await plainBot(context, [command('form')], () => ({
    type: 9,
    data: { ...form, components: [field] },
  }));
  const { page, types } = await person('ana');
  await types('/form');
  // The dialog gets 150 different widths, one after another. At one of them, the first line has room for the whole
  // label, but not for the star.
  const lines = await page.getByRole('dialog').evaluate((dialog) => {
    const [words, star] = dialog.querySelector('label')?.children ?? [];
    return Array.from({ length: 150 }, (_, index) => {
      dialog.style.width = `${150 + index}px`;
      const lastLine = [...(words?.getClientRects() ?? [])].at(-1);
      return { words: lastLine?.bottom, star: star?.getBoundingClientRect().bottom };
    });
  });
  expect(new Set(lines.map(({ words }) => words)).size, 'the label has one line or several').toBeGreaterThan(1);
  for (const { words, star } of lines) expect(star).toBe(words);
});

browserTest('a modal sends prefilled texts, default choices and empty optional inputs', async (context) => {
  const { expect } = context;
  const options = [option('Rail'), { ...option('Gas'), default: true }];
  const fields = [
    { type: 4, custom_id: 'note', style: 2, value: 'one\ntwo', max_length: null },
    { type: 4, custom_id: 'word', style: 1, value: null, required: false },
    { type: 22, custom_id: 'topics', options },
    { type: 22, custom_id: 'none', options: [option('Rail')], required: false },
    { type: 21, custom_id: 'side', options: [option('North'), option('South')], required: false },
  ];
  const prefilled = { ...form, components: fields.map((component) => ({ type: 18, label: 'Input', component })) };
  const { person, received } = await plainBot(context, [command('form')], ({ type }) =>
    type === 2 ? { type: 9, data: prefilled } : { type: 4, data: { content: 'Thank you.', flags: 64 } },
  );
  const { page, types, sees } = await person('ana');
  await types('/form');
  await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
  await sees('Thank you.');
  const sent = [
    { custom_id: 'note', value: 'one\ntwo' },
    { custom_id: 'word', value: '' },
    { custom_id: 'topics', values: ['gas'] },
    { custom_id: 'none', values: [] },
    { custom_id: 'side', value: null },
  ];
  expect(received.at(-1)?.data).toMatchObject({ components: sent.map((component) => ({ component })) });
});

browserTest('single and multiple select menus send the chosen values to the bot', async (context) => {
  const { expect } = context;
  const pick = { type: 3, custom_id: 'one', placeholder: 'Pick one', options: [option('Rail'), option('Gas')] };
  const several = { ...pick, custom_id: 'two', placeholder: 'Pick some', max_values: 2 };
  const { person, received } = await plainBot(context, [command('pick')], ({ type }) =>
    type === 2
      ? says(
          ...[pick, several, { type: 5, custom_id: 'who', placeholder: 'Who?' }].map((one) => ({
            type: 1,
            components: [one],
          })),
        )
      : { type: 6 },
  );
  const { page, types, messages } = await person('ana');
  await types('/pick');
  await messages.getByRole('combobox', { name: 'Pick one' }).selectOption('Gas');
  await expect.poll(() => received.at(-1)?.data).toMatchObject({ custom_id: 'one', values: ['gas'] });
  await messages.getByRole('listbox', { name: 'Pick some' }).selectOption(['Rail', 'Gas']);
  await messages.getByRole('button', { name: 'Send choice' }).click();
  await expect.poll(() => received.at(-1)?.data).toMatchObject({ custom_id: 'two', values: ['rail', 'gas'] });
  await messages.getByRole('combobox', { name: 'Who?' }).selectOption('Ben');
  await expect.poll(() => received.at(-1)?.data).toMatchObject({ custom_id: 'who' });
  expect(await page.getByRole('log').getByText('failed').count()).toBe(0);
});

browserTest('select menus for roles and channels offer the roles and channels of the server', async (context) => {
  const { expect } = context;
  const selects = [
    { type: 6, custom_id: 'role', placeholder: 'Which role?' },
    { type: 7, custom_id: 'ping', placeholder: 'Whom to ping?' },
    { type: 8, custom_id: 'place', placeholder: 'Where?' },
  ];
  const { person, received, loopback } = await plainBot(context, [command('pick')], ({ type }) =>
    type === 2 ? says(...selects.map((one) => ({ type: 1, components: [one] }))) : { type: 6 },
  );
  const { page, types, messages } = await person('ana');
  await types('/pick');
  const [guild] = loopback.world().guilds;
  const role = guild?.roles.find(({ name }) => name === 'Quiz host')?.id;
  for (const [name, choice, custom_id, value] of [
    ['Which role?', 'Quiz host', 'role', role],
    ['Whom to ping?', 'Quiz host', 'ping', role],
    ['Where?', '#general', 'place', guild?.channels.find((channel) => channel.name === 'general')?.id],
  ] as const) {
    await messages.getByRole('combobox', { name }).selectOption(choice);
    await expect.poll(() => received.at(-1)?.data).toMatchObject({ custom_id, values: [value] });
  }
  const where = await messages.getByRole('combobox', { name: 'Where?' }).getByRole('option').allInnerTexts();
  expect(where).toEqual(guild?.channels.map(({ name }) => `#${name}`));
  expect(await page.getByRole('log').getByText('failed').count()).toBe(0);
});

browserTest(
  'in a select menu for channels, the chosen channels are marked, and a click adds or removes one mark',
  async (context) => {
    const { expect } = context;
    const chosen: object[] = [];
    const select = { type: 8, custom_id: 'places', placeholder: 'Where?', max_values: 2, default_values: chosen };
    const { person, loopback } = await plainBot(context, [command('pick')], () =>
      says({ type: 1, components: [select] }),
    );
    const [, second] = loopback.world().guilds[0]?.channels ?? [];
    chosen.push({ id: second?.id, type: 'channel' });
    const { types, messages } = await person('ana');
    await types('/pick');
    const list = messages.getByRole('listbox', { name: 'Where?' });
    await list.waitFor();
    const marked = () => list.locator('option:checked').allInnerTexts();
    expect(await marked()).toEqual([`#${second?.name}`]);
    // A click changes only the mark of the clicked channel, even if no modifier key is held down.
    await list.getByRole('option').first().click();
    expect(await marked()).toHaveLength(2);
    await list.getByRole('option', { name: `#${second?.name}` }).click();
    expect(await marked()).toEqual([`#${loopback.world().guilds[0]?.channels[0]?.name}`]);
  },
);

browserTest('users, roles, channels, commands and times are shown by their names', async (context) => {
  const { expect } = context;
  const { person, rest, loopback } = await plainBot(context, [command('help')], () => ({}));
  const [guild] = loopback.world().guilds;
  const [channel] = guild?.channels ?? [];
  const role = guild?.roles.find(({ name }) => name === 'Quiz host')?.id;
  const ben = loopback.world().members.find(({ username }) => username === 'ben')?.id;
  const { messages } = await person('ana', { locale: 'en-GB', timezoneId: 'UTC' });
  const content = [
    `<@${ben}>, <@!${ben}>, <@&${role}>, <@&100000000000000000>, <#${channel?.id}>, </help:${role}>, <:cup:${role}>`,
    '<t:0:D>',
  ];
  const { id } = await rest('POST', `/channels/${channel?.id}/messages`, { content: content.join('\n') });
  await rest('POST', `/channels/${channel?.id}/messages`, {
    content: 'A reply',
    message_reference: { message_id: id },
  });
  await expect.poll(() => messages.count()).toBe(2);
  expect(await messages.locator('.reply').innerText()).toContain(': @Ben, @Ben, @Quiz host, @a role, #general, /help');
  expect(await messages.first().locator('.content').innerText()).toBe(
    '@Ben, @Ben, @Quiz host, @a role, #general, /help, :cup:\n1 January 1970',
  );
  expect(await messages.first().locator('.mention').count()).toBe(6);
});

const hostile = [
  '<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script> <b>bold?</b>',
  '[press me](javascript:window.hacked=1) [or me](javascript://x%0Awindow.hacked=1) [data](data:text/html,x) <javascript:window.hacked=1>',
  '[**label**](https://example.org/a"onclick="window.hacked=1) https://example.org/<script>',
  '`<i>code</i>` ```html\n<u>block</u>\n``` ||<s>spoiler</s>|| <@000000000000000000> <t:99999999999999:R>',
].join('\n');

browserTest('HTML and scripts in names and messages are shown as plain text', async (context) => {
  const { expect } = context;
  const { person, rest, loopback } = await plainBot(context, [], () => ({}), {
    bots: [{ name: '<b>Bot</b>' }],
    servers: [{ name: '<img src=x onerror=window.hacked=1>', channels: ['general'] }],
    members: [{ username: 'ana', name: '<script>window.hacked=1</script>' }],
  });
  const { page, types, messages } = await person('ana');
  const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
  await rest('POST', `/channels/${channel}/messages`, says(text(hostile)).data);
  await rest('POST', `/channels/${channel}/messages`, {
    embeds: [{ title: hostile.slice(0, 200), description: hostile, fields: [{ name: '<b>x</b>', value: hostile }] }],
  });
  await types('<svg onload=window.hacked=1> [x](javascript:alert(1))');
  await expect.poll(() => messages.count()).toBe(3);
  const found = await page.evaluate<string[]>(`[
    ...document.querySelectorAll('script:not([src="playground.js"]), svg, b, i, iframe, object, [onerror], [onload], [onclick]'),
    ...[...document.querySelectorAll('a[href]')].filter((a) => !/^(https?:|#)/.test(a.getAttribute('href'))),
    ...[...document.querySelectorAll('main img')],
  ].map((one) => one.outerHTML)`);
  expect(found).toEqual([]);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await messages.first().innerText()).toContain('<script>window.hacked=1</script>');
  expect(await messages.last().innerText()).toContain('[x](javascript:alert(1))');
  for (const link of await messages.getByRole('link').all())
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
});

/** A PNG of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

browserTest('the page shows uploaded pictures, but only the alt text of pictures on other hosts', async (context) => {
  const { expect } = context;
  const { person, rest, loopback } = await plainBot(context, [], () => ({}));
  const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
  const { page, messages } = await person('ana');
  function upload(payload: object) {
    const form = new FormData();
    form.set('payload_json', JSON.stringify(payload));
    form.set('files[0]', new Blob([pixel], { type: 'image/png' }), 'map.png');
    form.set('files[1]', new Blob(['a,b'], { type: 'text/csv' }), 'list.csv');
    return rest('POST', `/channels/${channel}/messages`, form);
  }
  await upload({ attachments: [{ id: '0', description: 'A map of the canal' }, { id: '1' }] });
  const gallery = (url: string, description: string) => ({ type: 12, items: [{ media: { url }, description }] });
  const parts = [
    gallery('attachment://map.png', 'The same map'),
    gallery('https://example.org/far.png', 'Far away'),
    { type: 13, file: { url: 'attachment://list.csv' } },
  ];
  await upload({ flags: 1 << 15, components: parts, attachments: [{ id: '0' }, { id: '1' }] });
  await expect.poll(() => messages.count()).toBe(2);
  for (const name of ['A map of the canal', 'The same map']) await messages.getByRole('img', { name }).waitFor();
  const loaded = `[...document.querySelectorAll('main img')].map((one) => one.naturalWidth)`;
  await expect.poll(() => page.evaluate(loaded)).toEqual([1, 1]);
  expect(await messages.last().innerText()).toContain('[Picture: Far away]');
  await expect.poll(() => messages.getByRole('link', { name: 'list.csv' }).count()).toBe(2);
});

browserTest(
  'when a relative time or an edited message changes on the page, the page does not scroll',
  async (context) => {
    const { expect } = context;
    const { person, rest, loopback } = await plainBot(context, [], () => ({}));
    const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
    const { page, messages } = await person('ana');
    const soon = Math.floor(Date.now() / 1000) + 100;
    const long = 'A line of a long card.\n'.repeat(40);
    await rest('POST', `/channels/${channel}/messages`, { content: `Ends <t:${soon}:R>` });
    const { id } = await rest('POST', `/channels/${channel}/messages`, { content: long });
    await expect.poll(() => messages.count()).toBe(2);
    const clock = page.locator('time[data-style="R"]');
    const before = await clock.innerText();
    expect(before).toMatch(/^in (\d+ seconds|1 minute)$/);
    await page.locator('#scroller').evaluate('document.querySelector("#scroller").scrollTop = 0');
    const top = () => page.evaluate<number>(`document.querySelector('article:last-child').getBoundingClientRect().top`);
    const stood = await top();
    await rest('PATCH', `/channels/${channel}/messages/${id}`, { content: `${long}And one more.` });
    await messages.getByText('And one more.').waitFor();
    expect(await top()).toBe(stood);
    expect(await page.getByRole('button', { name: 'New messages' }).count(), 'a change is nothing new').toBe(0);
    await rest('PATCH', `/channels/${channel}/messages/${id}`, {
      content: `Ends <t:${Math.floor(Date.now() / 1000) + 50}:R>`,
    });
    await expect.poll(() => clock.last().innerText()).toMatch(/^in [1-4]\d seconds$/);
  },
);

browserTest('members can use context menu commands, and can choose files in commands and modals', async (context) => {
  const { expect } = context;
  const upload = {
    custom_id: 'upload',
    title: 'A file',
    components: [{ type: 18, label: 'Your notes', component: { type: 19, custom_id: 'notes' } }],
  };
  const pack = { type: 11, name: 'pack', description: 'The file', required: true };
  const { person, received } = await plainBot(
    context,
    [
      { name: 'Bookmark', type: 3 },
      { name: 'High Five', type: 2 },
      { ...command('import'), options: [pack] },
      command('form'),
    ],
    ({ data }) =>
      data['name'] === 'form' ? { type: 9, data: upload } : { type: 4, data: { content: 'Taken.', flags: 64 } },
  );
  const { page, types, sees, composer } = await person('ana');
  await types('worth keeping');
  await sees('worth keeping');
  await page.getByLabel('Commands for the message of Ana').selectOption('Bookmark');
  await expect.poll(() => received.at(-1)?.data).toMatchObject({ name: 'Bookmark', type: 3 });
  await page.getByRole('navigation').getByLabel('Commands for Ben').selectOption('High Five');
  await expect.poll(() => received.at(-1)?.data).toMatchObject({ name: 'High Five', type: 2 });

  const chosen = { name: 'my pack.txt', mimeType: 'text/plain', buffer: Buffer.from('facts') };
  await composer.pressSequentially('/import ');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('option', { name: 'Choose a file…' }).click();
  await (await chooser).setFiles(chosen);
  await composer.press('Enter');
  await expect.poll(() => received.at(-1)?.data['name']).toBe('import');
  expect(JSON.stringify(received.at(-1)?.data['resolved'])).toContain('"filename":"my_pack.txt","size":5');

  await types('/form');
  await page.getByRole('dialog').getByLabel('Your notes').setInputFiles(chosen);
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect.poll(() => received.at(-1)?.type).toBe(5);
  expect(JSON.stringify(received.at(-1)?.data['resolved'])).toContain('"filename":"my_pack.txt"');
});
