/** Tests contrast, motion, names for screen readers, grouping of messages, scrolling and long input on the page. */
import type { Locator, Page } from 'playwright-core';
import { browserTest, plainBot, playground } from './playground.ts';

/**
 * Returns the texts on the page that have too little contrast. WCAG 2.2, 1.4.3 requires a ratio of 4.5, or 3 for large
 * text. Disabled controls are exempt.
 */
const lowContrastTexts = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const known = new Map();
    const rgb = (layers) => {
      const key = layers.join();
      if (!known.has(key)) known.set(key, drawn(layers));
      return known.get(key);
    };
    const drawn = (layers) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const layer of layers) { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (layers) => {
      const [r, g, b] = rgb(layers).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      const layers = [];
      for (let one = element; one; one = one.parentElement) layers.unshift(getComputedStyle(one).backgroundColor);
      return ['white', ...layers];
    };
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let count = 0;
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const element = text.parentElement;
      const box = element.getBoundingClientRect();
      if (!text.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || box.width < 2) continue;
      if (element.closest(':disabled, option, noscript')) continue;
      const style = getComputedStyle(element);
      const ground = behind(element);
      const [a, b] = [light(ground), light([...ground, style.color])].sort((x, y) => y - x);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      count += 1;
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < (isLarge ? 3 : 4.5)) faint.push(ratio.toFixed(2) + ' ' + text.data.trim().slice(0, 40));
    }
    return count < 30 ? ['only ' + count + ' texts were looked at'] : faint;
  })()`);

const boxOf = async (part: Locator) => (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

for (const colorScheme of ['dark', 'light'] as const)
  browserTest(`every text has enough contrast with its background (${colorScheme} color scheme)`, async (context) => {
    const { expect } = context;
    const { person } = await playground(context);
    const { page, types, sees, composer, presses } = await person('ana', { colorScheme });
    await types('/dispute three islands');
    await sees('United Arab Emirates');
    await types('/quiz solo questions:3');
    await sees('Question 1 of 3');
    await presses('A');
    await sees('— the right answer');
    await types('/pack template format:CSV');
    await sees('The columns front');
    const sameGround: unknown = await page.evaluate(`(() => {
      const mention = [...document.querySelectorAll('.private .mention')].at(-1);
      const [ground, behind] = [mention, mention.closest('article')].map((one) => getComputedStyle(one).backgroundColor);
      return ground === behind;
    })()`);
    expect(sameGround, 'a mention in an ephemeral message has a background of its own').toBe(false);
    await types('A `word`, a [link](https://example.org), <@661720242585600000> and ||nothing||');
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.getByRole('textbox', { name: 'Play a conversation' }).fill('bob: /help\nbot');
    await page.getByRole('button', { name: 'Play this conversation' }).click();
    await page.locator('#sent li').first().waitFor();
    await composer.fill('/nothing');
    await composer.press('Enter');
    await page.getByRole('alert').getByText('You have no command').waitFor();
    expect(await lowContrastTexts(page)).toEqual([]);
    await composer.fill('/quiz group ');
    await page.locator('#menu li').first().waitFor();
    expect(await lowContrastTexts(page)).toEqual([]);
  });

browserTest('with prefers-reduced-motion, the page has no animations or transitions', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const moving = `document.getAnimations({ subtree: true }).length + [...document.querySelectorAll('*')].filter((one) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
    return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior === 'smooth';
  }).length`;
  const calm = await person('ana', { reducedMotion: 'reduce' });
  expect(await calm.page.evaluate(moving)).toBe(0);
  const other = await person('ben', { reducedMotion: 'no-preference' });
  expect(await other.page.evaluate(moving), 'otherwise this test could not fail').not.toBe(0);
});

for (const width of [1200, 360])
  browserTest(
    `at a width of ${width} pixels, the page and the drawer have names for screen readers`,
    async (context) => {
      const { expect } = context;
      const { person } = await playground(context);
      const { page, types, sees } = await person('ana', { viewport: { width, height: 740 } });
      await types('/event rasht');
      await sees('paragraphs 14 and 15');
      const tree = await page.locator('body').ariaSnapshot();
      expect(tree).toMatch(
        /- main:[\s\S]*- heading "#general" \[level=1\][\s\S]*- region "#general"[\s\S]*- log "Messages"/,
      );
      expect(tree).toMatch(/- combobox "You are"/);
      expect(tree).toMatch(/- button "Behind the scenes"/);
      if (width === 1200) expect(tree).toMatch(/- navigation "Servers and channels":[\s\S]*- link "#general"/);
      else expect(tree).toMatch(/- button "Channels"/);
      await page.getByRole('button', { name: 'Behind the scenes' }).click();
      await page.locator('#sent li').first().waitFor();
      const drawer = await page.getByRole('dialog', { name: 'Behind the scenes' }).ariaSnapshot();
      expect(drawer).toMatch(/- region "Make something fail":\n\s+- heading "Make something fail" \[level=3\]/);
      expect(drawer).toMatch(/group "What the bot may do in #general"'?:[\s\S]*- checkbox "Send Messages" \[checked\]/);
      for (const name of ['Disconnect the bot', 'Delete the bot’s newest message', 'Restart the bot', 'Close'])
        expect(drawer).toContain(`- button "${name}"`);
      expect(drawer).toContain('- textbox "Play a conversation"');
      expect(drawer).toMatch(/- region "What the bot sent":[\s\S]*- listitem/);
      expect(await page.locator('#drawer [role="status"]').count()).toBe(2);
    },
  );

browserTest(
  'consecutive messages of one author are grouped, but each message still names its author for screen readers and has its menu beside its text',
  async (context) => {
    const { expect } = context;
    const { person, rest, loopback } = await plainBot(context, [{ name: 'Bookmark', type: 3 }], () => ({}));
    const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
    const { page, messages, sees, types } = await person('ana');
    await types('First');
    await sees('First');
    await types('Second');
    await sees('Second');
    await rest('POST', `/channels/${channel}/messages`, { content: 'Third, by the bot' });
    await sees('Third');
    await types('Fourth');
    await sees('Fourth');
    await types('Fifth');
    await expect.poll(() => messages.count()).toBe(5);
    const grouped = () => messages.evaluateAll((all) => all.map((one) => one.classList.contains('grouped')));
    expect(await grouped()).toEqual([false, true, false, false, true]);
    expect(await messages.nth(1).locator('.avatar').boundingBox()).toMatchObject({ height: 0 });
    const menu = await boxOf(messages.nth(1).getByLabel('Commands for the message of Ana'));
    const text = await boxOf(messages.nth(1).getByText('Second'));
    expect(menu.x + menu.width).toBeLessThan(text.x);
    expect(menu.y, 'beside the first line').toBeLessThan(text.y);
    expect(await page.locator('#log').ariaSnapshot()).toMatch(/Second[\s\S]*Third/);
    expect(await messages.nth(1).ariaSnapshot()).toContain('Ana');
    const ids = await messages.evaluateAll((all) => all.map(({ id }) => id.replace('message-', '')));
    // Ana is the owner of the guild, so her token may be used to delete messages of other members.
    const owner = loopback.world().members.find(({ username }) => username === 'ana');
    await fetch(`${loopback.api}/v10/channels/${channel}/messages/bulk-delete`, {
      method: 'POST',
      headers: { authorization: owner?.token ?? '', 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [ids[0], ids[2]] }),
    });
    await expect.poll(() => messages.count()).toBe(3);
    expect(await grouped(), 'Second has no message above now, and Fourth follows it').toEqual([false, true, true]);
  },
);

for (const width of [1200, 360])
  browserTest(
    `at a width of ${width} pixels, only the list of messages scrolls, never the page itself`,
    async (context) => {
      const { expect } = context;
      const { person, rest, loopback } = await plainBot(context, [], () => ({}));
      const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
      // Most of these messages are grouped. The author and the time of a grouped message are visible only to screen
      // readers.
      for (let number = 1; number <= 40; number += 1)
        await rest('POST', `/channels/${channel}/messages`, { content: `Message ${number}\nand a second line` });
      const { page, messages } = await person('ana', { viewport: { width, height: 740 } });
      await expect.poll(() => messages.count()).toBe(40);
      expect(await messages.nth(20).getAttribute('class')).toBe('grouped');
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(740);
      for (const block of ['start', 'center', 'end'] as const)
        await messages.nth(20).evaluate((one, where) => one.scrollIntoView({ block: where }), block);
      expect(await page.evaluate('[scrollY, document.querySelector("#scroller").scrollTop > 0]')).toEqual([0, true]);
      expect(await page.locator('.banner').boundingBox()).toMatchObject({ y: 0 });
    },
  );

browserTest('a right-to-left card stays right-to-left when the bot adds many English words', async (context) => {
  const { expect } = context;
  const { person, rest, loopback } = await plainBot(context, [], () => ({}));
  const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
  const { messages } = await person('ana');
  const card = (...lines: readonly string[]) => ({
    flags: 1 << 15,
    components: [{ type: 17, components: lines.map((content) => ({ type: 10, content })) }],
  });
  const question = ['-# Question 1', '### پایتخت ارمنستان کدام است؟', '**A** تفلیس', '**B** ایروان'];
  const { id } = await rest('POST', `/channels/${channel}/messages`, card(...question));
  const article = messages.first();
  await article.getByText('تفلیس').waitFor();
  expect(await article.getAttribute('dir')).toBe('rtl');
  const reveal = card(...question, 'Not this time: you said A. Your first answer is final, and the round goes on.');
  await rest('PATCH', `/channels/${channel}/messages/${id}`, reveal);
  await article.getByText('Not this time').waitFor();
  expect(await article.getAttribute('dir')).toBe('rtl');
  const lines = article.locator('.container p, .container h6');
  expect(await lines.evaluateAll((all) => all.map(({ dir }) => dir))).toEqual(Array(5).fill('auto'));
});

browserTest('the quotation above a reply is one line high, even if the quoted message is long', async (context) => {
  const { expect } = context;
  const { person, rest, loopback } = await plainBot(context, [], () => ({}));
  const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
  const { page, sees } = await person('ana', { viewport: { width: 360, height: 780 } });
  const post = async (content: string, message_id?: string) => {
    const body = { content, ...(message_id && { message_reference: { message_id } }) };
    return rest('POST', `/channels/${channel}/messages`, body);
  };
  const [short, long] = [await post('Short'), await post('Long text '.repeat(50))];
  await post('To the short one', short.id);
  await post('To the long one', long.id);
  await sees('To the long one');
  const heights = await page.locator('.reply').evaluateAll((all) => all.map((one) => one.clientHeight));
  expect(heights).toHaveLength(2);
  expect(heights[1]).toBe(heights[0]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});

browserTest(
  'in a right-to-left page, bullets and quotation lines are on the side where their text begins',
  async (context) => {
    const { expect } = context;
    const { person } = await plainBot(context, [], () => ({}));
    const { page, types, sees } = await person('ana');
    await page.evaluate(`document.documentElement.dir = 'rtl'`);
    await types('- Rasht\n- رشت\n> Astara\n> # آستارا');
    await sees('Rasht');
    const styles = (selector: string, names: readonly string[]) =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('#log ${selector}')].map((one) =>
        ${JSON.stringify(names)}.map((name) => getComputedStyle(one).getPropertyValue(name)).join(' '))`,
      );
    expect(await styles('li', ['margin-left', 'margin-right'])).toEqual(['24px 0px', '0px 24px']);
    expect(await styles('blockquote > *', ['border-left-width', 'border-right-width'])).toEqual(['4px 0px', '0px 4px']);
  },
);

browserTest(
  'in a right-to-left page, each message is aligned with the direction of its text, and the name of a command is still written from left to right',
  async (context) => {
    const { expect } = context;
    const { person } = await plainBot(context, [], () => ({}));
    const { page, types, sees } = await person('ana');
    await page.evaluate(`document.documentElement.dir = 'rtl'`);
    await types('Try the railway');
    await sees('Try the railway');
    await types('سلام! /help را بنویس');
    await sees('سلام!');
    const of = (script: string) => page.evaluate<string[]>(`[...document.querySelectorAll('#log ${script}`);
    expect(await of(`article')].map((one) => one.dir)`)).toEqual(['ltr', 'rtl']);
    expect(await of(`.content bdi')].map((one) => one.dir + one.textContent)`)).toEqual(['ltr/help']);
    expect(await of(`h3 time')].map((one) => one.dir)`)).toEqual(['ltr', 'ltr']);
  },
);

browserTest(
  'if a new message is taller than the window, its first line stays in view until the next message arrives, even if the height of the window changes',
  async (context) => {
    const { expect } = context;
    const { person, rest, loopback } = await plainBot(context, [], () => ({}));
    const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
    const post = (content: string) => rest('POST', `/channels/${channel}/messages`, { content });
    const { page, messages, sees } = await person('ana', { viewport: { width: 360, height: 600 } });
    const isInView = async (text: string, end: 'start' | 'end') => {
      const message = await sees(text);
      return message.evaluate((one, end) => {
        const [box, list] = [one.getBoundingClientRect(), one.closest('#scroller')?.getBoundingClientRect()];
        const at = end === 'start' ? box.top : box.bottom;
        return list !== undefined && at >= list.top - 1 && at <= list.bottom + 1;
      }, end);
    };
    await post('a short message');
    await post(`first line\n${'one more line\n'.repeat(60)}last line`);
    await expect.poll(() => messages.count()).toBe(2);
    await expect.poll(() => isInView('last line', 'start')).toBe(true);
    expect(await isInView('last line', 'end')).toBe(false);
    // The window becomes high enough for the whole message, and then low again, as on a phone that is turned twice.
    await page.setViewportSize({ width: 360, height: 3_000 });
    await expect.poll(() => isInView('last line', 'end')).toBe(true);
    await page.setViewportSize({ width: 360, height: 600 });
    await expect.poll(() => isInView('last line', 'end')).toBe(false);
    await expect.poll(() => isInView('last line', 'start')).toBe(true);
    await post('the newest message');
    await expect.poll(() => isInView('the newest message', 'end')).toBe(true);
  },
);

browserTest('a new message scrolls into view only if the reader is at the end of the channel', async (context) => {
  const { expect } = context;
  const { person, rest, loopback } = await plainBot(context, [], () => ({}));
  const channel = loopback.world().guilds[0]?.channels[0]?.id ?? '';
  const post = (content: string) => rest('POST', `/channels/${channel}/messages`, { content });
  for (let number = 1; number <= 200; number += 1) await post(`Message ${number}, with **some** text.`);
  const { page, messages } = await person('ana');
  const fromEnd = () =>
    page.evaluate<number>(`(({ scrollHeight, scrollTop, clientHeight }) =>
      Math.round(scrollHeight - scrollTop - clientHeight))(document.getElementById('scroller'))`);
  await expect.poll(() => messages.count()).toBe(50);
  const earlier = page.getByRole('button', { name: 'Show earlier messages' });
  for (const count of [100, 150, 200]) {
    await earlier.click();
    await expect.poll(() => messages.count()).toBe(count);
  }
  expect(await messages.first().innerText()).toContain('Message 1,');
  // The page hides the button after a request for earlier messages has returned an empty list.
  await earlier.click();
  await earlier.waitFor({ state: 'hidden' });
  const above = await fromEnd();
  expect(above, 'older messages leave the reader where they were').toBeGreaterThan(1_000);
  await post('Message 201');
  const button = await boxOf(page.getByRole('button', { name: 'New messages' }));
  const list = await boxOf(page.locator('#scroller'));
  expect(button.y, 'the button hides no message').toBeGreaterThanOrEqual(list.y + list.height);
  expect(await page.evaluate<number>(`document.getElementById('scroller').scrollTop`)).toBeLessThan(above);
  await page.getByRole('button', { name: 'New messages' }).click();
  await expect.poll(fromEnd).toBe(0);
  for (let number = 202; number <= 212; number += 1) await post(`Message ${number}\nand a second line`);
  await expect.poll(() => messages.count()).toBe(212);
  await expect.poll(fromEnd).toBe(0);
  // A new message must add one child and must not change other messages. The observer records all changes from here on.
  await page.evaluate(`void (window.touched = new Promise((done) => {
    const changed = [];
    new MutationObserver((all) => {
      // Half a second after the page has shown older messages, it enables announcements to screen readers again. This
      // change of aria-live may happen now, so it is ignored.
      for (const { type, target, attributeName } of all.filter((one) => one.attributeName !== 'aria-live'))
        changed.push([type, target.id || target.parentElement?.outerHTML.slice(0, 200), attributeName].join(' '));
      if (document.getElementById('log').innerText.includes('the last one')) done(changed);
    }).observe(document.getElementById('log'), { subtree: true, childList: true, attributes: true, characterData: true });
  }))`);
  await post('This is the last one');
  expect(await page.evaluate<readonly string[]>('window.touched')).toEqual(['childList log ']);
});

browserTest('a list of suggestions that is longer than its box fades out at its lower end', async (context) => {
  const { expect } = context;
  const names = Array.from({ length: 25 }, (_, index) => `command-${index}`);
  const { person } = await plainBot(
    context,
    names.map((name) => ({ name, description: 'Does something' })),
    () => ({}),
  );
  const { page, composer } = await person('ana');
  const suggestions = page.locator('#menu');
  await composer.fill('/');
  await page.getByRole('option').nth(24).waitFor();
  const picture = await suggestions.screenshot();
  // The lower end fades into the background colour `--side`. With a transparent colour nothing fades, so the second
  // screenshot must differ from the first.
  await suggestions.evaluate((list) => list.style.setProperty('--side', 'transparent'));
  expect(picture.equals(await suggestions.screenshot())).toBe(false);
});

browserTest(
  'on a phone, a refused command closes the suggestions, and the placeholder fits on one line',
  async (context) => {
    const { expect } = context;
    const what = { type: 3, name: 'what', description: 'What to say', required: true };
    const choices = ['Yes', 'No', 'Perhaps'].map((name) => ({ name, value: name }));
    const { person } = await plainBot(
      context,
      [{ name: 'say', description: 'Says', options: [{ ...what, choices }] }],
      () => ({}),
    );
    const { page, composer } = await person('ana', { viewport: { width: 360, height: 780 } });
    await page.evaluate(`location.hash = '#member=ana&channel=quiz-night'`);
    await page.getByRole('heading', { name: '#quiz-night', exact: true }).waitFor();
    await composer.fill('One line');
    const { height } = await boxOf(composer);
    // A placeholder that needs two lines could be cut off without making the field higher. A typed text of two lines
    // makes the field higher, so the test types the text of the placeholder.
    await composer.fill((await composer.getAttribute('placeholder')) ?? '');
    expect((await boxOf(composer)).height).toBe(height);
    await composer.fill('/say ');
    await page.getByRole('option', { name: 'Perhaps' }).waitFor();
    await composer.press('Enter');
    await page.getByRole('alert').getByText('Type something after /say').waitFor();
    expect(await page.locator('#menu').getByRole('option').count()).toBe(0);
    await page.locator('#hint').getByText('What to say').waitFor();
    await composer.press('P');
    await page.getByRole('option', { name: 'Perhaps' }).waitFor();
  },
);

browserTest(
  'the composer refuses messages with more than 2,000 characters and command options with more than 6,000 characters',
  async (context) => {
    const { expect } = context;
    const { person, received } = await plainBot(
      context,
      [{ name: 'say', description: 'Says', options: [{ type: 3, name: 'what', description: 'What', required: true }] }],
      () => ({ type: 4, data: { content: 'Heard.' } }),
    );
    const { page, types, sees, composer, messages } = await person('ana');
    await types('x'.repeat(2_001));
    await page.getByRole('alert').getByText('it has 2,001 of at most 2,000 characters').waitFor();
    expect(await composer.inputValue()).toHaveLength(2_001);
    await types('y'.repeat(2_000));
    await sees('yyy');
    await types(`/say what:${'z'.repeat(6_000)}`);
    await sees('Heard.');
    expect(JSON.stringify(received.at(-1)?.data)).toContain('z'.repeat(6_000));
    await types(`/say what:${'z'.repeat(6_001)}`);
    await page.getByRole('alert').getByText('takes at most 6000 characters').waitFor();
    expect(await messages.count()).toBe(2);
  },
);
