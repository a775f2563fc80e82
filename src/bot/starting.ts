/**
 * The part of a start that may have to wait for Discord: the first contact, which is tried again for a while, and the
 * registration of the commands, which goes on in the background.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Retries, Work } from './retries.ts';

/** With the delays below, the last try is about five minutes after the first. */
const contactTries = 10;
const contactDelay = 60_000;
const registrationTries = 12;
/** How long the start waits for the registration before it goes on without the ids of the commands, in ms. */
const registrationWait = 1_500;

/** Converts `quiz group` to a clickable mention of the command. */
type Mention = (line: string) => string;

interface Registration {
  /** Until the commands are registered, a mention is only the command's name. */
  readonly mention: Mention;
  /** Resolves when the first try has ended, or after a short wait. Never rejects. */
  readonly settled: Promise<void>;
}

export interface Starting {
  /** Resolves once `reach` has succeeded. Rejects with its last error, or at once with an error that is final. */
  untilReached(discord: { reach(): Promise<void> }): Promise<void>;
  /** Begins to register the commands. Failures are logged and tried again; the commands that Discord knows stay. */
  registering(register: () => Promise<{ readonly mention: Mention }>): Registration;
  /** Ends all retries. */
  close(): void;
}

export function createStarting(retries: Retries, clock: Clock, log: Log): Starting {
  const stopping = new AbortController();
  return {
    untilReached: ({ reach }) =>
      new Promise((resolve, reject) => {
        const stopped = () => reject(new Error('the bot was stopped'));
        if (stopping.signal.aborted) return stopped();
        stopping.signal.addEventListener('abort', stopped);
        retries.run('start', {
          what: 'Discord could not be reached',
          tries: contactTries,
          longestDelay: contactDelay,
          async run() {
            try {
              await reach();
              resolve();
            } catch (error) {
              if (isNamed(error, temporary)) throw error;
              reject(error);
            }
          },
          giveUp: reject,
        });
      }),
    registering(register) {
      let mention: Mention = (line) => `\`/${line}\``;
      const settled = new Promise<void>((resolve) => {
        const cancel = clock.alarm(clock.now() + registrationWait, resolve);
        const ended = () => {
          cancel();
          resolve();
        };
        retries.run(
          'commands',
          registrationOf(register, log, (registered) => (mention = registered), ended),
        );
      });
      return { mention: (line) => mention(line), settled };
    },
    close() {
      retries.close();
      stopping.abort();
    },
  };
}

/** Errors after which another try would not help. A refused token is reported by the login. */
const finalErrors = new Set(['CommandsRefused', 'TokenRefused']);

function registrationOf(
  register: () => Promise<{ readonly mention: Mention }>,
  log: Log,
  onRegistered: (mention: Mention) => void,
  ended: () => void,
): Work {
  const what = 'the commands could not be registered; the ones that Discord knows stay';
  const run = async () => {
    try {
      onRegistered((await register()).mention);
    } catch (error) {
      if (!isNamed(error, finalErrors)) throw error;
      log.error({ err: error }, `${what}. Mend the cause, then start again or run: npm run register`);
    } finally {
      ended();
    }
  };
  return { what, tries: registrationTries, run };
}

const temporary = new Set(['Unreachable']);

/** Errors are told apart by name, because this folder must not load the adapter of Discord. */
const isNamed = (error: unknown, names: ReadonlySet<string>): boolean =>
  error instanceof Error && names.has(error.name);
