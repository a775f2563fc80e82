/**
 * A conversation as the tests write it, read line by line. Pure: no page, no network. What only a test can do (another
 * time, a full disk, the question bank) is told apart from what nobody can read.
 *
 *   ana: /quiz group questions:3     types a command; text without a slash is a message
 *   ben: (Join)                      presses a button, or chooses an option of a select, by its label
 *   dm-ana: /quiz solo               the same in the conversation of ana and the bot
 *   ana types: /event about:rom      asks for suggestions
 *   bot: Question 1 of 3             the bot says this in the channel, in a new message or by an edit
 *   bot: first line / second line    a slash stands where a line ends
 *   bot to ben: Locked A             only ben is told this
 *   bot suggests: Rome               one of the suggestions says this; `bot suggests nothing:` that there is none
 *   bot does not say: right answer   nothing the channel shows says this
 *   … 5s    … restart    … message removed    … may not post    … may post
 */

/**
 * @typedef {{ number: number, text: string } & (
 *   | { kind: 'types' | 'says' | 'presses' | 'asks', who: string, privately: boolean, what: string }
 *   | { kind: 'told', to: string | undefined, what: string }
 *   | { kind: 'suggested' | 'unsaid', what: string }
 *   | { kind: 'waits', ms: number }
 *   | { kind: 'happens', what: string }
 * )} Step a line, with its number from 1
 */
/** @typedef {{ number: number, text: string, problem: string }} Trouble */

const units = /** @type {Record<string, number>} */ ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 });
const happenings = ['restart', 'message removed', 'may not post', 'may post'];
const testsOnly =
  /^(?:away |disk |booting|booted|stopping|started|note |Discord takes |another pack|threads? |no threads)| (?:has \d|leaves$|comes back$|is forgotten$)/;
/** Who does what in a way that only the tests have: forms, other channels, other times, several devices. */
const testsAlone =
  / (?:types into|ticks in) \(|^.+ sends$| in (?:club|thread)$| ago$| at once$|^bot was not heard$|^club-/;
const ownWords = /^\((?:the right answer|a wrong answer|an answer to .+)\)$/;
const forms = 'ana: /command, ana: (button), bot: words, bot to ana: words, or … 5s';

/**
 * The steps of a conversation, or every line that cannot be read.
 * @param {string} script
 * @param {readonly string[]} members usernames
 * @returns {{ steps: Step[], troubles: Trouble[] }}
 */
export function readScript(script, members) {
  /** @type {Step[]} */
  const steps = [];
  /** @type {Trouble[]} */
  const troubles = [];
  for (const [index, raw] of script.split('\n').entries()) {
    const line = { number: index + 1, text: raw.trim() };
    if (!line.text) continue;
    const found = readLine(line.text, members);
    if ('problem' in found) troubles.push({ ...line, ...found });
    else steps.push({ ...line, ...found });
  }
  return { steps, troubles };
}

/** Whether a line says something about the bot that is met or not. @param {Step} step */
export const isCheck = ({ kind }) => kind === 'told' || kind === 'unsaid' || kind === 'suggested';

/** @param {string} text @param {readonly string[]} members @returns {any} a step without its line, or a problem */
function readLine(text, members) {
  const happening = /^(?:…|\.\.\.) *(.*)$/.exec(text)?.[1];
  if (happening !== undefined) return happens(happening);
  const [, name = '', what = ''] = /^([^:]+): *(.*)$/.exec(text) ?? [];
  if (testsAlone.test(name)) return { problem: `“${name}:” is for the tests only. Write one of: ${forms}.` };
  if (!name) return { problem: `This is no line of a conversation. Write one of: ${forms}.` };
  if (name === 'bot suggests nothing') return { kind: 'suggested', what: '' };
  if (!what) return { problem: `Nothing stands after “${name}:”. Write one of: ${forms}.` };
  const to = /^bot to (.+)$/.exec(name)?.[1];
  if (name === 'bot' && what === 'a new question')
    return { problem: 'Only a test knows which question is new. Write words of it, such as bot: Question 2.' };
  if (name === 'bot') return { kind: 'told', to: undefined, what };
  if (name === 'bot suggests') return { kind: 'suggested', what };
  if (name === 'bot does not say') return { kind: 'unsaid', what };
  const [, direct, who = '', asks] = /^(dm-)?(.+?)( types)?$/.exec(to ?? name) ?? [];
  if (!members.includes(who))
    return { problem: `There is no member “${who}”. There are: ${members.join(', ')}; and the bot is called bot.` };
  if (to) return { kind: 'told', to: who, what };
  const did = { who, privately: direct !== undefined };
  if (asks)
    return what.startsWith('/') ? { kind: 'asks', ...did, what } : { problem: 'A command begins with a slash.' };
  const label = /^\((.+)\)$/.exec(what)?.[1];
  if (ownWords.test(what)) return { problem: 'Only a test knows which answer that is. Press a letter, such as (A).' };
  if (label) return { kind: 'presses', ...did, what: label };
  return { kind: what.startsWith('/') ? 'types' : 'says', ...did, what };
}

/** @param {string} what */
function happens(what) {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?) *(ms|s|m|h)$/.exec(what) ?? [];
  if (count) return { kind: 'waits', ms: Number(count) * (units[unit] ?? 0) };
  if (happenings.includes(what)) return { kind: 'happens', what };
  const why = testsOnly.test(what) ? 'happens in the tests only' : 'is not known here';
  return { problem: `“… ${what}” ${why}. Here there are: … 5s, ${happenings.map((one) => `… ${one}`).join(', ')}.` };
}
