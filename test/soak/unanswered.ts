/**
 * Decides for each interaction without a response whether a fault explains the missing response. All times are in ms
 * since the epoch, on the clock of the emulated Discord.
 */

/** An interaction that a member sent. */
export interface SentInteraction {
  readonly id: string;
  /** When Discord created the interaction. */
  readonly at: number;
  readonly member: string;
  /** Whether Discord accepted a response of the bot within three seconds. */
  readonly isAnswered: boolean;
}

/** The requests with which the bot responded to an interaction. */
export interface Callbacks {
  /** When the first request arrived. */
  readonly firstAt: number;
  readonly requests: number;
  /** How many of the requests had an injected fault. */
  readonly faulty: number;
}

/** A fault that keeps the bot from receiving interactions: a restart or a broken gateway connection. */
export interface Interruption {
  readonly what: string;
  /** Interactions that were created at this time or later may be lost. */
  readonly from: number;
  /** An answered interaction that was created at this time or later proves that the bot receives interactions again. */
  readonly provenFrom: number;
}

export interface Observed {
  readonly interactions: readonly SentInteraction[];
  readonly callbacks: ReadonlyMap<string, Callbacks>;
  readonly interruptions: readonly Interruption[];
  /** The times at which the emulated Discord was told to drop the next interaction. */
  readonly drops: readonly number[];
  /**
   * The total time in ms for which the bot and the emulated Discord were ready to run but had to wait for a processor.
   * Only the time after `from` and before `until` counts.
   */
  readonly waitedBetween: (from: number, until: number) => number;
}

/** How long Discord accepts a response to an interaction after it has created the interaction, in ms. */
const acceptedFor = 3_000;
/**
 * Discord accepts a response only for the time `acceptedFor`. If the processes had to wait for a processor for longer
 * than `excusedWait` (ms) in this time, the missing response is excused.
 */
const excusedWait = 750;

/**
 * Maximum time from `provenFrom` of an interruption until the bot receives interactions again, in ms. Waiting for a new
 * session takes up to 40 s of this time.
 */
const longestInterruption = 90_000;

/**
 * Returns for each interaction the time in ms from its creation to the arrival of the bot's first response. The
 * shortest time comes first. Interactions without a response and interactions that an interruption has delayed are left
 * out.
 */
export function acknowledgementDelays({ interactions, callbacks, interruptions }: Observed): readonly number[] {
  const sorted = interactions.toSorted((a, b) => a.at - b.at);
  const ended = withEnds(interruptions, sorted);
  return sorted
    .filter(({ at }) => !ended.some((one) => overlaps(one, at)))
    .flatMap(({ id, at }) => (callbacks.get(id)?.firstAt ?? Infinity) - at)
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b);
}

/**
 * Number of interactions that have no answer only because the machine was busy. If this number is large, the result of
 * the soak is not reliable.
 */
export const excusedByMachine = (observed: Observed): number =>
  observed.interactions.filter(isUnansweredWithoutFault(observed)).filter(({ at }) => wasBusy(observed, at)).length;

/**
 * Returns descriptions of the unanswered interactions without an explanation, and of interruptions that lasted too
 * long.
 */
export function unexplained(observed: Observed): readonly string[] {
  const { interactions, callbacks, interruptions, waitedBetween } = observed;
  return [
    ...interactions
      .filter(isUnansweredWithoutFault(observed))
      .filter(({ at }) => !wasBusy(observed, at))
      .toSorted((a, b) => a.at - b.at)
      .map(({ id, at, member }) => {
        const { requests = 0, faulty = 0, firstAt = at } = callbacks.get(id) ?? {};
        const sent =
          requests === 0 ? 'the bot sent nothing' : `${requests} responses, the first after ${firstAt - at} ms`;
        return `${timeOf(at)} interaction ${id} of ${member} has no answer: ${sent}, ${faulty} with a fault`;
      }),
    ...withEnds(
      interruptions,
      interactions.toSorted((a, b) => a.at - b.at),
    )
      .filter(({ provenFrom, until }) => until - provenFrom > longestInterruption + waitedBetween(provenFrom, until))
      .map(
        ({ what, provenFrom, until }) =>
          `${timeOf(provenFrom)} ${what}: no answer for ${(until - provenFrom) / 1_000} s`,
      ),
  ];
}

/** Returns a function that returns true if an interaction has no answer and no injected fault explains why. */
function isUnansweredWithoutFault({
  interactions,
  callbacks,
  interruptions,
  drops,
}: Observed): (interaction: SentInteraction) => boolean {
  const sorted = interactions.toSorted((a, b) => a.at - b.at);
  const ended = withEnds(interruptions, sorted);
  const dropped = new Set(drops.map((at) => sorted.find((interaction) => interaction.at >= at)?.id));
  return ({ id, at, isAnswered }) => {
    const sent = callbacks.get(id);
    const isFaulty = sent ? sent.faulty === sent.requests : dropped.has(id);
    return !isAnswered && !isFaulty && !ended.some((one) => overlaps(one, at));
  };
}

const wasBusy = ({ waitedBetween }: Observed, at: number): boolean => waitedBetween(at, at + acceptedFor) > excusedWait;

const overlaps = ({ from, until }: { readonly from: number; readonly until: number }, at: number): boolean =>
  at >= from && at < until;

const withEnds = (interruptions: readonly Interruption[], sorted: readonly SentInteraction[]) =>
  interruptions.map((one) => ({ ...one, until: endOf(one, sorted) }));

/**
 * The time of the first answered interaction after the interruption. If there is none, the time of the last
 * interaction.
 */
const endOf = ({ provenFrom }: Interruption, sorted: readonly SentInteraction[]): number =>
  (sorted.find(({ at, isAnswered }) => isAnswered && at >= provenFrom) ?? sorted.at(-1))?.at ?? provenFrom;

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 23);
