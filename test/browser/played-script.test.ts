/**
 * Tests how the page plays a conversation. A conversation is a script of what members send and what the bot should say.
 * The page marks each expected line as met or not met, and explains lines that it cannot read.
 */
import { browserTest, playground } from './playground.ts';

browserTest('the page plays a conversation of several members line by line', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const { page, sees, messages } = await person('cem');
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('textbox', { name: 'Play a conversation' }).fill(`
    ana types: /event about:rasht
    bot suggests: Rasht–Astara
    bot suggests: Brest-Litovsk
    ana: /quiz group questions:3 thread:no
    bot: @Ana, the host, invites you
    ben: (Join)
    bot to ben: You are in.
    ana: (Start now)
    bot: Question 1 of 3
    bot: Question 2 of 3
    bot does not say: Question 1 of 3
    … restart
    bot: question 1 goes on
    … 50ms
    ben: What a pity.
    bot does not say: Podium
    ana: /quiz stop
    bot to ana: The round is stopped.
    bot: Podium
    dm-ben: /event rasht
    bot to ben: paragraphs 14 and 15
    ben: /me settings
    bot to ben: look-ups for everyone
    … message removed
    ben: (Vote)
    ana: /help`);
  await drawer.getByRole('button', { name: 'Play this conversation' }).click();
  const line = (text: string) => drawer.locator('#played li', { hasText: text });
  await drawer.getByText('It ended early. No message that ben sees has “Vote” to press.').waitFor();
  const said = await drawer.locator('#played li').allInnerTexts();
  expect(said.map((text) => text.split('\n')[0])).toEqual([
    'ana types: /event about:rasht done',
    'bot suggests: Rasht–Astara met',
    'bot suggests: Brest-Litovsk not met',
    'ana: /quiz group questions:3 thread:no done',
    'bot: @Ana, the host, invites you met',
    'ben: (Join) done',
    'bot to ben: You are in. met',
    'ana: (Start now) done',
    'bot: Question 1 of 3 met',
    'bot: Question 2 of 3 not met',
    'bot does not say: Question 1 of 3 not met',
    '… restart done',
    'bot: question 1 goes on met',
    '… 50ms done',
    'ben: What a pity. done',
    'bot does not say: Podium met',
    'ana: /quiz stop done',
    'bot to ana: The round is stopped. met',
    'bot: Podium met',
    'dm-ben: /event rasht done',
    'bot to ben: paragraphs 14 and 15 met',
    'ben: /me settings done',
    'bot to ben: look-ups for everyone met',
    '… message removed done',
    'ben: (Vote) not met',
    'ana: /help',
  ]);
  expect(await line('Question 2 of 3').innerText()).toContain('Since the line above it was said: ');
  // Cem sees public messages, but neither the private messages of other members nor removed messages.
  await sees('What a pity.');
  expect(await messages.filter({ hasText: 'The round is stopped.' }).count()).toBe(0);
  expect(await messages.filter({ hasText: 'Podium' }).count()).toBe(0);
});

browserTest('the page plays a conversation from its link, and explains lines that it cannot read', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const { page, sees } = await person('ana');
  const open = (script: string) =>
    page.goto(`${new URL(page.url()).origin}/?script=${encodeURIComponent(script)}#member=ana&channel=general`);
  await open('ana: /event rasht\nbot: paragraphs 14 and 15');
  const drawer = page.getByRole('dialog');
  await drawer.getByText('Played to the end: 1 of 1 lines of the bot were met.').waitFor();
  await sees('paragraphs 14 and 15');

  await open('ana: /event rasht\nbot: no such words');
  const unmet = drawer.locator('#played li', { hasText: 'Since the line above it was said' });
  const [, heard = ''] = /said: “([^”]+)/.exec(await unmet.innerText()) ?? [];
  expect(heard, 'slashes replace line ends').toContain(' / ');
  await open(`ana: /event rasht\nbot: ${heard}`);
  await drawer.getByText('Played to the end: 1 of 1 lines of the bot were met.').waitFor();

  await open(
    'ana: /help\n\nbob: (Join)\nben\n… disk full\n… rain\nana types: event\nben: (the right answer)\nana:' +
      '\nana types into (Type a year): 1995\nbot in thread: hello\nbot: a new question\n… ben has 3 of 4 right',
  );
  await drawer.getByText('Nothing was played: these lines cannot be read.').waitFor();
  const rows = drawer.locator('#played li');
  const numbers = await page.evaluate<number[]>(`[...document.querySelectorAll('#played li')].map((li) => li.value)`);
  expect(numbers).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  const said = (await rows.allInnerTexts()).join('\n');
  for (const words of [
    'There is no member “bob”. There are: ana, ben, cem, samira',
    'This is no line of a conversation. Write one of: ana: /command',
    '“… disk full” happens in the tests only. Here there are: … 5s, … restart',
    '“… rain” is not known here.',
    'A command begins with a slash.',
    'Press a letter, such as (A).',
    '“ana types into (Type a year):” is for the tests only. Write one of: ana: /command',
    '“bot in thread:” is for the tests only.',
    'Only tests can check which question is new.',
    '“… ben has 3 of 4 right” happens in the tests only.',
    'Nothing stands after “ana:”.',
  ])
    expect(said).toContain(words);
});

browserTest(
  'if a command is refused or the member presses "Stop", the page says why the conversation ended early',
  async (context) => {
    const { person } = await playground(context);
    const { page } = await person('ana');
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    const drawer = page.getByRole('dialog');
    const script = drawer.getByRole('textbox', { name: 'Play a conversation' });
    await script.fill('ana: /quiz group questions:99');
    await drawer.getByRole('button', { name: 'Play this conversation' }).click();
    await drawer.getByText('It ended early. “questions” must be a whole number from').waitFor();
    await script.fill('… 5m');
    await drawer.getByRole('button', { name: 'Play this conversation' }).click();
    await drawer.getByRole('button', { name: 'Stop' }).click();
    await drawer.getByText('It ended early. You stopped it.').waitFor();
    await drawer.getByRole('button', { name: 'Play this conversation' }).waitFor();
  },
);
