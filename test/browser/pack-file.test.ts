/** Tests that a member can choose a file in the file picker of the page, and that the bot imports the file. */
import { fileURLToPath } from 'node:url';
import { browserTest, playground } from './playground.ts';

const rivers = fileURLToPath(new URL('../support/files/rivers.yaml', import.meta.url));

browserTest(
  'a manager can choose a pack in the file picker, install the pack, report an entry and correct the entry',
  async (context) => {
    const { person } = await playground(context);
    const { page, composer, sees, types, presses } = await person('ana');
    await composer.pressSequentially('/pack import ');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('option', { name: 'Choose a file…' }).click();
    await (await chooser).setFiles(rivers);
    await composer.press('Enter');
    await sees('5 entries, 5 questions');
    await presses('Install');
    await sees('added the pack “Rivers of Europe”');
    await presses('Use it on this server');
    await sees('Look-ups and rounds on this server now use “Rivers of Europe”.');
    await types('/fact about:volga');
    await sees('The Volga flows into the Caspian Sea.');
    await presses('Report');
    const form = page.getByRole('dialog');
    await form.getByLabel('What is wrong?').selectOption({ label: 'It is out of date' });
    await form.getByLabel('In your words').fill('The delta has moved.');
    await page.getByRole('button', { name: 'Submit' }).click();
    await sees('Reported, thank you.');
    await types('/pack reports');
    const list = await sees('Reports and changes');
    await list.getByRole('combobox').selectOption({ index: 1 });
    await sees('The delta has moved.');
    await presses('Add a note');
    await form.getByLabel('Note of this server').fill('The delta moves every year.');
    await page.getByRole('button', { name: 'Submit' }).click();
    await types('/fact about:volga');
    await sees(/Note of this server.*The delta moves every year\./);
  },
);
