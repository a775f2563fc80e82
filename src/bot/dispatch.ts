/**
 * The shell between Discord and the commands: in comes the use of a command or a button, out goes an answer.
 * Every failure ends here, as a sentence for the member and a line with a reference in the log.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { notice } from '../chat/cards/cards.ts';
import type {
  InteractionResponse,
  CommandContext,
  Command,
  HelpLine,
  Options,
  MessageResponse,
  Rounds,
  Scores,
  Services,
  Settings,
  Where,
} from '../chat/command.ts';
import { fit } from '../chat/fit.ts';
import { limits } from '../chat/limits.ts';
import { fileOf, withPicture } from '../chat/picture.ts';
import { words } from '../chat/words.ts';
import { dice } from '../core/dice.ts';
import type { Facts } from '../core/pack/facts.ts';
import type { Log } from '../log.ts';
import type { Pictures } from './ports/pictures.ts';
import { type Store, isDamage, StoreError } from '../store/store.ts';
import type { PackByGuild } from './packs/pack-by-guild.ts';
import { type InteractionContext, type CommandInput, type App } from './ports/app.ts';

interface Ports {
  readonly commands: readonly Command[];
  readonly packs: PackByGuild;
  readonly rounds: Rounds;
  readonly scores: Scores;
  readonly settings: Settings;
  readonly store: Store;
  readonly pictures: Pictures;
  readonly log: Log;
  /** `quiz group` → how it is written so that people can click it. */
  readonly mention: (line: string) => string;
}

export function createApp({ commands, packs, rounds, scores, settings, store, pictures, log, mention }: Ports): App {
  const byName = new Map(commands.map((command) => [command.name, command]));

  async function forget(user: string): Promise<number | undefined> {
    try {
      // The rounds first: whatever they pay from now on, they no longer pay to this member.
      await rounds.forget(user);
      const places = await scores.forget(user);
      await settings.forgetMember(user);
      pictures.forget();
      await store.delete(`seen/${user}`);
      return places;
    } catch (error) {
      log.error({ err: error }, 'not everything kept about a member could be deleted');
      return undefined;
    }
  }

  function servicesAt({ scope }: Where): Services {
    const { facts, bank } = packs.at(scope);
    return {
      facts,
      rounds,
      scores,
      settings,
      get help() {
        return helpLines(commands, mention);
      },
      canAsk: (entry) => bank.questions.some(({ about }) => about.includes(entry)),
      forget,
      async unseen(user, seed) {
        try {
          return await nextUnseen(store, facts, packs.common.facts.pack.id, user, seed);
        } catch (error) {
          // Looking something up must not fail because what was shown cannot be noted.
          log.warn({ err: error }, 'what was shown could not be noted');
          return drawn(
            facts.showable.map(({ id }) => id),
            seed,
          );
        }
      },
    };
  }

  /** A subcommand's options and run, or the command's own. */
  function part({ command, subcommand }: Pick<CommandInput, 'command' | 'subcommand'>) {
    const found = byName.get(command);
    return subcommand === undefined ? found : found?.subcommands?.[subcommand];
  }

  async function guarded(
    what: string,
    { editReply }: InteractionContext,
    run: () => InteractionResponse | Promise<InteractionResponse>,
  ): Promise<InteractionResponse> {
    try {
      const answer = await run();
      return 'modal' in answer ? answer : illustrated({ ...answer, message: fit(answer.message) }, editReply);
    } catch (error) {
      const reference = randomBytes(4).toString('hex');
      log.error({ err: error, reference, what }, 'an answer failed');
      return { message: notice(apology(error, reference)), ephemeral: true };
    }
  }

  /** The same answer, which gets its picture once it stands: whoever waits for words never waits for it. */
  function illustrated(answer: MessageResponse, editReply: CommandContext['editReply']): MessageResponse {
    const { picture, message, sent } = answer;
    if (!picture || !editReply) return answer;
    return {
      ...answer,
      async sent(id) {
        await sent?.(id);
        try {
          const file = fileOf(picture, await pictures.png(picture.svg));
          await editReply(withPicture(message, file), file);
        } catch (error) {
          log.warn({ err: error }, 'the picture of an answer could not be shown; its text stays');
        }
      },
    };
  }

  return {
    commands,
    runCommand: (use, from) =>
      guarded(`/${use.command}`, from, () => {
        const used = part(use);
        // Discord asks for the permission too, but a server can set the command free for others.
        if (byName.get(use.command)?.managers && !from.who.manager)
          return { message: notice(words.managersOnly), ephemeral: true };
        if (!used?.run) return { message: notice(words.oldCommand), ephemeral: true };
        return used.run(readValues(used.options, use.values), { ...servicesAt(from.where), ...from });
      }),
    runComponent: (customId, from, fields = {}) =>
      guarded(customId.split(':').slice(0, 2).join(':'), from, () => {
        const [command = '', press = '', ...args] = customId.split(':');
        const components = byName.get(command)?.components ?? {};
        const react = Object.hasOwn(components, press) ? components[press] : undefined;
        if (!react) return { message: notice(words.oldButton), ephemeral: true };
        return react(args, { ...servicesAt(from.where), ...from }, fields);
      }),
    async autocomplete(use, name, where) {
      const option = part(use)?.options[name];
      const typed = use.values[name];
      if (option?.type !== 'text' || !option.suggest) return [];
      try {
        const choices = await option.suggest(typed === undefined ? '' : String(typed), servicesAt(where));
        // One choice that Discord refuses would take the whole list with it.
        return choices
          .filter(({ name: shown, value }) => shown.trim() !== '' && value !== '' && value.length <= limits.choiceName)
          .slice(0, limits.choices);
      } catch (error) {
        log.error({ err: error, command: use.command, option: name }, 'suggestions failed');
        return [];
      }
    },
  };
}

function apology(error: unknown, reference: string): string {
  if (!(error instanceof StoreError)) return words.ourMistake(reference);
  if (isDamage(error.code)) return words.damaged(reference);
  return error.doing === 'reading' ? words.notRead : words.notSaved;
}

/** The values of the options that were given. Discord checks them before it sends them; a mismatch is our bug and thrown. */
function readValues(options: Options, given: CommandInput['values']): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const types = { text: 'string', whole: 'number', flag: 'boolean', role: 'string' } as const;
  for (const [name, option] of Object.entries(options)) {
    const value = given[name];
    if (value === undefined && option.required) throw new TypeError(`the option ${name} is missing`);
    if (value !== undefined && typeof value !== types[option.type])
      throw new TypeError(`the option ${name} is a ${typeof value}, not a ${types[option.type]}`);
    values[name] = value;
  }
  return values;
}

function helpLines(commands: readonly Command[], mention: Ports['mention']): readonly HelpLine[] {
  return commands.flatMap(({ name, description, subcommands }) =>
    subcommands
      ? Object.entries(subcommands).map(([sub, part]) => ({
          mention: mention(`${name} ${sub}`),
          description: part.description,
        }))
      : [{ mention: mention(name), description }],
  );
}

/** Pack → the entries a member has been shown; a list alone was stored while there was only the pack `common`. */
const seenSchema = (common: string) =>
  z.union([z.record(z.string(), z.array(z.string())), z.array(z.string()).transform((ids) => ({ [common]: ids }))]);

/** Draws an entry of the pack this member has not drawn before, and begins again when all were. Throws StoreError. */
async function nextUnseen(
  store: Store,
  { pack, showable }: Facts,
  common: string,
  user: string,
  seed: number,
): Promise<string | undefined> {
  const ids = showable.map(({ id }) => id);
  const seen = await store.change(`seen/${user}`, seenSchema(common), (old = {}) => {
    const known = old[pack.id] ?? [];
    const fresh = ids.filter((id) => !known.includes(id));
    const from = fresh.length > 0 ? fresh : ids;
    return { ...old, [pack.id]: [...(fresh.length > 0 ? known : []), ...[drawn(from, seed) ?? []].flat()] };
  });
  return seen[pack.id]?.at(-1);
}

const drawn = (ids: readonly string[], seed: number): string | undefined => ids[dice(seed).below(ids.length)];
