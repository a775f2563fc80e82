/** Tests how the file `.env` is read, especially files that Node's own parser reads wrongly. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';
import { readEnvFile } from '../src/cli/env-file.ts';

const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GAAAAA.pretended-pretended-pretended-pretended';

async function fileWith(content: string | Buffer, mode = 0o600): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'caspian-env-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, '.env');
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

test.each([
  ['a blank line with spaces', `# my bot\n  \nDISCORD_TOKEN=${token}\n`],
  ['a blank line with a tab', `LOG_LEVEL=info\n\t\nDISCORD_TOKEN=${token}\n`],
  ['a blank line with a no-break space', `LOG_LEVEL=info\n\u{a0}\nDISCORD_TOKEN=${token}\n`],
  ['an indented comment', `LOG_LEVEL=info\n  # my bot\nDISCORD_TOKEN=${token}\n`],
  ['a tab before the name', `\tDISCORD_TOKEN=${token}`],
  ['a byte order mark', `\u{feff}DISCORD_TOKEN=${token}\n`],
  ['line ends of Windows', `LOG_LEVEL=info\r\n \r\nDISCORD_TOKEN=${token}\r\n`],
  ['line ends of old Macs', `LOG_LEVEL=info\rDISCORD_TOKEN=${token}\r`],
  ['quotation marks, export and a comment', `export DISCORD_TOKEN = '${token}' # mine\n`],
  ['another variable whose value is empty', `DATA_DIR=\nDISCORD_TOKEN=${token}`],
])('the token is found in a .env file with %s', async (_, content) => {
  const { values, notices } = await readEnvFile(await fileWith(content));
  expect(readConfig(values).token).toBe(token);
  expect(notices).toEqual([]);
});

test.each([
  ['UTF-16', Buffer.from(`\u{feff}DISCORD_TOKEN=${token}\n`, 'utf16le'), ':1: the file is not UTF-8'],
  ['UTF-16 without a byte order mark', Buffer.from(`DISCORD_TOKEN=${token}\n`, 'utf16le'), ':1: the file is not UTF-8'],
  ['Windows-1252', Buffer.from(`# \u{e9}t\u{e9}\nDISCORD_TOKEN=${token}\n`, 'latin1'), ':1: the file is not UTF-8'],
  ['a line without a name', `\n\n${token}\n`, ':3: write NAME=value'],
  ['a colon in place of =', `DISCORD_TOKEN: ${token}`, ':1: write NAME=value'],
  ['a misspelt name', `LOG_LEVEL=info\nDISCORD_TOKN=${token}`, ':2: the value looks like a bot token'],
  ['a second token line', `DISCORD_TOKEN=${token}\n\nDISCORD_TOKEN=\n`, ':3: DISCORD_TOKEN is set in line 1 already'],
])('a .env file with %s is refused; the error names the line but not the token', async (_, content, words) => {
  const path = await fileWith(content);
  const error: unknown = await readEnvFile(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toContain(`${path}${words}`);
  expect(String(error)).not.toContain(token.slice(0, 10));
});

test('all invalid lines of a .env file are reported together', async () => {
  const path = await fileWith('one\nLOG_LEVEL=info\ntwo\n');
  await expect(readEnvFile(path)).rejects.toThrow(/:1: [^]*\n.*:3: /);
});

test('a missing .env file gives the same result as an empty file', async () => {
  expect(await readEnvFile(join(tmpdir(), 'caspian-nowhere', '.env'))).toEqual({ values: {}, notices: [] });
});

test('if the line with the token is commented out, the bot has no token', async () => {
  const { values } = await readEnvFile(await fileWith(`# DISCORD_TOKEN=${token}\n`));
  expect(readConfig(values).token).toBeUndefined();
});

test.each([0o644, 0o640, 0o606])(
  'if other users can read the .env file (mode %o), there is a notice about this',
  async (mode) => {
    const path = await fileWith(`DISCORD_TOKEN=${token}\n`, mode);
    expect((await readEnvFile(path)).notices).toEqual([expect.stringContaining(`chmod 600 ${path}`)]);
  },
);

test('if an empty DISCORD_TOKEN in the environment overrides the token in the file, there is a notice about this', async () => {
  const path = await fileWith(`DISCORD_TOKEN=${token}\n`);
  const { notices } = await readEnvFile(path, { DISCORD_TOKEN: '' });
  expect(notices).toEqual([expect.stringContaining('is not used, because the environment has an empty DISCORD_TOKEN')]);
});
