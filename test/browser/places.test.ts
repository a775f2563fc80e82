/** Tests how the page shows servers, direct messages, threads, and the views of two members side by side. */
import { browserTest, plainBot, playground } from './playground.ts';

browserTest('the views of two members can be opened side by side in one window', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const { page, types, sees } = await person('ana');
  await page.getByRole('link', { name: 'Open a second view as Ben' }).click();
  const ben = page.frameLocator('iframe[title="Ben’s view"]');
  await ben.getByRole('textbox', { name: /^Message/ }).waitFor();
  await types('/quiz group questions:3 thread:no');
  await ben.getByRole('button', { name: 'Join' }).click();
  await ben.getByText('You are in.').waitFor();
  expect(await page.getByRole('log').getByText('You are in.').count()).toBe(0);
  await sees('Ben');
  for (const name of ['Behind the scenes', 'Channels'])
    expect(await ben.getByRole('button', { name }).isVisible(), name).toBe(name === 'Channels');
  await page.getByRole('link', { name: 'Close Ben' }).click();
  await page.getByRole('link', { name: 'Open a second view as Ben' }).waitFor();
  expect(await page.locator('iframe').count()).toBe(0);
});

browserTest(
  'the page lists the channels of the chosen server, and does not mix the messages of two #general channels',
  async (context) => {
    const { expect } = context;
    const long = 'A server with a name that is as long as Discord allows a server to have, which is one hundred c';
    const { person, loopback } = await plainBot(context, [], () => ({}), {
      bots: [{ name: 'Echo' }],
      servers: [
        { name: 'Study group', channels: ['general'] },
        { name: long, channels: ['general', 'channel-with-a-name-of-one-hundred-characters-'.padEnd(100, 'x')] },
      ],
      members: [
        { username: 'ana', name: 'Ana' },
        { username: 'samira', name: 'سمیرا' },
      ],
    });
    const ana = await person('ana', { viewport: { width: 360, height: 640 } });
    const samira = await person('samira');
    const places = samira.page.getByRole('navigation', { name: 'Servers and channels' });
    const servers = places.getByRole('list', { name: 'Servers' }).getByRole('link');
    expect(await servers.allInnerTexts()).toEqual(['@\nDirect messages', 'SG\nStudy group', `ASW\n${long}`]);
    expect(await places.getByRole('heading').allInnerTexts()).toEqual(['Study group']);
    await places.getByRole('link', { name: long }).click();
    expect(await places.getByRole('heading').allInnerTexts()).toEqual([long]);
    expect(await places.getByRole('link', { name: /^#/ }).count()).toBe(2);
    await expect.poll(() => samira.page.url()).toContain(loopback.world().guilds[1]?.channels[0]?.id);
    await samira.types('سلام');
    expect(await ana.messages.count()).toBe(0);
    await ana.page.getByRole('button', { name: 'Channels (unread)' }).click();
    await ana.page.getByRole('link', { name: `${long} (unread)` }).click();
    await ana.page.getByRole('button', { name: 'Channels', exact: true }).waitFor();
    const message = await ana.sees('سلام');
    expect(await message.getByText('سلام').getAttribute('dir')).toBe('auto');
    // The lists stay open after a server is chosen.
    await ana.page.getByRole('link', { name: /^#channel-with/ }).click();
    await ana.page.getByRole('heading', { name: /^#channel-with/, level: 1 }).waitFor();
    const wide = await ana.page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBe(360);
  },
);

browserTest(
  'if a server is opened with the keyboard on a small screen, the page shows the channel that was last open in this server',
  async (context) => {
    const { expect } = context;
    const { person } = await playground(context);
    const { page } = await person('ana', { viewport: { width: 360, height: 640 } });
    const { keyboard } = page;
    const open = page.getByRole('button', { name: 'Channels' });
    const focused = () => page.evaluate<string>('document.activeElement.innerText');
    const title = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
    await open.press('Enter');
    expect(await focused(), 'the current channel has the focus').toBe('#general');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await title('#quiz-night');
    await open.press('Enter');
    await page.getByRole('link', { name: 'Polar club' }).press('Enter');
    await title('#base-camp');
    expect(await focused(), 'the focus and the list stay where they are').toContain('Polar club');
    expect(await page.getByRole('link', { name: 'Polar club' }).getAttribute('aria-current')).toBe('true');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await title('#quiz-night');
    await keyboard.press('Escape');
    expect(await page.getByRole('list', { name: 'Servers' }).count()).toBe(0);
  },
);

browserTest('direct messages with the bot are private, and commands work there', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const [ana, ben] = [await person('ana'), await person('ben')];
  for (const { page } of [ana, ben]) await page.getByRole('link', { name: 'Direct messages' }).click();
  await ana.page.getByRole('heading', { name: '@Caspian', exact: true }).waitFor();
  await ana.page.getByRole('button', { name: /^\/event ./ }).waitFor();
  expect((await ana.page.locator('#suggestions button').allInnerTexts()).slice(2)).toEqual([
    expect.stringMatching(/^\/event [^·]+$/),
    '/quiz solo',
  ]);
  await ana.types('/event rasht');
  await ana.sees('paragraphs 14 and 15');
  await ben.types('Hello?');
  await ben.sees('Hello?');
  expect(await ben.messages.count()).toBe(1);
});

browserTest('a thread is listed below its channel, and the channel shows a link to the thread', async (context) => {
  const { expect } = context;
  const { person, loopback } = await plainBot(context, [], () => ({}));
  const { guilds, members } = loopback.world();
  const [guild] = guilds;
  const [general] = guild?.channels ?? [];
  const id = '1574587985142218752';
  let dispatch = (_event: string, _data: object) => {};
  const { page, sees } = await person('ana', {}, async (page) => {
    // The emulated Discord does not know this thread, so the test itself dispatches all events of the thread. The test
    // also answers the request for the messages of the thread, with an empty list.
    await page.route(`**/channels/${id}/messages*`, (route) => route.fulfill({ json: [] }));
    await page.routeWebSocket(/encoding=json/, (socket) => {
      socket.connectToServer();
      dispatch = (t, d) => socket.send(JSON.stringify({ op: 0, t, s: 99, d }));
    });
  });
  const thread = { id, type: 11, name: 'Railways 🚂', parent_id: general?.id, guild_id: guild?.id };
  const start = {
    id: '1574587985142218753',
    channel_id: general?.id,
    type: 18,
    content: 'Railways 🚂',
    flags: 0,
    author: members[1],
    message_reference: { channel_id: id },
  };
  dispatch('THREAD_CREATE', { ...thread, newly_created: true });
  dispatch('MESSAGE_CREATE', start);
  const list = page.getByRole('list', { name: 'Threads of #general' });
  await list.getByRole('link', { name: 'Railways 🚂' }).waitFor();
  const told = await sees('started a thread: Railways');
  expect(await told.innerText()).toContain('Ben');
  await told.getByRole('link', { name: 'Railways 🚂' }).click();
  await page.getByRole('heading', { name: 'Railways 🚂', exact: true, level: 1 }).waitFor();
  dispatch('THREAD_UPDATE', { ...thread, name: 'Trains' });
  await list.getByRole('link', { name: 'Trains' }).waitFor();
  dispatch('THREAD_DELETE', { id, guild_id: guild?.id });
  await page.getByRole('heading', { name: '#general', exact: true, level: 1 }).waitFor();
  expect(await list.count()).toBe(0);
});

browserTest(
  'a thread can be opened from the message that started the thread, and an archived thread is not listed',
  async (context) => {
    const { expect } = context;
    const { person, rest, loopback } = await plainBot(context, [], () => ({}));
    const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
    const [ana, ben] = [await person('ana'), await person('ben')];
    const { id } = await rest('POST', `/channels/${channel}/messages`, { content: 'Shall we talk?' });
    const thread = await rest('POST', `/channels/${channel}/messages/${id}/threads`, { name: 'Talk' });
    for (const { page } of [ana, ben]) await page.getByRole('article').getByRole('link', { name: 'Talk' }).click();
    await ben.page.getByRole('heading', { name: 'Talk', exact: true, level: 1 }).waitFor();
    await ana.page.getByRole('heading', { name: 'Talk', exact: true, level: 1 }).waitFor();
    await ana.types('Let us.');
    await ben.sees('Let us.');
    await ana.page.getByRole('link', { name: '#general' }).click();
    await rest('PATCH', `/channels/${thread.id}`, { archived: true });
    const listed = ({ page }: typeof ana) => page.getByRole('navigation').getByRole('link', { name: 'Talk' }).count();
    await expect.poll(() => listed(ana)).toBe(0);
    expect(await listed(ben), 'a reader of the thread keeps it').toBe(1);
    await ben.types('Once more.');
    await expect.poll(() => listed(ana)).toBe(1);
  },
);
