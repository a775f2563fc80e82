/**
 * Every sentence the bot says, so that tone and translation live in one place. Names and queries come in as they are
 * and leave escaped.
 */
import type { EndReason, Style } from '../core/quiz/round.ts';
import type { Kind } from '../core/pack/pack.ts';
import type { QuestionKind } from '../core/questions/question.ts';
import { escapeInline } from './message/escape-markdown.ts';

const letters = ['A', 'B', 'C', 'D', 'E'] as const;
export const optionLetter = (option: number): string => letters[option] ?? String(option + 1);

export const kindLabels: Readonly<Record<Kind, string>> = {
  event: 'Event',
  dispute: 'Dispute',
  agreement: 'Agreement',
  claim: 'Claim',
  person: 'Person',
  organisation: 'Organisation',
  place: 'Place',
  figure: 'Figure',
};

export const questionKindLabels: Readonly<Record<QuestionKind, string>> = {
  who: 'Who',
  where: 'Where',
  what: 'What',
  which: 'Which',
  year: 'Which year',
  figure: 'How much',
  'says-who': 'Who says so',
  side: 'Whose side',
  order: 'In which order',
  'true-false': 'True or false',
  'closest-year': 'Closest year',
};

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
export const pluralize = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

interface ProgressTold {
  readonly name: string;
  readonly weeks: number;
  readonly points: string | undefined;
  readonly topics: readonly string[];
  readonly more: number;
  readonly streak: string;
}

export const words = {
  didYouMean: (query: string) => `Several entries fit “${escapeInline(query)}”. Which one did you mean?`,
  nothingAbout: (query: string) => `There is nothing about “${escapeInline(query)}” in the fact base.`,
  nothingAboutHint: 'Try a place, a name or a date, for example a city or a year.',
  nearest: (title: string) => `The closest entry is **${escapeInline(title, 80)}**.`,
  emptyQuery: 'Nothing was typed to look for. Type a place, a name or a date, or pick one of the suggestions.',
  queryCut: 'Only the first 100 characters and 12 words were searched.',
  noSuchEntry: 'That entry is no longer in the fact base. Look for it again by name.',
  noSources: 'No source beyond the article itself is on record for this entry.',

  timelineEmpty: 'The fact base has no dated event in that span. Widen the years or leave the topic out.',
  timelineBackwards: (from: number, to: number) =>
    `The span runs backwards: ${from} is after ${to}. Give the earlier year as “from”.`,
  timelineMark: '\\* The article gives another date, or none to the day; the card shows both.',
  noSuchTopic: (topic: string) => `There is no topic “${escapeInline(topic)}”. Pick one from the suggestions.`,

  joined: 'You are in. Answer with the buttons below each question; only you see which one you pressed.',
  joinedAlready: 'You are already in this round.',
  started: 'The first question is on its way.',
  cancelled: 'The round is cancelled.',
  locked: (answer: string, elapsed?: number) =>
    `Locked ${answer}${elapsed === undefined ? '' : ` · ${seconds(elapsed)}`}.`,
  same: (answer: string) => `Still ${answer}.`,
  final: (answer: string) => `Your answer is ${answer}. The first answer is final.`,
  typeYear: 'Type a year',
  yearField: 'The year',
  yearHint: 'Closest wins points: 10 for the exact year, one less for each year off.',
  noYear: (typed: string) =>
    `“${escapeInline(typed, 40)}” is no year. Press Type a year again and write digits, such as 1987.`,
  formTooLate: 'That took too long to open. Please press the button again.',
  first: (answer: string, elapsed?: number) =>
    `Locked ${answer}${elapsed === undefined ? '' : ` · ${seconds(elapsed)}`}. Right, and nobody has been earlier so far.`,
  out: (answer: string) => `Not ${answer}: you are out until the next question.`,
  changed: (answer: string, elapsed?: number) =>
    `Changed to ${answer}${elapsed === undefined ? '' : ` · ${seconds(elapsed)}`}. Your last answer counts, with its time.`,
  tooLate: (by: number) => `Too late by ${seconds(by)}: not counted.`,
  closedQuestion: 'That question is closed.',
  roundIsOver: 'That round is over. Type /quiz group or /quiz solo for a new one.',
  newRoundHint: 'That question is closed. Type /quiz group or /quiz solo for a new round.',
  results: 'Results',
  newRound: 'New round',
  reviewMisses: 'Review my misses',
  soFar: 'So far',
  yourMisses: (number: number) => `What you missed: ${pluralize(number, 'question')}`,
  noMisses: 'You missed nothing.',
  notPlayed: 'You did not play in that round.',
  notKept: 'That round is no longer kept; only the last one of each channel is.',
  notAnswered: 'You did not answer.',
  youSaid: (answer: string) => `You said ${escapeInline(answer, 120)}.`,
  more: (number: number) => `${number} more`,
  onceMore: (number: number) =>
    number === 1 ? 'The one you missed comes once more.' : `The ${number} you missed come once more.`,
  deletedPlayer: 'deleted player',
  nobodyAnswered: 'Nobody answered.',
  nobodyRight: 'Nobody had it right.',
  skipped: 'Skipped by the host: this question counts for nobody.',
  newHost: (name: string) => `**${escapeInline(name, 32)}** is now host.`,
  noClock: 'Take your time; no clock is running.',

  styles: {
    study: 'Everybody answers privately with the buttons; whoever is right gets the same points.',
    speed: 'Everybody answers privately with the buttons; being right counts, and being quick adds up to half as much.',
    first: 'A race: the first right answer takes the points, and a wrong one puts you out until the next question.',
  } satisfies Readonly<Record<Style, string>>,
  firstIsFinal: 'Your first answer is final.',
  mayChange: 'You may change your answer until time is up.',
  hostPace: 'The host brings the next question.',

  controls: 'Host controls',
  next: 'Next',
  pause: 'Pause',
  pauseOff: 'Do not pause',
  skip: 'Skip',
  extend: 'Extend 15 s',
  end: 'End',
  tooLateControl: 'That came too late; the round stands like this now.',
  pauseComes: 'The round pauses after this question.',
  halted: (host: string, end: string = 'After half an hour it ends.') =>
    `**The round is paused.** It goes on when the host, <@${host}>, presses Next under Host controls. ${end}`,
  haltedHere: 'It ends when nobody presses a button for 13 minutes.',
  isHalted: 'The round is paused.',
  waiting: 'Waiting until the bot can post in this channel again.',
  inLobby: 'The round has not begun.',
  roundOver: 'The round is over.',
  goThere: 'Go to the round',
  voted: (name: string, votes: number, needed: number) =>
    `**${escapeInline(name, 32)}** would like to stop the round: ${votes} of ${needed} needed. Whoever plays can type /quiz stop to agree.`,
  starterOnly: (role: string) =>
    `Only members with the role <@&${role}> open group rounds on this server. /quiz solo is open to everybody.`,
  hosting: 'You host two rounds already, which is as many as one member can. Wait until one ends.',
  notHost: (host: string) => `Only the host, <@${host}>, can do that.`,
  notHostStop: (host: string) => `Only the host, <@${host}>, or somebody who may manage messages can stop this round.`,
  notYours: 'That is somebody else’s round. Type /quiz solo for one of your own.',
  threadName: (topic?: string) => `Quiz${topic === undefined ? '' : `: ${topic}`}`,
  noThread: (permissions: readonly string[]) =>
    permissions.length > 0
      ? `I lack: ${permissions.join(', ')}. Playing here instead.`
      : 'A thread cannot be made here. Playing here instead.',
  roundRunning: (host: string) => `A round is running in this channel already, hosted by <@${host}>.`,
  enoughRounds: 'This server has five rounds running, which is as many as it can have. Wait until one ends.',
  stopping: 'The bot is being restarted. Try again in a minute.',
  resuming: 'The bot has just come back and is picking the round up. Try again in a few seconds.',
  noQuestions: 'There are no questions on that topic. Leave the topic out, or pick one from the suggestions.',
  fewer: (have: number) => `Only ${pluralize(have, 'question')} on this topic, so the round is shorter.`,
  groupNeedsServer: 'A group round needs a channel of a server. Here you can play /quiz solo.',
  noRound: 'No round is running in this channel. Start one with /quiz group.',
  noRoundToStop: 'There is no round of yours to stop here.',
  stopped: 'The round is stopped. What was answered before counts.',
  oneMessage: (permissions: readonly string[], shortenedTo?: number) =>
    `I lack: ${permissions.join(', ')}. Playing in this one message instead${shortenedTo === undefined ? '' : `, shortened to ${shortenedTo} questions`}.`,
  waitsForPress: 'The bot has just come back. The round goes on when somebody presses a button of its own message.',
  pickingUp:
    'The bot has just come back and is picking the round up. That press did not count; press again in a few seconds.',
  paused: (permissions: string) =>
    `I cannot post in this channel${permissions && `: I lack ${permissions}`}. The round waits five minutes for that to change, then ends with the scores kept.`,
  unfinished: (question: number, of: number) => `You have a solo round open, at question ${question} of ${of}.`,

  backAgain: (question: number) => `Back again after a short break: question ${question} goes on.`,
  removedOnce: 'The question was removed; here it is again.',
  backNext: (question: number) => `Back again: the round goes on with question ${question}.`,
  backSoon: 'Back in a moment, round paused.',
  backSoonHere: 'Back in a moment, round paused. When the bot is back, press Join and the round goes on.',
  backInLobby: 'Back again after a short break: the round is about to start.',
  idleWarning: 'Nobody answered two questions in a row. If the next one stays empty too, the round ends.',
  ended: (why: EndReason): string =>
    ({
      finished: 'That was the last question.',
      stopped: 'The round was stopped.',
      cancelled: 'The round was cancelled before it began.',
      idle: 'Nobody answered three questions in a row, so the round ends here.',
      refused: 'I could not post in this channel for five minutes, so the round ends here. Scores are kept.',
      removed: 'The question was removed twice, so the round ends here. Scores are kept.',
      halted: 'The round was paused for half an hour, so it ends here. Scores are kept.',
      quiet: 'Nobody pressed a button for 13 minutes, so the round ends here. Scores are kept.',
      lost: 'The place of the round was closed, so it ends here. Scores are kept.',
      away: 'The bot was away for more than ten minutes. The interrupted question does not count; the earlier ones do.',
    })[why],
  cutShort: 'This question was cut short and counts for nobody.',
  nobodyScored: 'Nobody has points this time.',

  boardEmpty: 'Nobody has answered a question yet in this time. Start a round with /quiz group.',
  boardEmptyAccuracy: (fewest: number) =>
    `Nobody has ${fewest} answers in this time yet, which is what a place by accuracy takes.`,
  boardEmptyStreak: 'Nobody has answered a question today or yesterday. Start a round with /quiz group.',
  boardPrivate: 'In a private conversation the board shows only you.',
  boardOff: 'This server has no leaderboard: whoever manages it switched it off. /profile shows your own numbers.',
  weakestFacts: 'Your weakest facts',
  boardRound: 'The latest round in this channel',
  boardTopic: (title: string) => `only “${escapeInline(title, 80)}”`,
  byPoints: 'by points',
  byAccuracy: 'by accuracy',
  byStreak: 'Days in a row with an answer, on any topic, up to today or yesterday',
  noRoundYet: 'No round has been played in this channel yet. Start one with /quiz group.',
  tooFewAnswers: (have: number, fewest: number) =>
    `You have ${pluralize(have, 'answer')} here; a place by accuracy takes ${fewest}.`,
  noProfile: 'You have not answered a question here yet. Try /quiz solo.',

  progress: 'Progress',
  progressWeeks: (weeks: number) => `Points in the last ${weeks} weeks`,
  progressTopics: 'Right answers by topic',
  progressMore: (more: number) => `${pluralize(more, 'more topic')} in the text above`,
  topicNumber: (number: number) => `Topic ${number}`,
  reached: (share: string, right: number, answered: number) => `${share} · ${right} of ${answered}`,
  daysInARow: (now: number, longest: number) => `${pluralize(now, 'day')} in a row now, ${longest} at most`,
  /** What the picture shows, for whoever does not see it; `points` from the oldest week to this one. */
  progressTold: ({ name, weeks, points, topics, more, streak }: ProgressTold) =>
    [
      `Progress of ${name}: ${streak}.`,
      points === undefined
        ? `No points in the last ${weeks} weeks.`
        : `Points in the last ${weeks} weeks, this week last: ${points}.`,
      ...(topics.length > 0 ? [`Right answers by topic: ${topics.join('; ')}.`] : []),
      ...(more > 0 ? [`${pluralize(more, 'more topic')} in the text above.`] : []),
    ].join(' '),

  managersOnly: 'Only members who may manage this server can use this command.',
  serverOnly: 'These settings belong to a server. Type the command in one of its channels.',
  settingsSaved: 'Saved.',
  nothingToChange: 'Nothing was named to change, so everything stays as it is:',
  noSuchTimeZone: (typed: string) =>
    `There is no time zone “${escapeInline(typed)}”. Pick one from the suggestions, for example Asia/Tehran, Europe/Moscow or UTC.`,
  deleteTitle: 'Delete what is kept about you',
  deleteWhat:
    'This deletes your scores, streaks and missed facts on every server and in private, which facts and questions you were shown, and your settings. In rounds that are being played a “deleted player” takes your seat, without points.',
  deleteSure: 'Delete all of it',
  deleteNoWayBack: 'There is no way back.',
  notDeleted: 'Nothing was deleted: the box was not ticked.',
  notAllDeleted: 'Not everything could be deleted just now. Please type /me delete again in a moment.',
  deleted: (places: number) =>
    `Deleted: ${places === 0 ? 'there were no scores of yours' : `your scores in ${pluralize(places, 'place')} (servers and private conversations)`}, which facts and questions you were shown, and your settings. In rounds that are being played your seat is a “deleted player” without points. If you answer again, it begins anew.`,
  extraTime: (factor: number) =>
    factor === 1
      ? 'You have the usual time for each question.'
      : `You have ${factor} times the usual time for each question when you play alone against a clock. Nobody else is shown this.`,

  oldCommand:
    'That command is from another version of the bot. Discord will know the new ones in a minute; try again then.',
  oldButton: 'That button is from an earlier version of the bot. Type the command again for a fresh one.',
  notSaved: 'That could not be saved just now, so it does not count. Please try again in a moment.',
  notRead: 'The scores could not be read just now. Nothing is lost; please try again in a moment.',
  damaged: (reference: string) =>
    `The bot’s data file is damaged, so this cannot be read or saved. Please tell whoever runs the bot; a backup can be put back. Reference: ${reference}`,
  ourMistake: (reference: string) =>
    `Something went wrong on the bot’s side. Please try again; if it stays, tell whoever runs the bot this reference: ${reference}`,
} as const;
