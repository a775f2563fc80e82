/**
 * Reads a channel written down as a conversation and plays it against the real app, its real commands and cards. Only
 * Discord, the clock and the disk are pretended.
 *
 *   ana: /quiz group questions:3 seconds:20    types a command
 *   ben: (Join)                                presses a button, by its label, on the newest message that shows it to ben
 *   ben: (the right answer)                    finds the letter in the question bank first; so does (a wrong answer)
 *   ana types: /event about:ras                asks for suggestions
 *   ana types into (Type a year): 1995         presses a button (or types a /command) that opens a form, and sends it
 *   ana ticks in (Delete everything): I am sure    the same with a box, by its label
 *   ana sends: 1995                            sends the form that was opened last; with nothing behind it, as it came
 *   bot: Question 1 of 3                       the next message in the channel, or an edit of one, says this
 *   bot to ben: Locked A                       only ben is told this
 *   bot suggests: Rasht                        one of the suggestions says this
 *   bot: right / ana                           … with line ends where the slashes are
 *   bot does not say: right answer             nothing the channel shows at this moment says this
 *   club-ana: /help                            members named dm-… are in a private conversation, club-… in the server
 *                                              that reads the second pack, all others in the one that reads the first
 *   ana in club: /quiz group                   in another channel of the server; `bot in club: …`, and `in thread`
 *   ana 800ms ago: (A)                         Discord stamped the press then, and delivers it only now
 *   ana: (an answer to question 1)             on a message that showed it once, whatever stands there now
 *   ana at once: (B) (A)                       two devices: what was pressed first arrives last
 *   bot was not heard: 2 answered              nothing said since the last act was that
 *   … 5s    … restart    … away 11m    … disk full    … disk free    … message removed    … may not post    … may post
 *   … ben has 3 of 4 right    … ben has 3 of 4 right about rasht    … ben leaves    … ben comes back
 *   … booting    … booted                      the process is back, Discord is not yet
 *   … stopping    … started                    SIGTERM, with all the time it takes, and the next start
 *   … ana is forgotten                         as after /me delete
 *   … note the questions asked                 from then on `bot: a new question` is one that was not asked before
 *   … no edits    … edits again            answers to commands and presses cannot be changed later
 *   … Discord takes 5s                         for each message and edit from now on
 *   … another pack                             the process comes back with other questions
 *   … threads allowed    … no threads          what the bot may do here; unless said, there can be no thread
 *   … thread locked                            nobody but moderators can write there any more
 *
 * Every `bot` line must be met by what came after the line above it that caused something.
 */
import { commands } from '../../commands/index.ts';
import { createApp } from '../../src/bot/dispatch.ts';
import { type App, type InteractionContext } from '../../src/bot/ports/app.ts';
import { type Channels, ChannelError } from '../../src/bot/ports/channels.ts';
import type { Component, Message } from '../../src/chat/message/message-components.ts';
import type { Label, Modal, ModalFields } from '../../src/chat/message/modal-fields.ts';
import type { InteractionResponse } from '../../src/chat/command-context.ts';
import { quizWords } from '../../src/chat/words/quiz-words.ts';
import type { Bank } from '../../src/core/questions/bank.ts';
import { createLog } from '../../src/log.ts';
import { createRounds, type RoundRuntime } from '../../src/bot/rounds/rounds.ts';
import { createScoreStore, type ScoreStore } from '../../src/bot/scores/score-store.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import { library, polarFirsts } from './caspian.ts';
import { settled, virtualClock } from './virtual-clock.ts';
import { memoryStore } from './memory-store.ts';

interface Shown {
  readonly id: string;
  /** Undefined in the channel; the member's name when only they see it. */
  readonly to: string | undefined;
  /** The channel it stands in. */
  readonly place: string;
  message: Message;
}

const second = new Map([['club', polarFirsts]]);
const shared = createPackByGuild(library, second);
const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The channel in which everything happens unless another one is named. */
const general = 'general';
/** The same of the server that reads the second pack. */
const baseCamp = 'base-camp';

/** How something is used: in which channel, and how long ago by its stamp, in ms. */
interface Manner {
  readonly place?: string;
  readonly late?: number;
}

interface Setting {
  /** What the rounds draw from; the pack's own questions when absent. */
  readonly bank?: Bank;
}

type Script = (parts: TemplateStringsArray, ...values: readonly (string | number)[]) => Promise<void>;

/** Plays a conversation; rejects with the line that did not hold. */
export const conversation: Script = conversationWith({});

/** The same in another setting. */
export function conversationWith(setting: Setting): Script {
  return (parts, ...values) => play(String.raw({ raw: parts.raw }, ...values), setting);
}

async function play(script: string, { bank = library.bank }: Setting): Promise<void> {
  const channel = pretendedChannel(bank);
  await channel.start();
  for (const [index, raw] of script.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    try {
      await channel.read(line);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`line ${index}: ${line}\n${reason}\n\nThe channel so far:\n${channel.transcript()}`, {
        cause: error,
      });
    }
  }
}

function pretendedChannel(bank: Bank) {
  let packs = bank === library.bank ? shared : createPackByGuild({ ...library, bank }, second);
  const clock = virtualClock();
  const store = memoryStore();
  const shown: Shown[] = [];
  /** What came since the last act, and has not been met by a line yet. */
  let fresh: Shown[] = [];
  const history: string[] = [];
  let suggestions: readonly string[] = [];
  let mayPost = true;
  let mayRedraw = true;
  const gone = new Set<string>();
  const membership = { isMember: async (_: string, user: string) => !gone.has(user) };
  let slowness = 0;
  /** Permissions that a thread would lack; undefined where there can be none. */
  let threads: readonly string[] | undefined;
  const locked = new Set<string>();
  const old = new Set<string>();
  /** Question → one of its buttons, and where it stood. */
  const asked = new Map<number, { readonly customId: string; readonly place: string }>();
  let ids = 0;
  /** The form that was opened last; sending it closes it. */
  let form: { readonly modal: Modal; readonly on: Shown | undefined } | undefined;
  let app: App;
  let rounds: RoundRuntime;
  let scores: ScoreStore;
  const nonces = new Map<string, Shown>();

  function show(message: Message, place: string, to?: string): Shown {
    const one: Shown = { id: String(++ids), to, place, message };
    shown.push(one);
    hear(one);
    return one;
  }
  function hear(one: Shown): void {
    for (const { custom_id } of buttonsOf(one.message)) {
      const question = /^quiz:answer:[^:]+:(\d+):/.exec(custom_id)?.[1];
      if (question !== undefined) asked.set(Number(question), { customId: custom_id, place: one.place });
    }
    fresh.push({ ...one });
    history.push(
      `${one.to === undefined ? (one.place === general ? 'bot' : `bot in ${one.place}`) : `bot to ${one.to}`}: ${wordsOf(one.message).replaceAll('\n', ' / ')}`,
    );
  }
  const slow = () => slowness > 0 && new Promise<void>((resolve) => void clock.alarm(clock.now() + slowness, resolve));
  const refused = () => new ChannelError('forbidden', 'Missing Permissions', undefined);

  const channels: Channels = {
    async thread(_, message) {
      if (threads?.length !== 0) throw refused();
      if (!shown.some(({ id }) => id === message)) throw new ChannelError('gone', 'Unknown Message', undefined);
      return 'thread';
    },
    async post(place, message, nonce) {
      await slow();
      if (!mayPost) throw refused();
      if (locked.has(place)) throw new ChannelError('closed', 'Thread is locked', undefined);
      const before = nonces.get(nonce);
      const one = before ?? show(message, place);
      nonces.set(nonce, one);
      return { id: one.id, at: clock.now() };
    },
    async edit(_, id, message) {
      await slow();
      if (!mayPost) throw refused();
      const one = shown.find((candidate) => candidate.id === id);
      if (!one) throw new ChannelError('gone', 'Unknown Message', undefined);
      one.message = message;
      hear(one);
    },
  };

  async function start(isReady = true): Promise<void> {
    const log = createLog('silent');
    const settings = createSettingsStore(store);
    scores = createScoreStore({ store, settings, packs, membership, log });
    rounds = createRounds({ store, clock, channels, packs, scores, log });
    await rounds.load();
    app = createApp({
      commands,
      packs,
      rounds,
      scores,
      settings,
      store,
      pictures: { png: async (svg) => Buffer.from(svg), forget: () => undefined },
      log,
      mention: (line) => `/${line}`,
    });
    if (isReady) await rounds.resume();
  }

  const circumstances = (name: string, { place = general, late = 0 }: Manner = {}): InteractionContext => ({
    who: {
      id: `id-${name}`,
      name,
      roles: name === 'starter' ? ['starters'] : [],
      moderator: name === 'moderator',
      manager: name === 'manager',
    },
    where: name.startsWith('dm-')
      ? { channel: `dm-${name}`, scope: `dm:id-${name}`, missingPermissions: [] }
      : name.startsWith('club-')
        ? { channel: baseCamp, guild: 'club', scope: 'club', missingPermissions: mayPost ? [] : ['Send Messages'] }
        : {
            channel: place,
            guild: 'guild',
            scope: 'guild',
            missingPermissions: mayPost ? [] : ['Send Messages'],
            ...(place === 'thread' && { threadOf: general }),
            ...(threads && place !== 'thread' && { threads }),
          },
    at: clock.now() - late,
    seed: ++ids * 7_919,
    followUp: async (message) => void show(message, place, name),
  });

  /** What discord.js would do with an answer, the moment it has one. */
  async function deliver(
    name: string,
    answer: InteractionResponse,
    place: string,
    pressed: Shown | undefined,
    stands: (one: Shown) => void,
  ): Promise<void> {
    if ('modal' in answer) {
      form = { modal: answer.modal, on: pressed };
      history.push(`a form for ${name}: ${answer.modal.title}`);
    } else if (answer.replace && pressed) {
      pressed.message = answer.message;
      hear(pressed);
      stands(pressed);
      await answer.onSent?.(pressed.id);
    } else {
      const one = show(answer.message, place, answer.ephemeral || name.startsWith('dm-') ? name : undefined);
      stands(one);
      await answer.onSent?.(one.id);
    }
    await settled();
  }

  /** A use whose answer can be drawn again. */
  async function use(
    name: string,
    manner: Manner,
    run: (from: InteractionContext) => Promise<InteractionResponse>,
    pressed?: Shown,
  ): Promise<void> {
    let answered: Shown | undefined;
    const until = clock.now() + 15 * units.m;
    const editReply = async (message: Message) => {
      await slow();
      if (!mayRedraw || clock.now() >= until) throw new ChannelError('failed', 'Invalid Webhook Token', undefined);
      if (!answered || !shown.includes(answered)) throw new ChannelError('gone', 'Unknown Message', undefined);
      answered.message = message;
      hear(answered);
    };
    const answer = await run({ ...circumstances(name, manner), editReply, ...(pressed && { messageId: pressed.id }) });
    await deliver(name, answer, manner.place ?? general, pressed, (one) => void (answered = one));
  }

  const type = (name: string, line: string, manner: Manner = {}): Promise<void> =>
    use(name, manner, (from) => app.runCommand(readCommand(line), from));

  async function press(name: string, label: string, manner: Manner = {}): Promise<void> {
    const visible = shown
      .filter(({ to, place }) => (to === undefined || to === name) && place === (manner.place ?? place))
      .toReversed();
    for (const one of visible) {
      if (label === 'the right answer' || label === 'a wrong answer') {
        const answer = answerTo(one.message, bank, label === 'the right answer');
        if (answer === undefined) continue;
        if (typeof answer === 'string') return press(name, answer, manner);
        await open(name, quizWords.typeYear);
        return send(name, (modal) => typedInto(modal, String(answer.year)));
      }
      const button = buttonsOf(one.message).find((candidate) => candidate.label === label);
      if (button) return pressId(name, button.custom_id, one, {}, { ...manner, place: one.place });
    }
    throw new Error(`no message that ${name} sees has a button "${label}"`);
  }

  const pressId = (
    name: string,
    customId: string,
    one?: Shown,
    fields: ModalFields = {},
    manner: Manner = {},
  ): Promise<void> => use(name, manner, (from) => app.runComponent(customId, from, fields), one);

  /** Opens a form by a button or a command. */
  async function open(name: string, opener: string): Promise<void> {
    form = undefined;
    if (opener.startsWith('/')) await type(name, opener);
    else await press(name, opener);
  }

  async function send(name: string, filled: (modal: Modal) => ModalFields): Promise<void> {
    const { modal, on } = form ?? fail('no form is open');
    form = undefined;
    await pressId(name, modal.custom_id, on, filled(modal), { place: on?.place ?? general });
  }

  async function happen(what: string): Promise<void> {
    const slower = /^Discord takes (\d+)s$/.exec(what)?.[1];
    if (slower !== undefined) return void (slowness = Number(slower) * units.s);
    const forgotten = /^(\S+) is forgotten$/.exec(what)?.[1];
    if (forgotten !== undefined) return rounds.forget(`id-${forgotten}`);
    const duration = /^(away )?(\d+)(ms|s|m|h|d)$/.exec(what);
    if (duration) {
      const ms = Number(duration[2]) * units[duration[3] as keyof typeof units];
      if (!duration[1]) return clock.advance(ms);
      await rounds.close();
      await clock.advance(ms);
      return start();
    }
    const scored = /^(\w+) has (\d+) of (\d+) right(?: about (\S+))?$/.exec(what);
    if (scored) {
      const [, name = '', right, of, about] = scored;
      return scores.apply(
        Array.from({ length: Number(of) }, (_, index) => ({
          round: `earlier-${++ids}`,
          question: 0,
          questionId: `q${ids}`,
          kind: 'who',
          about: about === undefined ? [] : [about],
          scope: 'guild',
          user: `id-${name}`,
          name,
          right: index < Number(right),
          points: index < Number(right) ? 10 : 0,
          practice: false,
          at: clock.now(),
        })),
      );
    }
    const left = /^(\w+) leaves$/.exec(what)?.[1];
    if (left !== undefined) return void gone.add(`id-${left}`);
    const back = /^(\w+) comes back$/.exec(what)?.[1];
    if (back !== undefined) return void gone.delete(`id-${back}`);
    switch (what) {
      case 'restart':
        await rounds.close();
        return start();
      case 'note the questions asked':
        for (const { ask } of bank.questions) if (history.some((line) => line.includes(ask))) old.add(ask);
        return;
      case 'another pack':
        await rounds.close();
        packs = createPackByGuild({ ...library, bank: { questions: [] } }, second);
        return start();
      case 'booting':
        await rounds.close();
        return start(false);
      case 'booted':
        return rounds.resume();
      case 'stopping': {
        const over = rounds.pause(30_000);
        // As long as a pause may take, with the time its cards may take.
        await clock.advance(45_000);
        await over;
        return rounds.close();
      }
      case 'started':
        return start();
      case 'threads allowed':
        threads = [];
        return;
      case 'no threads':
        threads = ['Create Public Threads'];
        return;
      case 'thread locked':
        locked.add('thread');
        return;
      case 'disk full':
        store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
        return;
      case 'disk unreadable':
        store.fail = { doing: 'reading', code: 'SQLITE_IOERR' };
        return;
      case 'disk free':
        store.fail = undefined;
        return;
      case 'message removed': {
        const last = shown.findLastIndex(({ to }) => to === undefined);
        shown.splice(last, 1);
        return;
      }
      case 'no edits':
        mayRedraw = false;
        return;
      case 'edits again':
        mayRedraw = true;
        return;
      case 'may not post':
        mayPost = false;
        return;
      case 'may post':
        mayPost = true;
        return;
      default:
        throw new Error(`there is no "… ${what}"`);
    }
  }

  function expectSaid(to: string | undefined, said: string, place = general): void {
    const isSaid = (words: string) =>
      said === 'a new question'
        ? bank.questions.some(({ ask }) => !old.has(ask) && words.includes(ask))
        : words.includes(said);
    const isMeant = (one: Shown) =>
      one.to === to && (to !== undefined || (one.place === baseCamp ? general : one.place) === place);
    const at = fresh.findIndex((one) => isMeant(one) && isSaid(wordsOf(one.message).replaceAll('\n', ' / ')));
    if (at < 0) {
      const heard = fresh.map((one) => `  ${one.to ?? 'channel'}: ${wordsOf(one.message)}`).join('\n');
      throw new Error(`nothing that was said since then is that. Said:\n${heard || '  nothing'}`);
    }
    // In order for each reader; who of two readers heard first is not promised.
    fresh = fresh.filter((one, index) => index >= at || !isMeant(one));
  }

  return {
    start,
    transcript: () => history.slice(-25).join('\n'),
    async read(line: string): Promise<void> {
      const [, who = '', said = ''] = /^([^:(]+(?:\([^)]*\))?): ?(.*)$/.exec(line) ?? [];
      if (line.startsWith('… ')) {
        fresh = [];
        await happen(line.slice(2));
        return settled();
      }
      if (who === 'bot') return expectSaid(undefined, said);
      if (who.startsWith('bot in ')) return expectSaid(undefined, said, who.slice('bot in '.length));
      if (who.startsWith('bot to ')) return expectSaid(who.slice('bot to '.length), said);
      if (who === 'bot was not heard') {
        if (fresh.some(({ message }) => wordsOf(message).includes(said))) throw new Error('that was said');
        return;
      }
      if (who === 'bot suggests') {
        if (!suggestions.some((one) => one.includes(said)))
          throw new Error(`suggested were: ${suggestions.join(' | ')}`);
        return;
      }
      if (who === 'bot suggests nothing')
        return void (suggestions.length > 0 && fail(`suggested: ${suggestions.join()}`));
      if (who === 'bot does not say') {
        const visible = shown.filter(({ to, place }) => to === undefined && place === general);
        if (visible.some(({ message }) => wordsOf(message).includes(said))) throw new Error('the channel shows it');
        return;
      }
      fresh = [];
      history.push(line);
      const filling = /^(\S+) (types into|ticks in) \((.*)\)$/.exec(who);
      if (filling) {
        const [, name = '', how, opener = ''] = filling;
        await open(name, opener);
        return send(name, (modal) =>
          how === 'ticks in' ? { [fieldOf(modal, 23, said)]: true } : typedInto(modal, said),
        );
      }
      if (who.endsWith(' sends'))
        return send(who.slice(0, -' sends'.length), (modal) => (said === '' ? {} : typedInto(modal, said)));
      if (who.endsWith(' types')) {
        const use = readCommand(said);
        const option = Object.keys(use.values).at(-1) ?? '';
        suggestions = (await app.autocomplete(use, option, circumstances(who.slice(0, -' types'.length)).where)).map(
          ({ name }) => name,
        );
        return;
      }
      const twice = /^(\S+) at once$/.exec(who)?.[1];
      if (twice !== undefined) {
        const labels = [...said.matchAll(/\(([^)]*)\)/g)].map(([, label = '']) => label);
        return void (await Promise.all(labels.map((label, index) => press(twice, label, { late: index }))));
      }
      const [, name = who, place, ago, unit] = /^(\S+) (?:in (\S+)|(\d+)(ms|s) ago)$/.exec(who) ?? [];
      const manner: Manner = {
        ...(place !== undefined && { place }),
        ...(ago !== undefined && { late: Number(ago) * units[unit as keyof typeof units] }),
      };
      const old = /^\(an answer to question (\d+)\)$/.exec(said)?.[1];
      if (old !== undefined) {
        const one = asked.get(Number(old) - 1) ?? fail(`question ${old} was never shown`);
        return pressId(name, one.customId, undefined, {}, { ...manner, place: one.place });
      }
      const pressed = /^\((.*)\)$/.exec(said)?.[1];
      if (pressed === undefined) return type(name, said, manner);
      // A custom_id, as an old message may still carry it, is written with its colons.
      return pressed.includes(':') ? pressId(name, pressed, undefined, {}, manner) : press(name, pressed, manner);
    },
  };
}

const typedInto = (modal: Modal, words: string): ModalFields => ({ [fieldOf(modal, 4)]: words });

/** The custom_id of the first field of a form that is of this type and, where one is given, has this label. */
function fieldOf(modal: Modal, type: number, label?: string): string {
  const labels = modal.components.filter((part): part is Label => part.type === 18);
  const found = labels.find((one) => one.component.type === type && (label === undefined || one.label === label));
  return found?.component.custom_id ?? fail(`the form has no such field: ${JSON.stringify(modal)}`);
}

/** The button of a right (or a wrong) answer to the question a message shows, or its year; undefined when it shows none. */
function answerTo(message: Message, bank: Bank, right: boolean): string | { readonly year: number } | undefined {
  const said = wordsOf(message);
  if (!buttonsOf(message).some(({ custom_id }) => /^quiz:(answer|type):/.test(custom_id))) return undefined;
  const asked =
    [...bank.questions, ...polarFirsts.bank.questions].find(({ ask }) => said.includes(`\n${ask}\n`)) ??
    fail(`no such question: ${said}`);
  if (asked.kind === 'closest-year') return { year: asked.right + (right ? 0 : 20) };
  const answer = asked.options[asked.right];
  if (asked.kind === 'true-false') return asked.options.find((option) => (option === answer) === right);
  const options = [...said.matchAll(/^([A-E]) (.*)$/gm)].map(([, letter, option]) => ({ letter, option }));
  return options.find(({ option }) => (option === answer) === right)?.letter;
}

function fail(reason: string): never {
  throw new Error(reason);
}

/** `/quiz group questions:3` → command, subcommand and typed values; text runs to the next `name:` or the end. */
function readCommand(line: string) {
  const [, name = '', rest = ''] = /^\/(\S+) ?(.*)$/s.exec(line) ?? fail(`not a command: ${line}`);
  const command = commands.find((one) => one.name === name) ?? fail(`there is no /${name}`);
  const subcommand = command.subcommands ? (rest.split(' ')[0] ?? '') : undefined;
  const options = subcommand === undefined ? command.options : (command.subcommands?.[subcommand]?.options ?? {});
  const given = subcommand === undefined ? rest : rest.slice(subcommand.length);
  const values: Record<string, string | number | boolean> = {};
  const names = Object.keys(options);
  const found = [...given.matchAll(/(?:^|\s)([\w-]+):/g)].filter(([, key]) => names.includes(key ?? ''));
  const free = given.slice(0, found[0]?.index ?? given.length).trim();
  const [first] = names;
  if (free !== '' && first !== undefined) values[first] = free;
  for (const [index, match] of found.entries()) {
    const key = match[1] ?? '';
    const text = given.slice(match.index + match[0].length, found[index + 1]?.index ?? given.length);
    const kind = options[key]?.type;
    values[key] = kind === 'integer' ? Number(text) : kind === 'boolean' ? text.trim() === 'true' : text.trim();
  }
  return { command: name, values, ...(subcommand !== undefined && { subcommand }) };
}

/** What a message says, as a reader sees it: without marks and escapes. */
function wordsOf({ components }: Message): string {
  return textsOf(components)
    .join('\n')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll(/\*\*|^-# |^#{1,3} |\u200e/gm, '');
}

function textsOf(components: readonly Component[]): readonly string[] {
  return components.flatMap((component): readonly string[] => {
    if (component.type === 10) return [component.content];
    if (component.type === 12) return component.items.map(({ description }) => `Picture: ${description}`);
    if (component.type === 9 || component.type === 17) return textsOf(component.components);
    return [];
  });
}

function buttonsOf({ components }: Message) {
  const all = (list: readonly Component[]): readonly { label: string; custom_id: string }[] =>
    list.flatMap((component) => {
      if (component.type === 17) return all(component.components);
      if (component.type === 9) return pressable([component.accessory]);
      return component.type === 1 ? pressable(component.components) : [];
    });
  return all(components);
}

function pressable(components: readonly object[]) {
  return components.filter(
    (one): one is { label: string; custom_id: string } =>
      'custom_id' in one && 'label' in one && !('disabled' in one && one.disabled === true),
  );
}
