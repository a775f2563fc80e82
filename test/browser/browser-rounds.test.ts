/** Tests rounds in the browser. Each player uses a separate page. */
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { browserTest, playground, type Person } from './playground.ts';

/**
 * The newest public message with this text. Ephemeral replies are left out, because they quote the original message.
 */
const publicCard = ({ messages }: Person, text: string) =>
  messages.filter({ hasText: text, hasNotText: 'Only you can see this' }).last();

browserTest('two members play a whole round by pressing buttons, until the podium is shown', async (context) => {
  const { expect } = context;
  const clock = virtualClock();
  const { person, loopback } = await playground(context, clock);
  const [ana, ben] = [await person('ana'), await person('ben')];
  // Each question is open for two minutes, but closes earlier when both members have answered.
  await ana.types('/quiz group questions:3 thread:no seconds:120');
  await ben.presses('Join');
  await ben.sees('You are in.');
  await ana.presses('Start now');
  for (const number of [1, 2, 3]) {
    await passing(clock, ana.sees(`Question ${number} of 3`));
    const question = publicCard(ana, `Question ${number} of 3`);
    const shown = clock.now();
    await ben.sees(`Question ${number} of 3`);
    await ana.presses('A');
    const locked = await ana.sees('Locked A');
    expect(await locked.innerText()).toContain('Only you can see this');
    await ben.presses('B');
    await ben.sees('Locked B');
    // Ana's ephemeral message was sent before Ben's. If Ben could see Ana's message, his page would already show it.
    expect(await ben.messages.filter({ hasText: 'Locked A' }).count()).toBe(0);
    await passing(clock, question.getByText('— the right answer').waitFor());
    expect(clock.now() - shown).toBeLessThan(110_000);
    expect(await question.innerText()).toMatch(/paragraphs? \d+|from the public record/);
    expect(await question.getByRole('button').allInnerTexts()).toEqual(['Read more', 'Report']);
    for (const each of [ana, ben]) await each.page.getByRole('button', { name: 'Dismiss message' }).last().click();
  }
  const podium = await (await passing(clock, ben.sees('Podium'))).innerText();
  expect(podium).toContain('Ana');
  expect(podium).toContain('Ben');
  await ben.types('/leaderboard');
  const board = await (await ana.sees('used /leaderboard')).innerText();
  expect(board).toContain('Ana');
  expect(board).toContain('Ben');
  expect(loopback.unknownRoutes).toEqual([]);
});

browserTest('a solo round is visible only to its player, and uses a single message', async (context) => {
  const { expect } = context;
  const { person } = await playground(context);
  const [ana, ben] = [await person('ana'), await person('ben')];
  await ana.types('/quiz solo questions:3');
  for (const number of [1, 2, 3]) {
    await ana.sees(`Question ${number} of 3`);
    await ana.presses('A');
    await ana.sees('— the right answer');
    if (number < 3) await ana.presses('Next');
  }
  // Questions that Ana answered incorrectly are asked once more. The button "Repeat" opens the first of them.
  const result = ana.page.getByRole('button', { name: 'See the result', exact: true });
  const repeat = ana.page.getByRole('button', { name: /^Repeat / });
  while ((await result.count()) === 0) {
    if ((await repeat.count()) > 0) await repeat.click();
    else await ana.presses('Next');
    await ana.sees('Once more, what you missed:');
    await ana.presses('A');
    await ana.sees('— the right answer');
  }
  await ana.presses('See the result');
  const summary = await (await ana.sees('Your round')).innerText();
  expect(summary).toMatch(/\d of 3 right/);
  expect(summary).toContain('Only you can see this');
  expect(await ana.messages.count()).toBe(1);
  await ana.types('That was hard.');
  await ben.sees('That was hard.');
  expect(await ben.messages.count()).toBe(1);
});

browserTest('after a restart, a round continues and keeps the answers given before the restart', async (context) => {
  const { expect } = context;
  const clock = virtualClock();
  const { person, restart } = await playground(context, clock);
  const [ana, ben] = [await person('ana'), await person('ben')];
  await ana.types('/quiz group questions:3 thread:no seconds:120');
  await ben.presses('Join');
  await ben.sees('You are in.');
  await ana.presses('Start now');
  await ana.sees('Question 1 of 3');
  await ana.presses('A');
  await ana.sees('Locked A');
  await restart();
  await passing(clock, ben.sees('Back again after a short break: question 1 goes on.'));
  await ana.presses('B');
  await ana.sees('Your answer is A.');
  await ben.presses('B');
  await ben.sees('Locked B');
  await passing(clock, publicCard(ben, 'Question 1 of 3').getByText('— the right answer').waitFor());
  await passing(clock, ben.sees('Question 2 of 3'));
  await ana.types('/quiz stop');
  await ana.sees('The round is stopped.');
  const podium = await (await passing(clock, ben.sees('Podium'))).innerText();
  expect(podium).toMatch(/Ana.*of 1 right/);
  expect(podium).toMatch(/Ben.*of 1 right/);
});

browserTest(
  'if a button belongs to an earlier version of the bot or to a finished round, the reply to a press says so',
  async (context) => {
    const { expect } = context;
    const { person, loopback } = await playground(context);
    const [ana, ben] = [await person('ana'), await person('ben')];
    const { botToken, guilds } = loopback.world();
    const button = { type: 2, style: 1, label: 'Vote', custom_id: 'poll:vote:7' };
    const posted = await fetch(`${loopback.api}/v10/channels/${guilds[0]?.channels[0]?.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'Left by an earlier version', components: [{ type: 1, components: [button] }] }),
    });
    expect(posted.status).toBe(200);
    await ana.presses('Vote');
    const answer = await ana.sees('That button is from an earlier version of the bot.');
    expect(await answer.innerText()).toContain('Only you can see this');

    await ana.types('/quiz group questions:3 thread:no');
    await ana.sees('invites you to 3 questions');
    await ben.types('/quiz group thread:no');
    await ben.sees('A round is about to start in this channel');
    await ana.presses('Cancel round');
    await ana.sees('The round is cancelled.');
    await ben.presses('Join');
    await ben.sees('That round is over.');
  },
);
