/**
 * When the bot starts, some steps may have to wait for Discord. This module runs these steps. If Discord cannot be
 * reached at first, the bot tries again for about five minutes. The registration of the commands is retried in the
 * background.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Retries, Work } from './retries.ts';

/** Number of tries to reach Discord. The last try is about five minutes after the first. */
const contactTries = 10;
const contactDelay = 60_000;
const registrationTries = 12;
/**
 * The start waits at most this long for the registration, in ms. After that, it continues without the ids of the
 * commands.
 */
const registrationWait = 1_500;

/** Converts `quiz group` to a clickable mention of the command. */
type Mention = (line: string) => string;

interface Registration {
  /** Until the commands are registered, returns the command's name without a link. */
  readonly mention: Mention;
  /** Resolves when the first try has ended, or after `registrationWait` ms if the try takes longer. Never rejects. */
  readonly settled: Promise<void>;
}

export interface Starting {
  /**
   * Calls `reach` until it succeeds. Rejects with the last error of `reach` if all tries failed. Rejects immediately if
   * the error is not temporary, or if the bot is stopped.
   */
  untilReached(discord: { reach(): Promise<void> }): Promise<void>;
  /**
   * Starts to register the commands. Failures are logged and retried. Until a try succeeds, members can still use the
   * commands of the previous registration.
   */
  registering(register: () => Promise<{ readonly mention: Mention }>): Registration;
  /** Ends all retries. */
  close(): void;
}

export function createStarting(retries: Retries, clock: Clock, log: Log): Starting {
  return {
    untilReached: ({ reach }) =>
      retries.until(
        { what: 'Discord could not be reached', tries: contactTries, longestDelay: contactDelay },
        reach,
        (error) => isNamed(error, temporary),
      ),
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
    close: () => retries.close(),
  };
}

/**
 * The names of the errors after which the registration is not retried. If the token is refused, the login also fails
 * with `TokenRefused`, and the bot does not start.
 */
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

/** Errors are recognised by name, because the code in src/bot must not import the code in src/discord. */
const isNamed = (error: unknown, names: ReadonlySet<string>): boolean =>
  error instanceof Error && names.has(error.name);
