/** Creates the services that commands use. Each server and each private conversation has its own services. */
import type { Command, MessageCommand } from '../chat/command.ts';
import type { HelpLine, Rounds, Scores, Services, Settings } from '../chat/command-context.ts';
import type { Where } from '../chat/who-and-where.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { deleteMember } from './privacy/delete-member.ts';
import type { PackLibrary } from './packs/pack-library.ts';
import type { ServerPacks } from './packs/server-packs.ts';
import type { ServerReports } from './reports/server-reports.ts';
import type { Pictures } from './ports/pictures.ts';
import type { RemovedServers } from './privacy/removed-servers.ts';
import { storedAbout } from './privacy/stored-data.ts';
import type { RoundRuntime } from './rounds/rounds.ts';
import { createUnseenFacts } from './unseen-facts.ts';

export interface ServicePorts {
  readonly commands: readonly Command[];
  readonly messageCommands: readonly MessageCommand[];
  readonly packs: ServerPacks;
  readonly library: PackLibrary;
  readonly reports: ServerReports;
  readonly rounds: Rounds & Pick<RoundRuntime, 'placeGone'>;
  readonly removedServers: RemovedServers;
  readonly scores: Scores;
  readonly settings: Settings;
  readonly store: Store;
  readonly pictures: Pictures;
  /** Deletes a member's data in the other processes of the bot. Absent if the bot has only one process. */
  readonly forgetElsewhere?: ((user: string) => Promise<void>) | undefined;
  readonly log: Log;
  /**
   * Converts a command such as `quiz group` to a mention of the command. If the id of the command is known, members can
   * click the mention.
   */
  readonly mention: (line: string) => string;
}

/**
 * Returns a function that creates the services. The argument of this function is the place of an interaction: a channel
 * in a server, or a private conversation.
 */
export function createServices(ports: ServicePorts): (where: Where) => Services {
  const { packs, library, reports, rounds, scores, settings, store, log, mention } = ports;
  const unseenFacts = createUnseenFacts({ store, log, defaultPack: packs.common.facts.pack.id });
  const forget = (user: string) => deleteMember({ ...ports, unseenFacts }, user);
  return ({ scope }) => ({
    pack: () => packs.at(scope),
    addedPacks: library.at(scope),
    reports: reports.at(scope),
    rounds,
    scores,
    settings,
    help: () => helpLines(ports, mention),
    storedAbout: (user) => storedAbout(store, user),
    forget,
    drawUnseen: async (user, seed) => unseenFacts.next((await packs.at(scope)).facts, user, seed),
  });
}

function helpLines(
  { commands, messageCommands }: Pick<ServicePorts, 'commands' | 'messageCommands'>,
  mention: ServicePorts['mention'],
): readonly HelpLine[] {
  const typed = commands.flatMap(({ name, description, subcommands }) =>
    subcommands
      ? Object.entries(subcommands).map(([sub, part]) => ({
          command: name,
          mention: mention(`${name} ${sub}`),
          description: part.description,
        }))
      : [{ command: name, mention: mention(name), description }],
  );
  // Discord has no clickable mention for commands in the context menu of messages.
  const inMenus = messageCommands.map(({ name, description }) => ({
    command: name,
    mention: `**⋯ → Apps → ${name}**`,
    description,
  }));
  return [...typed, ...inMenus];
}
