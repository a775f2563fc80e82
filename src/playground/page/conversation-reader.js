// @ts-check
/**
 * Reads a conversation, line by line, for the page and for the tests. Pure: it plays nothing and knows no members. It
 * reads every form of a line; some of them only the tests can play, because they need a clock, a disk or the question
 * bank. `script.js` says which lines the page refuses.
 *
 *   ana: /quiz group questions:3 seconds:20    types a command; text without a slash is a message
 *   ben: (Join)                                presses a button, or chooses an option of a select, by its label
 *   dm-ana: /quiz solo                         the same in the conversation of ana and the bot
 *   ana types: /event about:rom                asks for suggestions
 *   bot: Question 1 of 3                       the bot says this in the channel, in a new message or by an edit
 *   bot: right / ana                           the same; a slash stands where a line ends
 *   bot to ben: Locked A                       only ben is told this
 *   bot suggests: Rome                         one of the suggestions says this; `bot suggests nothing:` for none
 *   bot does not say: right answer             nothing the channel shows now says this
 *   … 5s    … restart    … message removed    … may not post    … may post
 *
 * Only in the tests:
 *
 *   ben: (the right answer)                    finds the answer in the question bank; so does (a wrong answer)
 *   ana: (an answer to question 1)             presses a button of a question that was shown before
 *   ana types into (Type a year): 1995         opens a form by a button or a /command, fills in the text and sends it
 *   ana ticks in (Delete everything): I am sure    the same with a checkbox, by its label
 *   ana sends: 1995                            sends the form that was opened last; with no text, as it is
 *   ana in club: /quiz group                   in another channel; also `bot in club: …`, and `in thread`
 *   club-ana: /help                            a member of the server that uses the second pack
 *   ana 800ms ago: (A)                         the press was made then and is delivered now
 *   ana at once: (B) (A)                       presses from two devices; the first arrives last
 *   bot: a new question                        a question that was not asked before `… note the questions asked`
 *   bot was not heard: 2 answered              nothing said since the last act says this
 *   … 2d    … away 11m                         time passes; `away` while the bot is stopped
 *   … disk full    … disk unreadable    … disk free
 *   … ben has 3 of 4 right    … ben has 3 of 4 right about rome     … ben leaves    … ben comes back
 *   … booting    … booted                      the process runs, the gateway is not ready yet
 *   … stopping    … started                    a shutdown by SIGTERM with the time it takes, and the next start
 *   … ana is forgotten                         as after /me delete
 *   … note the questions asked
 *   … no edits    … edits again                whether answers to interactions can be edited
 *   … Discord takes 5s                         for each message and edit from now on
 *   … another pack                             the bot starts again with no questions
 *   … threads allowed    … no threads          what the bot may do; without either there are no threads
 *   … thread locked                            only moderators can write there now
 */

/**
 * @typedef {'restart' | 'message removed' | 'may not post' | 'may post'} PlainEvent an event that the page can play too
 * @typedef {'disk full' | 'disk unreadable' | 'disk free' | 'booting' | 'booted' | 'stopping' | 'started'
 *   | 'note the questions asked' | 'no edits' | 'edits again' | 'another pack' | 'threads allowed' | 'no threads'
 *   | 'thread locked'} TestEvent an event that only the tests can play
 * @typedef {{ who: string, place?: string, ago?: number }} Actor
 *   the member as written; the channel, where it is named; how long ago the act was, in ms
 * @typedef {Actor & { kind: 'types' | 'says' | 'presses' | 'asks', what: string }} Act
 * @typedef {Actor & { kind: 'answers', right: boolean }} Answers
 * @typedef {Actor & { kind: 'answers before', question: number }} AnswersBefore a question by its number, from 1
 * @typedef {Actor & { kind: 'presses at once', labels: string[] }} PressesAtOnce
 * @typedef {Actor & { kind: 'fills in', opener: string, field: 'text' | 'checkbox', what: string }} FillsIn
 * @typedef {Actor & { kind: 'sends', what: string }} Sends
 * @typedef {{ to: string | undefined, place?: string }} Reader the member who alone is told; the channel, where it is named
 * @typedef {Reader & ({ kind: 'told', what: string } | { kind: 'asked anew' })} Told
 * @typedef {{ kind: 'suggested' | 'unsaid' | 'unheard', what: string }} Said
 * @typedef {{ kind: 'nothing suggested' }} Bare
 * @typedef {{ kind: 'waits' | 'away' | 'slows', ms: number, unit: string }} Passes
 * @typedef {{ kind: 'happens', what: PlainEvent } | { kind: 'happens in tests', what: TestEvent }} Happens
 * @typedef {{ kind: 'forgotten' | 'leaves' | 'returns', who: string }} Changes
 * @typedef {{ kind: 'scores', who: string, right: number, of: number, about: string | undefined }} Scores
 * @typedef {Act | Answers | AnswersBefore | PressesAtOnce | FillsIn | Sends | Told | Said | Bare | Passes | Happens
 *   | Changes | Scores} Step
 * @typedef {{ kind: 'unreadable', name: string, event: string | undefined }} Unreadable
 *   what stands before the colon, or the event that is not known
 */

/** In milliseconds. @type {Readonly<Record<string, number>>} */
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** @type {readonly PlainEvent[]} */
export const plainEvents = ['restart', 'message removed', 'may not post', 'may post'];
/** @type {readonly TestEvent[]} */
const testEvents = [
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
];

/** The step of one line without spaces around it. @param {string} line @returns {Step | Unreadable} */
export function readStep(line) {
  const event = /^(?:…|\.\.\.) *(.*)$/.exec(line)?.[1];
  if (event !== undefined) return readEvent(event) ?? { kind: 'unreadable', name: '', event };
  // A colon may stand within the brackets of the name.
  const [, name = '', what = ''] = /^([^:(]+(?:\([^)]*\))?[^:(]*): *(.*)$/.exec(line) ?? [];
  if (!name) return { kind: 'unreadable', name, event: undefined };
  return readCheck(name, what) ?? readAct(name, what);
}

/** Whether a step checks something that the bot said. @param {{ kind: string }} step */
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
