/** The response of `GET /world.json`: everything that a client needs to connect. Does not contain messages. */
import type { World } from './world.ts';

export interface WorldDocument {
  readonly page: string;
  readonly api: string;
  readonly application: { readonly id: string; readonly name: string };
  readonly botToken: string;
  /** All applications, including the first application, which is also in `application`. */
  readonly applications: readonly { readonly id: string; readonly name: string; readonly token: string }[];
  readonly guilds: readonly {
    readonly id: string;
    readonly name: string;
    readonly channels: readonly { readonly id: string; readonly name: string; readonly type: number }[];
    readonly roles: readonly { readonly id: string; readonly name: string }[];
  }[];
  readonly members: readonly {
    readonly id: string;
    readonly username: string;
    readonly global_name: string | null;
    readonly token: string;
  }[];
}

export function worldDocument(world: World, url: string): WorldDocument {
  const applications = world.applications.map(({ id, name, token }) => ({ id, name, token }));
  const [{ token: botToken, ...application } = { id: '', name: '', token: '' }] = applications;
  return {
    page: url,
    api: `${url}/api`,
    application,
    botToken,
    applications,
    guilds: world.guilds.map(({ id, name, roles }) => ({
      id,
      name,
      roles: roles.map(({ id, name }) => ({ id, name })),
      channels: world.channels
        .filter(({ guildId, thread }) => guildId === id && !thread)
        .map((channel) => ({ id: channel.id, name: channel.name ?? '', type: channel.type ?? 0 })),
    })),
    members: world.members.map(({ id, username, global_name, token }) => ({ id, username, global_name, token })),
  };
}
