/** Tests the warnings about a data folder in a place where its data may be lost. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { dataDirWarnings, type Files } from '../src/cli/data-dir-warnings.ts';

/** A fake file system that contains only these paths. `mounts` are the lines of /proc/self/mountinfo. */
const computer = (paths: readonly string[], mounts?: readonly string[]): Files => ({
  exists: async (path) => paths.includes(path),
  real: async (path) => {
    if (!paths.includes(path)) throw new Error('ENOENT');
    return path;
  },
  mounts: async () => mounts?.join('\n'),
});

const ext4 = '26 1 254:0 / / rw,relatime - ext4 /dev/sda1 rw';
const overlay = '626 519 0:56 / / rw,relatime master:275 - overlay overlay rw,lowerdir=/a:/b,upperdir=/c,workdir=/d';
const btrfs = '90 1 0:33 /@/var/lib/docker/btrfs/subvolumes/1f2e / rw,relatime - btrfs /dev/sda2 rw,subvolid=300';
const volume = '640 626 8:1 /var/lib/docker/volumes/data/_data /data rw,relatime - ext4 /dev/sda1 rw';
const spaced = '641 626 8:1 /v /my\\040data rw,relatime - ext4 /dev/sda1 rw';

const inLayer = expect.stringContaining('lies in the file system of the container and is deleted with it.');

test.each([
  ['an ordinary computer', '/opt/data', ['/opt'], [ext4]],
  ['a computer without /proc', '/opt/data', ['/opt'], undefined],
  ['a volume of a container', '/data', ['/data', '/.dockerenv'], [overlay, volume]],
  ['a folder in a volume', '/data/bot', ['/data'], [overlay, volume]],
  ['a volume whose name has a space', '/my data', ['/my data'], [overlay, spaced]],
  ['a computer with btrfs', '/opt/data', ['/opt'], [btrfs]],
  ['a container whose root is a disk', '/opt/data', ['/opt', '/.dockerenv'], [ext4]],
])('there is no warning for %s', async (_, folder, paths, mounts) => {
  expect(await dataDirWarnings(folder, '/caspian', computer(['/', ...paths], mounts))).toEqual([]);
});

test.each([
  ['Docker with overlay2', '/data', [], [overlay]],
  ['a folder beside the volume', '/database', ['/data'], [overlay, volume]],
  ['Docker with btrfs', '/data', ['/.dockerenv'], [btrfs]],
  ['Podman with btrfs', '/data', ['/run/.containerenv'], [btrfs]],
])('there is a warning for a data folder in the file system of a container: %s', async (_, folder, paths, mounts) => {
  expect(await dataDirWarnings(folder, '/caspian', computer(['/', ...paths], mounts))).toEqual([inLayer]);
});

async function folders() {
  const base = await mkdtemp(join(tmpdir(), 'caspian-checkout-'));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  const checkout = async (name: string) => {
    await mkdir(join(base, name));
    await promisify(execFile)('git', ['init', '--quiet', join(base, name)]);
    return join(base, name);
  };
  return { base, checkout };
}

/** Returns only the warnings about git checkouts. In a container, there are other warnings too. */
const aboutGit = async (folder: string, project: string): Promise<readonly string[]> =>
  (await dataDirWarnings(folder, project)).filter((warning) => warning.includes('git'));

test('there is a warning if the data folder is in another project’s git checkout, also if its path contains a symbolic link', async () => {
  const { base, checkout } = await folders();
  const [own, other] = [await checkout('caspian'), await checkout('website')];
  const warning = (folder: string) => [
    `The data folder ${folder} lies in the git checkout ${other}, where "git clean" can delete it. Set DATA_DIR to a folder outside.`,
  ];
  for (const folder of [other, join(other, 'a/b')]) expect(await aboutGit(folder, own)).toEqual(warning(folder));
  const link = join(base, 'link');
  await symlink(other, link);
  expect(await aboutGit(join(link, 'data'), own)).toEqual(warning(join(link, 'data')));
});

test('there is no warning for a data folder in the bot’s own checkout or outside all checkouts', async () => {
  const { base, checkout } = await folders();
  const own = await checkout('caspian');
  expect(await aboutGit(join(own, '.caspian'), own)).toEqual([]);
  expect(await aboutGit(join(base, 'data'), own)).toEqual([]);
});

test('there is a warning if the bot was unpacked inside the git checkout of another project', async () => {
  const { checkout } = await folders();
  const project = join(await checkout('website'), 'bot');
  await mkdir(project);
  expect(await aboutGit(join(project, '.caspian'), project)).toEqual([expect.stringContaining(dirname(project))]);
});
