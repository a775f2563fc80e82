// @ts-check
/**
 * Parses the lines of a conversation script, for the page and for tests. The functions are pure: they do not run the
 * lines and do not check whether a member exists. Some lines work only in tests, because they need a clock, a disk or
 * the question bank. `script.js` rejects these lines on the page.
 *
 *   ana: /quiz group questions:3 seconds:20    ana types a command; text without a slash is a message
 *   ben: (Join)                                ben uses the button or select option with this label
 *   dm-ana: /quiz solo                         ana types a command in her DM with the bot
 *   ana types: /event about:rom                ana requests autocomplete suggestions
 *   bot: Question 1 of 3                       a new or edited message of the bot in the channel contains this text
 *   bot: right / ana                           a slash between spaces stands for a newline
 *   bot to ben: Locked A                       a message of the bot that only ben can see contains this text
 *   bot suggests: Rome                         a suggestion of the bot contains this text
 *   bot suggests nothing:                      the bot suggests nothing
 *   bot does not say: right answer             the channel does not contain a message with this text
 *   … 5s                                       5 seconds pass
 *   … restart                                  the bot stops and starts again
 *   … message removed                          the newest message of the bot is deleted
 *   … may not post    … may post               the bot loses the permission to send messages, or gets it back
 *
 * These lines work only in tests:
 *
 *   ben: (the right answer)                    the right answer from the question bank; also (a wrong answer)
 *   ana: (an answer to question 1)             ana presses a button of an earlier question
 *   ana types into (Type a year): 1995         ana uses a button or command that opens a modal, fills in the first
 *                                              text field of the modal and submits it; ⏎ stands for a line break
 *   ana types into (Mend): Difficulty = 2      ana fills in the field with the label "Difficulty" instead of the first
 *                                              text field; " | " separates several fields
 *   ana uses Report on: Question 1             ana uses the message command "Report" on the newest message that
 *                                              contains this text
 *   ana: /pack import file:rivers.yaml         ana uploads the file with this name from test/support/files
 *   ana ticks in (Delete everything): I am sure    ana opens a modal with this button, ticks the checkbox with this
 *                                              label and submits the modal
 *   ana sends: 1995                            ana fills this text into the latest modal and submits it;
 *                                              `ana sends:` submits the modal unchanged
 *   ana in club: /quiz group                   ana acts in another channel; also `bot in club: …` and `in thread`
 *   club-ana: /help                            ana acts in the second server, which uses the second pack
 *   ana 800ms ago: (A)                         the press happened 800 ms ago and arrives now
 *   ana at once: (B) (A)                       ana presses A on one device and, 1 ms later, B on another; the bot
 *                                              gets B first
 *   bot: a new question                        the bot asks a question that it had not asked before the line
 *                                              `… note the questions asked`
 *   bot was not heard: 2 answered              no message since the last action contains this text
 *   … 2d    … away 11m                         time passes; with `away`, the bot does not run during this time
 *   … disk full    … disk unreadable           writing fails, or reading fails; `… disk free` ends both
 *   … ben has 3 of 4 right                     in earlier rounds, ben answered 4 questions, 3 of them right
 *   … ben has 3 of 4 right about rome          the same, and the questions were about the entry `rome`
 *   … ben leaves    … ben comes back           ben leaves the server or joins it again
 *   … booting    … booted                      `booting`: the process runs, but the gateway is not ready yet
 *   … stopping    … started                    `stopping`: SIGTERM stops the bot; `started`: the bot starts again
 *   … ana is forgotten                         ana's data is deleted, as after /me delete
 *   … note the questions asked                 from now on, `bot: a new question` does not match a question that
 *                                              was asked before
 *   … no edits    … edits again                whether responses to interactions can be edited
 *   … Discord takes 5s                         from now on, each message and each edit takes 5 seconds
 *   … another pack                             the bot restarts with a pack that has no questions
 *   … threads allowed    … no threads          whether the bot may start threads; the default is no
 *   … may not post in the thread               from now on, the bot may write in the channel but not in its thread
 *   … thread locked                            from now on, only moderators can write in the thread
 */

/**
 * @typedef {(typeof plainEvents)[number]} PlainEvent
 * @typedef {(typeof testEvents)[number]} TestEvent an event that works only in tests
 * @typedef {{ who: string, place?: string, ago?: number }} Actor
 *   `place`: name of the channel; `ago`: in ms
 * @typedef {Actor & { kind: 'types' | 'says' | 'presses' | 'asks', what: string }} Act
 * @typedef {Actor & { kind: 'answers', right: boolean }} Answers a right or wrong answer to the open question
 * @typedef {Actor & { kind: 'answers before', question: number }} AnswersBefore
 *   `question`: the number of the question; the first has the number 1
 * @typedef {Actor & { kind: 'presses at once', labels: string[] }} PressesAtOnce
 * @typedef {Actor & { kind: 'fills in', opener: string, field: 'text' | 'checkbox', what: string }} FillsIn
 *   `opener`: a button or command; `what`: the text to type or the label of the checkbox
 * @typedef {Actor & { kind: 'sends', what: string }} Sends
 * @typedef {Actor & { kind: 'uses on', command: string, what: string }} UsesOn
 *   `command`: the message command; `what`: a text in the message on which it is used
 * @typedef {{ to: string | undefined, place?: string }} Reader
 *   `to`: the only member who sees the message, if any; `place`: name of the channel, if given
 * @typedef {Reader & ({ kind: 'told', what: string } | { kind: 'asked anew' })} Told
 * @typedef {{ kind: 'suggested' | 'unsaid' | 'unheard', what: string }} Said
 * @typedef {{ kind: 'nothing suggested' }} Bare
 * @typedef {{ kind: 'waits' | 'away' | 'slows', ms: number, unit: string }} Passes
 * @typedef {{ kind: 'happens', what: PlainEvent } | { kind: 'happens in tests', what: TestEvent }} Happens
 * @typedef {{ kind: 'forgotten' | 'leaves' | 'returns', who: string }} Changes
 * @typedef {{ kind: 'scores', who: string, right: number, of: number, about: string | undefined }} Scores
 * @typedef {Act | Answers | AnswersBefore | PressesAtOnce | FillsIn | Sends | UsesOn | Told | Said | Bare | Passes
 *   | Happens | Changes | Scores} Step
 * @typedef {{ kind: 'unreadable', name: string, event: string | undefined }} Unreadable
 *   an invalid line; `name`: the text before the colon, `event`: the unknown event
 */

/** Time units in ms. @type {Readonly<Record<string, number>>} */
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
export const plainEvents = /** @type {const} */ (['restart', 'message removed', 'may not post', 'may post']);
const testEvents = /** @type {const} */ ([
  'disk full',
  'disk unreadable',
  'disk free',
  'booting',
  'booted',
  'stopping',
  'started',
  'note the questions asked',
  'no edits',
  'edits again',
  'another pack',
  'threads allowed',
  'no threads',
  'thread locked',
  'may not post in the thread',
]);

/** Parses one trimmed line. @param {string} line @returns {Step | Unreadable} */
export function readStep(line) {
  const event = /^(?:…|\.\.\.) *(.*)$/.exec(line)?.[1];
  if (event !== undefined) return readEvent(event) ?? { kind: 'unreadable', name: '', event };
  // The parentheses before the colon contain a button label. The label may also contain a colon.
  const [, name = '', what = ''] = /^([^:(]+(?:\([^)]*\))?[^:(]*): *(.*)$/.exec(line) ?? [];
  if (!name) return { kind: 'unreadable', name, event: undefined };
  return readCheck(name, what) ?? readAct(name, what);
}

/** Whether a step checks the output of the bot instead of performing an action. @param {{ kind: string }} step */
export const isCheck = ({ kind }) =>
  ['told', 'asked anew', 'unsaid', 'unheard', 'suggested', 'nothing suggested'].includes(kind);

/** @param {string} name @param {string} what @returns {Step | undefined} */
function readCheck(name, what) {
  if (name === 'bot suggests') return { kind: 'suggested', what };
  if (name === 'bot suggests nothing') return { kind: 'nothing suggested' };
  if (name === 'bot does not say') return { kind: 'unsaid', what };
  if (name === 'bot was not heard') return { kind: 'unheard', what };
  const [bot, how, which] = /^bot(?: (to|in) (.+))?$/.exec(name) ?? [];
  if (!bot) return undefined;
  const reader = { to: how === 'to' ? which : undefined, ...(how === 'in' && which && { place: which }) };
  return what === 'a new question' ? { kind: 'asked anew', ...reader } : { kind: 'told', ...reader, what };
}

/** @param {string} name @param {string} what @returns {Step} */
function readAct(name, what) {
  const [, filler, how, opener = ''] = /^(\S+) (types into|ticks in) \((.*)\)$/.exec(name) ?? [];
  if (filler) return { kind: 'fills in', who: filler, opener, field: how === 'ticks in' ? 'checkbox' : 'text', what };
  const [, user, command = ''] = /^(\S+) uses (\S+) on$/.exec(name) ?? [];
  if (user) return { kind: 'uses on', who: user, command, what };
  const [, doer = '', does] = /^(\S+) (sends|types|at once)$/.exec(name) ?? [];
  if (does === 'sends') return { kind: 'sends', who: doer, what };
  if (does === 'types') return { kind: 'asks', who: doer, what };
  if (does === 'at once') {
    const labels = [...what.matchAll(/\(([^)]*)\)/g)].map(([, label = '']) => label);
    return { kind: 'presses at once', who: doer, labels };
  }
  const [, who = name, place, ago, unit = ''] = /^(\S+) (?:in (\S+)|(\d+)(ms|s) ago)$/.exec(name) ?? [];
  const actor = { who, ...(place && { place }), ...(ago && { ago: Number(ago) * (units[unit] ?? 0) }) };
  const label = /^\((.+)\)$/.exec(what)?.[1];
  if (label === 'the right answer' || label === 'a wrong answer')
    return { kind: 'answers', ...actor, right: label === 'the right answer' };
  const question = /^an answer to question (\d+)$/.exec(label ?? '')?.[1];
  if (question) return { kind: 'answers before', ...actor, question: Number(question) };
  if (label) return { kind: 'presses', ...actor, what: label };
  return { kind: what.startsWith('/') ? 'types' : 'says', ...actor, what };
}

/** @param {string} what @returns {Step | undefined} */
function readEvent(what) {
  const [, passes = '', count, unit = ''] = /^(away |Discord takes )?(\d+(?:\.\d+)?) *(ms|s|m|h|d)$/.exec(what) ?? [];
  if (count) {
    const kind = { '': 'waits', 'away ': 'away', 'Discord takes ': 'slows' }[passes];
    return /** @type {Passes} */ ({ kind, ms: Number(count) * (units[unit] ?? 0), unit });
  }
  const plain = plainEvents.find((one) => one === what);
  if (plain) return { kind: 'happens', what: plain };
  const inTests = testEvents.find((one) => one === what);
  if (inTests) return { kind: 'happens in tests', what: inTests };
  const [, who = '', does] = /^(\S+) (is forgotten|leaves|comes back)$/.exec(what) ?? [];
  if (does === 'is forgotten') return { kind: 'forgotten', who };
  if (does) return { kind: does === 'leaves' ? 'leaves' : 'returns', who };
  const [, scorer, right, of, about] = /^(\S+) has (\d+) of (\d+) right(?: about (\S+))?$/.exec(what) ?? [];
  return scorer ? { kind: 'scores', who: scorer, right: Number(right), of: Number(of), about } : undefined;
}
