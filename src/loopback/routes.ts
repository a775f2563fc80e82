/** All routes, with Discord's paths. Discord docs, reference. */
import { channelRoutes } from './channel-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { guildRoutes } from './guild-routes.ts';
import { interactionRoutes } from './interaction-webhooks.ts';
import { memberRoutes } from './member-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { pinRoutes } from './pin-routes.ts';
import { reactionRoutes } from './reaction-routes.ts';
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
  // These routes come before the message routes. Otherwise `pins` in /messages/pins would be the id of a message.
  ...pinRoutes,
  ...reactionRoutes,
  ...messageRoutes,
  ...interactionRoutes,
];

/** A path segment with hyphens, such as `member-counts`, is never a parameter. */
const literalStep = /^[a-z]+(?:-[a-z]+)+$/;

/** Finds the first matching route, and the values of its path parameters in the order of the path. */
export function matchRoute(method: string, path: string): { route: Route; params: string[] } | undefined {
  const parts = path.split('/');
  const isParameter = (step = '') => step !== '' && !literalStep.test(step);
  for (const route of routes) {
    const pattern = route.path.split('/');
    const fits = (step: string, index: number) =>
      step.startsWith(':') ? isParameter(parts[index]) : step === parts[index];
    if (route.method === method && pattern.length === parts.length && pattern.every(fits))
      return { route, params: parts.filter((_, index) => pattern[index]?.startsWith(':')) };
  }
  return undefined;
}
