/** The response of `GET /world.json`. It contains everything that a client needs to connect, but no messages. */
import { channelsByGuild } from './api-objects.ts';
import type { World } from './world.ts';

/** `application` is the first application. `applications` contains all applications, including the first. */
export function worldDocument(world: World, url: string) {
  const applications = world.applications.map(({ id, name, token }) => ({ id, name, token }));
  const channels = channelsByGuild(world);
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
      channels: (channels.get(id) ?? [])
        .filter(({ thread }) => !thread)
        .map((channel) => ({ id: channel.id, name: channel.name ?? '', type: channel.type ?? 0 })),
    })),
    members: world.members.map(({ id, username, global_name, token }) => ({ id, username, global_name, token })),
  };
}

export type WorldDocument = ReturnType<typeof worldDocument>;
