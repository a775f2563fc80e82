/** Uses every control of the drawer "Behind the scenes" and checks the effect on the page. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { browserTest, type Person, playground } from './playground.ts';

/** Opens the drawer. */
async function openDrawer({ page }: Person) {
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  const drawer = page.getByRole('dialog', { name: 'Behind the scenes' });
  await drawer.waitFor();
  return drawer;
}

browserTest('if the gateway connection is closed, the bot reconnects and answers the next command', async (context) => {
  const { expect } = context;
  const { person, loopback } = await playground(context);
  const ana = await person('ana');
  const drawer = await openDrawer(ana);
  // Opens a second gateway connection with the bot's token. The button "Disconnect the bot" closes every gateway
  // connection of the bot, including this one.
  const socket = new WebSocket(`${loopback.url.replace('http', 'ws')}/?v=10&encoding=json`);
  context.onTestFinished(() => socket.terminate());
  const d = { token: loopback.world().botToken, intents: 0, properties: {} };
  await once(socket, 'open');
  socket.send(JSON.stringify({ op: 2, d }));
  await new Promise<void>((ready) =>
    socket.on('message', (raw: Buffer) => raw.toString().includes('"READY"') && ready()),
  );
  const closed = once(socket, 'close');
  await drawer.getByRole('button', { name: 'Disconnect the bot' }).click();
  await drawer.getByText('The bot’s gateway connection was closed.').waitFor();
  expect((await closed)[0]).toBe(4000);
  await ana.types('/event rasht');
  await ana.sees('paragraphs 14 and 15');
});

browserTest(
  'a command succeeds if the reply is delayed by 2 seconds, and fails if it is delayed by 5 seconds',
  async (context) => {
    const { expect } = context;
    const clock = virtualClock();
    const { person } = await playground(context, clock);
    const ana = await person('ana');
    const drawer = await openDrawer(ana);
    const waiting = drawer.locator('li', { hasText: 'waiting' }).first();
    const delay = drawer.getByRole('combobox', { name: 'Delay the bot’s replies' });
    await delay.selectOption('by 5 seconds: too late');
    await drawer.getByText('Every reply of the bot now arrives 5 seconds late.').waitFor();
    await ana.types('/help');
    await waiting.waitFor();
    await clock.advance(3_000);
    await ana.page.getByRole('alert').getByText('the bot did not answer within 3 seconds').waitFor();
    expect(await ana.messages.count()).toBe(0);
    await clock.advance(2_000);
    await waiting.waitFor({ state: 'hidden' });
    await delay.selectOption('by 2 seconds: in time');
    await drawer.getByText('Every reply of the bot now arrives 2 seconds late.').waitFor();
    await ana.types('/event rasht');
    await waiting.waitFor();
    await clock.advance(2_000);
    await ana.sees('paragraphs 14 and 15');
    await delay.selectOption('not at all');
    await drawer.getByText('Replies are on time.').waitFor();
    await ana.types('/leaderboard');
    await ana.sees('used /leaderboard');
  },
);

browserTest('a permission can be taken from the bot in one channel and given back', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const ana = await person('ana');
  const drawer = await openDrawer(ana);
  const mayPost = drawer.getByRole('checkbox', { name: 'Send Messages', exact: true });
  await mayPost.uncheck();
  await drawer.getByText('Send Messages is taken from the bot in #general.').waitFor();
  await ana.types('/quiz group thread:no');
  await ana.sees('I lack: Send Messages. So the whole round is played in the message with the button Join.');
  await ana.types('/quiz stop');
  await ana.sees('The round was stopped.');
  await ana.page.getByRole('link', { name: '#quiz-night' }).click();
  await drawer.getByRole('group', { name: 'What the bot may do in #quiz-night' }).waitFor();
  await expect.poll(() => mayPost.isChecked()).toBe(true);
  await ana.page.reload();
  await ana.page.getByRole('link', { name: '#general' }).click();
  await openDrawer(ana);
  await expect.poll(() => mayPost.isChecked()).toBe(false);
  await mayPost.check();
  await drawer.getByText('Send Messages is given back in #general.').waitFor();
  await ana.types('/quiz group thread:no');
  await ana.sees('invites you to 10 questions');
  await ana.page.getByRole('link', { name: 'Direct messages' }).click();
  await expect.poll(() => drawer.getByRole('checkbox').count(), { message: 'nothing to take in a DM' }).toBe(0);
});

browserTest('the newest message of the bot can be deleted for everybody', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const [ana, ben] = [await person('ana'), await person('ben')];
  const drawer = await openDrawer(ana);
  const remove = drawer.getByRole('button', { name: 'Delete the bot’s newest message' });
  await remove.click();
  await drawer.getByText('There is no message of a bot here to delete.').waitFor();
  await ana.types('/event rasht');
  await ben.sees('paragraphs 14 and 15');
  await ana.types('What a railway.');
  await ben.sees('What a railway.');
  await remove.click();
  await drawer.getByText('The message was deleted').waitFor();
  for (const each of [ana, ben]) await expect.poll(() => each.messages.allInnerTexts()).toHaveLength(1);
  expect(await ben.messages.innerText()).toContain('What a railway.');
});

browserTest('a round continues after the bot is restarted from the drawer', async (context) => {
  const { person } = await playground(context);
  const ana = await person('ana');
  const drawer = await openDrawer(ana);
  await ana.types('/quiz group questions:3 thread:no seconds:60');
  await ana.presses('Start now');
  await ana.sees('Question 1 of 3');
  await drawer.getByRole('button', { name: 'Restart the bot' }).click();
  await drawer.getByText('The bot was stopped and has started again.').waitFor();
  await ana.sees('Back again after a short break: question 1 goes on.');
});

browserTest('the drawer lists the bot’s requests, newest first, and contains no tokens', async (context) => {
  const { expect } = context;
  const { person, loopback } = await playground(context);
  const ana = await person('ana');
  const drawer = await openDrawer(ana);
  await ana.types('/event rasht');
  const answer = drawer.locator('#sent li', { hasText: 'answers: ' }).first();
  await answer.waitFor();
  expect(await answer.innerText()).toMatch(/^204 POST \/interactions\/\d+\/…\/callback\nanswers: Rasht–Astara/);
  await answer.locator('summary').click();
  await answer.getByText('"type": 4').waitFor();
  const scrolled = `document.getElementById('sent').scrollIntoView(), scrollY + document.body.scrollTop`;
  expect(await ana.page.evaluate(scrolled), 'the drawer scrolls, the page does not').toBe(0);
  await ana.types('/help');
  const unfolded = drawer.locator('#sent details[open]');
  await drawer.locator('#sent li').first().getByText('answers: Caspian').waitFor();
  expect(await unfolded.count()).toBe(1);
  expect(await unfolded.innerText(), 'what was unfolded stays so').toContain('Rasht–Astara');
  const tokens = loopback.log.flatMap(({ path }) => (path.endsWith('callback') ? [path.split('/')[3] ?? ''] : []));
  expect(tokens.length).toBeGreaterThan(0);
  const html = await drawer.innerHTML();
  for (const token of tokens) expect(html).not.toContain(token);
});

browserTest('on a phone the focus stays in the drawer until Escape closes the drawer', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const { page } = await person('ana', { viewport: { width: 360, height: 640 } });
  const opener = page.getByRole('button', { name: 'Behind the scenes' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Behind the scenes' });
  await drawer.waitFor();
  const where = () =>
    page.evaluate<string>(`document.activeElement.closest('#drawer') ? 'in' :
    document.activeElement === document.body ? 'browser' : document.activeElement.outerHTML`);
  for (let step = 0; step < 25; step += 1) {
    expect(['in', 'browser'], `after ${step} steps`).toContain(await where());
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  await page.locator('#open-drawer[aria-expanded="false"]:focus').waitFor();
});
