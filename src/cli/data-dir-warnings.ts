/**
 * Warns if the data folder is in a place where the data can be deleted by accident. One such place is a git checkout,
 * where `git clean` can delete the data. The other is the writable layer of a container, which is deleted with the
 * container.
 */
import { access, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The functions that read from the file system. Tests replace them. */
export interface Files {
  exists(path: string): Promise<boolean>;
  /** The path without symbolic links. Rejects if the path does not exist. */
  real(path: string): Promise<string>;
  /** The content of /proc/self/mountinfo. Undefined if the system has no such file. */
  mounts(): Promise<string | undefined>;
}

const realFiles: Files = {
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  real: (path) => realpath(path),
  mounts: () => readFile('/proc/self/mountinfo', 'utf8').catch(() => undefined),
};

/**
 * Returns one warning for each risk to the data in `folder`.
 * @param project the folder of the bot. If the data folder is in the git checkout of the bot itself, there is no
 * warning about git, because the default data folder is in this checkout and is listed in its `.gitignore`.
 */
export async function dataDirWarnings(
  folder: string,
  project: string,
  files: Files = realFiles,
): Promise<readonly string[]> {
  const real = await existing(folder, files);
  const checkout = await checkoutAround(real, files);
  const isForeign = checkout !== undefined && checkout !== (await existing(project, files));
  return [
    ...(isForeign
      ? [
          `The data folder ${folder} lies in the git checkout ${checkout}, where "git clean" can delete it. Set DATA_DIR to a folder outside.`,
        ]
      : []),
    ...((await isInContainerLayer(real, files))
      ? [
          `The data folder ${folder} lies in the file system of the container and is deleted with it. Mount a volume there, or set DATA_DIR to a folder in one.`,
        ]
      : []),
  ];
}

/** Returns the path without symbolic links. If the path does not exist, uses its nearest parent folder that exists. */
async function existing(path: string, files: Files): Promise<string> {
  try {
    return await files.real(path);
  } catch {
    return path === dirname(path) ? path : existing(dirname(path), files);
  }
}

/** The nearest folder that contains `.git`. In a git worktree, `.git` is a file. */
async function checkoutAround(path: string, files: Files): Promise<string | undefined> {
  if (await files.exists(join(path, '.git'))) return path;
  return path === dirname(path) ? undefined : checkoutAround(dirname(path), files);
}

/** File systems that container engines mount as the root of a container. Ordinary computers have no such root. */
const layers: ReadonlySet<string> = new Set(['overlay', 'aufs', 'fuse.fuse-overlayfs']);
/**
 * File systems that can be the root of a container or of an ordinary computer. With such a file system, the root
 * belongs to a container only if one of `markerFiles` exists.
 */
const markedLayers: ReadonlySet<string> = new Set(['btrfs', 'zfs']);
/** Files that Docker and Podman create in a container. */
const markerFiles = ['/.dockerenv', '/run/.containerenv'];

async function isInContainerLayer(path: string, files: Files): Promise<boolean> {
  const mount = mountOf(path, (await files.mounts()) ?? '');
  if (mount?.point !== '/') return false;
  if (layers.has(mount.type)) return true;
  const marked = await Promise.all(markerFiles.map((file) => files.exists(file)));
  return marked.includes(true) && markedLayers.has(mount.type);
}

interface Mount {
  readonly point: string;
  readonly type: string;
}

/**
 * The mount to which the path belongs. Several mount points can contain the path, and the longest of them is used. If
 * several mounts have the same mount point, the last one hides the others. The format of `mountinfo` is described in
 * Linux, Documentation/filesystems/proc.rst, section 3.5.
 */
function mountOf(path: string, mountinfo: string): Mount | undefined {
  const mounts = mountinfo.split('\n').flatMap((line): readonly Mount[] => {
    const [front = '', back = ''] = line.split(' - ');
    const point = front
      .split(' ')[4]
      ?.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)));
    const [type = ''] = back.split(' ');
    const isAround = point !== undefined && (point === '/' || path === point || path.startsWith(`${point}/`));
    return isAround ? [{ point, type }] : [];
  });
  return mounts.reduce<Mount | undefined>(
    (longest, mount) => (longest && longest.point.length > mount.point.length ? longest : mount),
    undefined,
  );
}
