/**
 * Tests how members report items with buttons, forms and the message command "Report", and how managers use
 * `/pack reports`. The tests use the real discord.js client.
 */
import { expect, test } from 'vitest';
import type { LoopbackMember, Outcome } from '../../src/loopback/loopback-member.ts';
import type { MistakeKind } from '../../src/core/reports/reported-items.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf } from '../support/emulated-round.ts';
import { importRivers } from '../support/import-rivers.ts';

function formOf(outcome: Outcome) {
  if (outcome.kind !== 'modal') throw new Error(JSON.stringify(outcome));
  return outcome.modal;
}

/** Submits the form of a report. Returns the text of the reply, which must be ephemeral. */
async function sendReport(
  member: LoopbackMember,
  opened: Outcome,
  words: string,
  mistake: MistakeKind = 'wrong',
): Promise<string> {
  const answer = messageOf(await member.submit(formOf(opened), { mistake: [mistake], words }));
  expect(answer.flags & 64).toBe(64);
  return textOf(answer);
}

const chosen = async (manager: LoopbackMember, list: SeenMessage, id: RegExp): Promise<SeenMessage> => {
  const value = id.exec(JSON.stringify(list.components))?.[0] ?? '';
  return messageOf(await manager.press(list, 'pack:item', [value]));
};

test('a member reports a question of a solo round, and a manager corrects the question in a form with the question’s current texts', async () => {
  const { ana, member } = await emulatedBot();
  await importRivers(ana);
  await ana.command('general', '/pack use', { name: 'Rivers of Europe' });
  const ben = await member('ben');
  const card = messageOf(await ben.command('general', '/fact', { about: 'volga' }));
  const question = messageOf(await ben.press(card, 'Quiz me'));
  const reveal = messageOf(await ben.press(question, 'B'));
  const opened = await ben.press(reveal, 'Report');
  const shown = JSON.stringify(formOf(opened).components);
  expect(shown).toContain('**About**: Where does the Volga end, according to the article?');
  expect(shown).toContain('the new report takes the place of the earlier one');
  expect(await sendReport(ben, opened, 'Two of them fit.', 'several')).toContain('Reported, thank you.');
  const list = messageOf(await ana.command('general', '/pack reports'));
  expect(list.flags & 64).toBe(64);
  const item = await chosen(ana, list, /question:volga-sea:\w+/);
  expect(textOf(item)).toContain('**Several answers are right, or none is**: Two of them fit. — Ben');
  const form = formOf(await ana.press(item, 'Mend and delete reports'));
  expect(form.title).toBe('Mend a question and delete its reports');
  expect(JSON.stringify(form.components)).toContain('Where does the Volga end, according to the article?');
  const fields = {
    ask: 'Into which sea does the Volga flow?',
    answer: 'the Caspian Sea',
    wrong: 'the Black Sea\nthe North Sea',
    explanation: 'Near Astrakhan.',
    difficulty: '2',
  };
  const refused = messageOf(await ana.submit(form, fields));
  expect(textOf(refused)).toContain('2 approved wrong answers; write three to five');
  const again = formOf(await ana.press(refused, 'Back to the form'));
  expect(JSON.stringify(again.components)).toContain('Near Astrakhan.');
  await ana.submit(again, { ...fields, wrong: `${fields.wrong}\nthe Baltic Sea` });
  // The reply to the corrected form replaces the message that refused the first form.
  await ana.waitFor(({ id, components }) => id === refused.id && JSON.stringify(components).includes('Mended: '));
  const asked = messageOf(
    await ana.press(messageOf(await ana.command('general', '/fact', { about: 'volga' })), 'Quiz me'),
  );
  expect(textOf(asked)).toContain('Into which sea does the Volga flow?');
});

test('the message command "Report" on a card reports the entry of the card; on a message without an entry, the bot replies that there is nothing to report', async () => {
  const { ana, member } = await emulatedBot();
  const ben = await member('ben');
  const card = messageOf(await ana.command('general', '/fact', { about: 'id:rasht' }));
  expect(await sendReport(ben, await ben.useOn('general', 'Report', card), 'x')).toContain('Reported, thank you.');
  const said = await ana.say('general', 'hello');
  expect(textOf(messageOf(await ben.useOn('general', 'Report', said)))).toContain('There is nothing to report');
  const list = messageOf(await ana.command('general', '/pack reports'));
  const item = await chosen(ana, list, /entry:rasht:\w+/);
  const asked = messageOf(await ana.press(item, 'Retire'));
  expect(textOf(messageOf(await ana.press(asked, 'Retire and delete 1 report')))).toContain('Retired');
  expect(textOf(messageOf(await ben.command('general', '/fact', { about: 'id:rasht' })))).toContain(
    'This entry is not shown here at present',
  );
  expect(textOf(messageOf(await ben.command('general', '/pack reports')))).toContain('Only members who may manage');
});

test('in a group round, the message command "Report" reports the question, both while the question is open and afterwards', async () => {
  const { begin, member, press, shows, ana } = await emulatedBot();
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  const ben = await member('ben');
  expect(await sendReport(ben, await ben.useOn('general', 'Report', question), 'open')).toContain(
    'Reported, thank you.',
  );
  const reveal = await shows('✔');
  expect(await sendReport(ben, await ben.useOn('general', 'Report', reveal), 'closed')).toContain(
    'Your report replaces your earlier one.',
  );
  const list = textOf(messageOf(await ana.command('general', '/pack reports')));
  expect(list).toContain('Question · 1 report');
});

test('the button "Add a note" opens a form that names the entry; if the note is refused, the reopened form names the entry too', async () => {
  const { ana } = await emulatedBot();
  const card = messageOf(await ana.command('general', '/fact', { about: 'rasht' }));
  await ana.submit(formOf(await ana.press(card, 'Report')), { mistake: ['wrong'], words: '' });
  const list = messageOf(await ana.command('general', '/pack reports'));
  const item = await chosen(ana, list, /entry:[\w-]+:\w+/);
  const name = /### (.+)/.exec(textOf(item))?.[1] ?? '?';
  const form = formOf(await ana.press(item, 'Add a note'));
  expect(JSON.stringify(form.components)).toContain(`**About**: ${name}`);
  const refused = messageOf(await ana.submit(form, { note: '\u200b.' }));
  const again = formOf(await ana.press(refused, 'Back to the form'));
  expect(JSON.stringify(again.components)).toContain(`**About**: ${name}`);
});
