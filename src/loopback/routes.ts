/**
 * All routes as one table. A route that is not in it does not exist, and a request for it is recorded.
 * Paths are Discord's: https://discord.com/developers/docs/reference
 */
import { channelRoutes } from './channel-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { guildRoutes } from './guild-routes.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { roleRoutes } from './role-routes.ts';
import type { Route } from './route.ts';
import { userRoutes } from './user-routes.ts';

export const routes: readonly Route[] = [
  ...userRoutes,
  ...commandRoutes,
  ...guildRoutes,
  ...roleRoutes,
  ...memberRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...interactionRoutes,
];

/** The first route that matches, and the parameters of its path in order. */
export function matchRoute(method: string, path: string): { route: Route; params: string[] } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    const pattern = route.path.split('/');
    const fits = (step: string, index: number) => (step.startsWith(':') ? parts[index] !== '' : step === parts[index]);
    if (route.method === method && pattern.length === parts.length && pattern.every(fits))
      return { route, params: parts.filter((_, index) => pattern[index]?.startsWith(':')) };
  }
  return undefined;
}
