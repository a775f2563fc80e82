/** Tests the page with one member who uses a mouse, a keyboard, a screen reader or a phone. */
import type { Route } from 'playwright-core';
import { browserTest, playground } from './playground.ts';

browserTest(
  'the page has an introduction and suggests commands, and the suggested /event command shows a card',
  async (context) => {
    const { expect } = context;
    const { person, loopback } = await playground(context);
    const { page, sees } = await person('ana');
    expect(await page.locator('.banner').innerText()).toContain('Nothing leaves this machine');
    expect(await page.locator('#welcome-text').innerText()).toMatch(
      /^Caspian is a bot .* you choose which member you are/,
    );
    const suggestions = page.locator('#suggestions').getByRole('button');
    const offered: string[] = [];
    // Each server has its own pack, so a command suggested for one server would find nothing in the other server.
    for (const server of ['Study group', 'Polar club']) {
      await page.getByRole('link', { name: server }).click();
      const event = suggestions.filter({ hasText: /^\/event ./ });
      await expect.poll(async () => !offered.includes(await event.innerText())).toBe(true);
      expect((await suggestions.allInnerTexts()).slice(2)).toEqual([
        expect.stringMatching(/^\/event [^·]+$/),
        '/quiz solo',
      ]);
      const line = await event.innerText();
      offered.push(line);
      await event.click();
      await page.getByRole('button', { name: 'Send' }).click();
      const card = await (await sees('used /event')).innerText();
      const [title = ''] = line.slice('/event '.length).split(' · ');
      expect(card).toContain(title);
      expect(card).toMatch(/reported in the article|paragraph|Sources/);
      expect(card).not.toContain('Only you can see this');
      expect(await page.locator('#welcome').isVisible()).toBe(false);
    }
    expect(loopback.unknownRoutes).toEqual([]);
  },
);

browserTest('a member can send a command, choose a suggestion and press a button by keyboard', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const { page, composer, messages, sees } = await person('ana');
  const { keyboard } = page;
  await page.getByRole('button', { name: /^\/event ./ }).waitFor();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await keyboard.type('/ev');
  await page.getByRole('option', { name: '/event', selected: true }).waitFor();
  await keyboard.press('Enter');
  expect(await composer.inputValue()).toBe('/event ');
  await keyboard.press('Enter');
  await page.getByText('Type something after /event before you send it.').waitFor();
  await keyboard.type('rash');
  const first = page.getByRole('option', { name: /^Rasht–Astara/ });
  await first.waitFor();
  expect(await first.getAttribute('aria-selected')).toBe('false');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /^Rasht–Astara/, selected: true }).waitFor();
  await keyboard.press('Enter');
  expect(await composer.inputValue()).toMatch(/^\/event about:Rasht–Astara .*17 May 2023 $/);
  await keyboard.press('Enter');
  await sees('paragraphs 14 and 15');

  const onSources = messages.locator('button:focus', { hasText: 'Sources' });
  for (let steps = 0; (await onSources.count()) === 0; steps += 1) {
    expect(steps, 'steps back to Sources').toBeLessThan(10);
    await keyboard.press('Shift+Tab');
  }
  await keyboard.press('Enter');
  const answer = await sees('Sources: ');
  expect(await answer.innerText()).toContain('Only you can see this');
  expect(await onSources.count(), 'the keyboard stays where it was').toBe(1);
});

browserTest('a highlighted suggestion stays highlighted when newer suggestions arrive', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const { page, composer } = await person('ana');
  await composer.fill('/event about:ras');
  const first = page.getByRole('option', { name: /^Rasht–Astara/ });
  await first.waitFor();
  const held: Route[] = [];
  await page.route('**/interactions', (route) => void held.push(route));
  await composer.press('h');
  await expect.poll(() => held.length).toBe(1);
  await composer.press('ArrowDown');
  expect(await first.getAttribute('aria-selected')).toBe('true');
  await first.evaluate((row) => row.setAttribute('data-old', ''));
  await held[0]?.continue();
  await page.locator('#menu li:not([data-old])').first().waitFor();
  await expect.poll(() => page.locator('#menu li[data-old]').count()).toBe(0);
  expect(await first.getAttribute('aria-selected')).toBe('true');
});

browserTest('a very long query gets a result and a note that only its beginning was searched', async (context) => {
  const { expect } = context;
  const { person, member } = await playground(context);
  const [page, ana] = [await person('ana'), await member('ana')];
  const query = 'rasht astara railway '.repeat(300).slice(0, 6_000);
  await page.types(`/event about:${query}`);
  expect(await page.composer.inputValue()).toBe('');
  const pasted = await page.sees('Only the first 100 characters and 12 words were searched.');
  expect(await pasted.innerText()).toContain('Rasht–Astara railway agreement');
  // The test client sends the same command without the checks of the page.
  await ana.command('general', '/event', { about: query });
  await page.messages.nth(1).getByText('Only the first 100 characters').waitFor();
  expect(await page.messages.nth(1).innerText()).toContain('paragraphs 14 and 15');
});

browserTest('for screen readers, the messages are articles in a log, and every control has a name', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const ana = await person('ana');
  await ana.types('/event rasht');
  await ana.sees('paragraphs 14 and 15');
  await ana.types('/quiz solo questions:3');
  await ana.sees('Question 1 of 3');
  const tree = await ana.page.locator('body').ariaSnapshot();
  expect(tree).toMatch(/- log "Messages":\n\s+- article "Caspian/);
  expect(tree.match(/- article "/g)).toHaveLength(2);
  for (const name of ['Sources', 'Quiz me', 'A', 'B', 'C', 'End round', 'Dismiss message', 'Send'])
    expect(tree).toContain(`- button "${name}"`);
  expect(tree).toMatch(/- heading "Rasht[^"]*" \[level=\d\]/);
  const nameless = /- (?:button|link|article|textbox|combobox|option|region|navigation|listbox)(?: \[[^\]]*\])*:?$/m;
  expect(tree).not.toMatch(nameless);
});

browserTest(
  'the buttons of a card are on one line in a window that is 1,000 pixels wide, and on two lines on a phone',
  async (context) => {
    const { expect } = context;
    const { person } = await playground(context);
    const lines = {
      1000: [['More', 'Sources', 'Quiz me', 'Report', 'Remove for all']],
      360: [
        ['More', 'Sources', 'Quiz me'],
        ['Report', 'Remove for all'],
      ],
    };
    for (const [width, expected] of Object.entries(lines)) {
      const { types, sees } = await person('ana', { viewport: { width: Number(width), height: 740 } });
      await types('/event about:id:rasht-astara-railway-agreement');
      const card = await sees('After years of discussions');
      await card.getByRole('button', { name: 'Remove for all' }).waitFor();
      const shown = new Map<number, string[]>();
      for (const button of await card.getByRole('button').all()) {
        const top = Math.round((await button.boundingBox())?.y ?? 0);
        shown.set(top, [...(shown.get(top) ?? []), await button.innerText()]);
      }
      expect([...shown.values()], `${width} px`).toEqual(expected);
    }
  },
);

browserTest(
  'on a phone no element is wider than the screen, the reply to /help fits on the screen, and a long form opens at its beginning with its buttons in view',
  async (context) => {
    const { expect } = context;
    const { person } = await playground(context);
    const phoneHeight = 780;
    const phone = { viewport: { width: 360, height: phoneHeight }, isMobile: true, hasTouch: true };
    const ana = await person('ana', phone);
    const wide = () =>
      ana.page.evaluate<string[]>(`[...document.querySelectorAll('html, #scroller, #scroller *, .foot, header')]
      .filter((one) => one.getBoundingClientRect().right > 361 || one.matches('html, #scroller') && one.scrollWidth > 360)
      .map((one) => one.tagName + '.' + one.className)`);
    expect(await wide()).toEqual([]);
    await ana.types('/help');
    await ana.sees('Try first');
    const help = ana.messages.last();
    expect((await help.boundingBox())?.height).toBeLessThan(phoneHeight);
    await help.getByRole('combobox').selectOption('You');
    await help.getByText('Delete everything the bot keeps').waitFor();
    expect((await help.boundingBox())?.height).toBeLessThan(phoneHeight);
    await ana.types('/dispute three islands');
    await ana.sees('United Arab Emirates');
    await ana.types('/quiz solo questions:3');
    await ana.sees('Question 1 of 3');
    expect(await wide()).toEqual([]);
    await ana.types('/me delete');
    const dialog = ana.page.getByRole('dialog');
    await dialog.waitFor();
    expect(await ana.page.evaluate(`document.querySelector('dialog[open]').scrollTop`)).toBe(0);
    const endOf = async (part: typeof dialog) => {
      const { y = 0, height = 0 } = (await part.boundingBox()) ?? {};
      return y + height;
    };
    expect(await endOf(dialog.getByRole('button', { name: 'Submit' }))).toBeLessThan(await endOf(dialog));
    await dialog.getByRole('button', { name: 'Submit' }).tap();
    const reply = ana.messages.filter({ hasText: 'Nothing was deleted' });
    await reply.getByText('Ana used /me delete').waitFor();
    await ana.page.getByRole('button', { name: 'Channels', exact: true }).tap();
    await ana.page.getByRole('link', { name: '#quiz-night' }).tap();
    await ana.page.getByRole('heading', { name: '#quiz-night', exact: true }).waitFor();
    expect(await wide()).toEqual([]);
  },
);
