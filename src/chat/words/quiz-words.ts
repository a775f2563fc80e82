/**
 * The sentences that members read in rounds: in the lobby, after answers, in host controls and results. These functions
 * escape the names and answers that they receive.
 */
import { type EndReason, type Style } from '../../core/quiz/round.ts';
import { maxPointsPerDay, type Reduction } from '../../core/scores/fair-points.ts';
import { pointsByDifficulty } from '../../core/scores/scoring.ts';
import { cleanInline, escapeInline } from '../message/escape-markdown.ts';
import { pluralize } from './labels.ts';

const { 1: easy, 2: medium, 3: hard } = pointsByDifficulty;
const pointsForRight = `${easy} (easy), ${medium} (medium) or ${hard} (hard)`;

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

export const quizWords = {
  /** `inLobby`: the lobby is open. Its list of players is updated a few seconds after a member presses "Join". */
  joined: (inLobby: boolean) =>
    `You are in.${inLobby ? ' The list of players shows your name in a few seconds.' : ''} Answer with the letter buttons of each question; only you see which one you pressed. Not answering costs nothing.`,
  joinedAlready: 'You are already in this round.',
  started: 'The round has begun.',
  cancelled: 'The round is cancelled.',
  locked: (answer: string, elapsed: number | undefined, mayChange: boolean) =>
    `Locked ${answer}${elapsed === undefined ? '' : ` · ${seconds(elapsed)}`}. ${mayChange ? 'You may still change your answer.' : 'Your answer is final.'}`,
  /**
   * Says whether the member's answer to the previous question was right. A typed year that is not exact may still earn
   * points.
   */
  before: (isRight: boolean, points: number) =>
    `Previous question: ${isRight ? '✔ right' : points > 0 ? '✘ not exact' : '✘ wrong'}${points > 0 ? `, +${pluralize(points, 'point')}` : ''}.`,
  /** A receipt is the ephemeral reply to an answer. This is its text after the question was closed. */
  verdict: (question: number, answer: string, isRight: boolean, right: string, points: number) =>
    `Question ${question}: you answered ${answer}, ${isRight ? '✔ right' : `✘ ${points > 0 ? 'not exact' : 'wrong'}; right was ${right}`}. ${pluralize(points, 'point')}.`,
  /** Takes the place of the verdict on an answer if the question was skipped. */
  skippedVerdict: (question: number, answer: string) =>
    `Question ${question}: you answered ${answer}. The question was skipped, so this does not count.`,
  /** Follows the sentence about an answer in a solo round. */
  soloPoints: (points: number) => ` +${pluralize(points, 'point')}.`,
  /** Says why an answer earned fewer points on the leaderboards than in the round. */
  reduced: {
    half: 'Half points on the leaderboard: you answered this one right before, within 30 days.',
    quarter: 'A quarter of the points on the leaderboard: you answered this one right twice before, within 30 days.',
    repeated: 'No points on the leaderboard: you answered this one right three times before, within 30 days.',
    'day-limit': `No more points on the leaderboard today: you have the ${maxPointsPerDay.toLocaleString('en')} that one day can bring.`,
  } satisfies Readonly<Record<Reduction, string>>,
  /** Says in the result of a whole round which questions earned fewer points on the leaderboards, and why. */
  reducedQuestions: {
    half: (list: string) => `Half points on the leaderboard for ${list}: answered right before, within 30 days.`,
    quarter: (list: string) =>
      `A quarter of the points on the leaderboard for ${list}: answered right twice before, within 30 days.`,
    repeated: (list: string) =>
      `No points on the leaderboard for ${list}: answered right three times before, within 30 days.`,
    'day-limit': (list: string) =>
      `No more points on the leaderboard from ${list} on: you have the ${maxPointsPerDay.toLocaleString('en')} that one day can bring.`,
  } satisfies Readonly<Record<Reduction, (list: string) => string>>,
  noBonus: 'No speed bonus: that was faster than the question can be read.',
  noBonusQuestions: (list: string) => `No speed bonus for ${list}: faster than the question can be read.`,
  same: (answer: string, mayChange: boolean) =>
    `Still ${answer}. ${mayChange ? 'You may still change your answer.' : 'The first answer is final.'}`,
  final: (answer: string) => `Your answer is ${answer}. The first answer is final.`,
  typeYear: 'Type a year',
  yearField: 'The year',
  yearHint: 'The closer, the more points: 10 for the exact year, three less for each year off, down to none.',
  noYear: (typed: string) =>
    `“${escapeInline(typed, 40)}” is no year. Press Type a year again and write digits, such as 1987.`,
  first: (answer: string, elapsed?: number) =>
    `Locked ${answer}${elapsed === undefined ? '' : ` · ${seconds(elapsed)}`}. You are right. If nobody was right before you, the points are yours; that is known in a moment.`,
  out: (answer: string) => `Not ${answer}: you are out until the next question.`,
  changed: (answer: string, elapsed?: number) =>
    `Changed to ${answer}${elapsed === undefined ? '' : ` · ${seconds(elapsed)}`}. Your last answer counts${elapsed === undefined ? '' : ', with its time'}.`,
  tooLate: (by: number) => `Too late by ${seconds(by)}: not counted.`,
  /** The line below a question says which answer of a member counts. */
  firstCounts: 'the first answer is final',
  lastCounts: 'the last answer counts',
  /** For rounds in the style `first`, in which only the first right answer to a question earns points. */
  raceCounts: 'a race: the first right answer takes the points, a wrong one puts you out',
  closedQuestion: 'That question is closed.',
  soloStopped: (answered: number, of: number) =>
    answered === 0
      ? 'You stopped before you answered a question.'
      : `You stopped after ${answered} of ${pluralize(of, 'question')}; the others do not count.`,
  roundIsOver: 'That round is over. Type /quiz group or /quiz solo for a new one.',
  newRoundHint: 'That question is closed. Type /quiz group or /quiz solo for a new round.',
  results: 'Results',
  newRound: 'New round',
  reviewMisses: 'What I missed',
  myResult: 'My result',
  yourResult: 'Your result',
  soFar: 'So far',
  yourMisses: (number: number) => `What you missed: ${pluralize(number, 'question')}`,
  noMisses: 'You missed nothing.',
  otherAnswers: 'The other answers:',
  answerFromRecord: 'The right answer is from the public record',
  comparedWith: 'Compared with:',
  rightAnswer: (answer: string) => `Right answer: ${answer}`,
  notPlayed: 'You did not play in that round.',
  playedWithoutAnswer: 'You answered no question in that round.',
  noneCounted: 'No question of that round counted, so there is nothing to list.',
  /** Says why an answer does not count. The sentence about the end of the round comes before it. */
  notCounted: {
    cutShort: (question: number, answer: string) =>
      `Question ${question} was not over yet, so your answer ${answer} does not count.`,
    skipped: (question: number, answer: string) =>
      `Question ${question} was skipped, so your answer ${answer} does not count.`,
  },
  tooFewForBars: (answers: number, fewest: number) =>
    `${pluralize(answers, 'answer')}. From ${fewest} answers on, this shows how many chose each option.`,
  notKept: 'That round is no longer kept: only the last one of each channel is, and only for a day.',
  notAnswered: 'You did not answer.',
  rightInRepeat: 'Right when it came once more.',
  yourAnswer: (answer: string) => `Your answer: ${escapeInline(answer, 120)}`,
  readMore: 'Read more',
  readAbout: 'Read more, for you alone',
  more: (number: number) => `${number} more`,
  andMore: (number: number) => `and ${number} more`,
  onceMore: (number: number, of: number) =>
    `${of - number} of ${of} right. ${number === 1 ? 'The one you missed comes once more, and that answer counts on leaderboards too.' : `The ${number} you missed come once more, and those answers count on leaderboards too.`} End round leaves ${number === 1 ? 'it' : 'them'} out and keeps your points.`,
  deletedPlayer: 'deleted player',
  nobodyAnswered: 'Nobody answered.',
  nobodyRight: 'Nobody had it right.',
  skipped: 'Skipped by the host: this question counts for nobody.',
  newHost: (name: string) => `**${escapeInline(name, 32)}** is now host.`,
  noClock: 'Take your time; this round has no time limit.',

  styles: {
    study: 'All who are right get the same points, however quick they are.',
    speed: 'Being right counts, and being quick adds up to half as much.',
    first: 'A race: the first right answer takes the points, and a wrong one puts you out until the next question.',
  } satisfies Readonly<Record<Style, string>>,
  private: 'Nobody sees your answer while a question is open; then its card names those who were right.',
  /** `starts` is a relative timestamp. */
  lobbyStarts: (starts: string) => `**Starts ${starts}.**`,
  howToJoin: 'To play, answering is enough; Join lists your name here. Start now and Cancel round are for the host.',
  /** Says where the questions are posted. `isByItself`: the bot posts each question without waiting for the host. */
  questionsIn: (place: 'thread' | 'channel', isByItself: boolean) =>
    `The questions ${isByItself ? 'follow by themselves' : 'come'} ${place === 'thread' ? 'in a thread' : 'in this channel, without a thread'}.`,
  place: (place: number, of: number, isShared: boolean) =>
    `**Place ${place}**${isShared ? ' (shared)' : ''} of ${pluralize(of, 'player')}`,
  /** The questions of a round, grouped by result. Each list is a text such as “questions 1, 3”. */
  marks: {
    right: (list: string) => `✔ ${list}`,
    wrong: (list: string) => `✘ ${list}`,
    unanswered: (list: string) => `not answered: ${list}`,
    skipped: (list: string) => `skipped by the host, does not count: ${list}`,
    cutShort: (list: string) => `cut short, does not count: ${list}`,
  },
  secondsEach: (seconds: number) => `${seconds} seconds for each (chosen by the host)`,
  secondsByLength: (shortest: number, longest: number) => `${shortest} to ${longest} seconds for each, by its length`,
  firstIsFinal: 'Your first answer is final.',
  mayChange: 'You may change your answer until time is up.',
  pointsInAll: (points: number) => `In all: ${pluralize(points, 'point')}`,
  perDifficulty: `A right answer brings ${pointsForRight} points, a typed year up to 10, also when the question comes once more.`,
  timeByLength: 'Longer questions have more time.',
  /** Only the first question of a solo round says this. */
  soloCounts: 'Only you see this round, but it counts like a group round: in your profile and on leaderboards.',
  hostPace: 'The host opens each question after the first.',
  hostGoesOn: (name: string, isLast: boolean) =>
    `The host, **${escapeInline(name, 32)}**, ${isLast ? 'shows the result' : 'goes on'} with Next under Host controls.`,

  options: [
    '**Options**',
    '- A group round is played in a thread; with /quiz group thread:No, in the channel.',
    '- Only you see a solo round, but it counts on leaderboards too. It has no time limit; with /quiz solo timed:Yes, it has one.',
    '- Joined by mistake? Not answering costs nothing.',
    '- To prepare, look things up: /timeline, /fact.',
  ].join('\n'),
  points: [
    '**Points**',
    `- A right answer: ${pointsForRight}.`,
    '- Style “speed” (an option of /quiz group): up to half as much again for a quick answer.',
    '- Style “first”: only the first right answer brings points.',
    '- A typed year: 10 if it is exact, three less for each year off, never below 0.',
    '- On leaderboards a question brings less when you answer it right again within 30 days: see “Scores” in the menu below.',
    '- End round and /quiz stop keep the points of finished questions.',
  ].join('\n'),
  cancelRound: 'Cancel round',
  controls: 'Host controls',
  next: 'Next',
  repeatMissed: (number: number) => (number === 1 ? 'Repeat it' : `Repeat the ${number}`),
  pause: 'Pause',
  pauseOff: 'Do not pause',
  skip: 'Skip question',
  skipHow: '-# Skip question: the question then counts for nobody.',
  extend: 'Add 15 s',
  end: 'End round',
  nextLater: 'Next works once the question is over.',
  mayNotSkip:
    'Your answer was wrong, so you cannot skip this question: the others can still win it. It ends with its time.',
  tooLateControl: 'That came too late; the round stands like this now.',
  pauseComes: 'The round pauses after this question.',
  halted: (host: string, end: string = 'After half an hour it ends.') =>
    `**The round is paused.** It goes on when the host, <@${host}>, presses Next under Host controls. ${end}`,
  haltedHere: 'It ends when nobody presses a button for several minutes.',
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
  threadName: (topic?: string) => `Quiz${topic === undefined ? '' : `: ${cleanInline(topic)}`}`,
  noThread: (permissions: readonly string[]) =>
    permissions.length > 0
      ? `I lack: ${permissions.join(', ')}. Playing here instead.`
      : 'A thread cannot be made here. Playing here instead.',
  roundRunning: (host: string, isInLobby: boolean) =>
    isInLobby
      ? `A round is about to start in this channel, hosted by <@${host}>.`
      : `A round is running in this channel already, hosted by <@${host}>.`,
  enoughRounds: 'This server has five rounds running, which is as many as it can have. Wait until one ends.',
  stopping: 'The bot is being restarted. Try again in a minute.',
  resuming: 'The bot has just come back and is picking the round up. Try again in a few seconds.',
  noQuestions: 'There are no questions on that topic. Leave the topic out, or pick one from the suggestions.',
  /**
   * If a round was opened with the button "Practise these" or "Quiz me", one of these two texts says what its questions
   * are about. `all` is the number of questions. `near` is the number of questions about the entry itself.
   */
  aboutMisses: 'These questions are about what you get wrong most.',
  aboutEntry: (title: string, near: number, all: number) => {
    const entry = `“${escapeInline(title, 100)}”`;
    const subject = near === all ? entry : near === 0 ? `entries related to ${entry}` : `${entry} and related entries`;
    return `${pluralize(all, 'question')} about ${subject}.`;
  },
  fewer: (have: number) => `Only ${pluralize(have, 'question')} on this topic, so the round is shorter.`,
  groupNeedsServer: 'A group round needs a channel of a server. Here you can play /quiz solo.',
  noRound: 'No round is running in this channel. Start one with /quiz group.',
  noRoundToStop: 'No round is running in this channel, and you have no solo round open.',
  whichToStop: 'You have two rounds open here. Which one should stop?',
  stopChannelRound: 'This channel’s round',
  stopSoloRound: 'My solo round',
  soloIsStopped: 'The round is stopped. What you answered counts.',
  /** `counted` is the number of questions that count. `isCutShort`: a question was open when the round was stopped. */
  stopped: (counted: number, isCutShort: boolean) =>
    `The round is stopped. ${counted === 0 ? 'No question was over yet, so nothing counts.' : `Finished questions count${isCutShort ? '; the open one does not' : ''}.`}`,
  oneMessage: (permissions: readonly string[], shortenedTo?: number) =>
    `I lack: ${permissions.join(', ')}. So the whole round is played in the message with the button Join${shortenedTo === undefined ? '' : `, shortened to ${shortenedTo} questions`}.`,
  waitsForPress: 'The bot has just come back. The round goes on when somebody presses a button of its own message.',
  pickingUp:
    'The bot has just come back and is picking the round up. That press did not count; press again in a few seconds.',
  paused: (permissions: string) =>
    `I cannot post in this channel${permissions && `: I lack ${permissions}`}. The round waits five minutes for that to change, then ends with the scores kept.${permissions && ' It also goes on when somebody presses a button of one of its messages.'}`,
  moved: (to: 'channel' | 'reply') =>
    to === 'channel'
      ? 'I can no longer post in the thread: I lack View Channel or Send Messages in Threads. The round goes on in the channel.'
      : 'I can no longer post in this channel: I lack View Channel or Send Messages. The round goes on in one message, which I edit.',
  movedHere: 'The bot may not post in this channel, so the round goes on in this message. That press did not count.',
  blocked:
    'The AutoMod of this server blocked a text of this round, so it was left out. Whoever manages the server can exempt my role or this channel in AutoMod.',
  plainAnswer: (question: number, answer: string) =>
    `Question ${question}: **${answer}** was right. The AutoMod of this server blocked the explanation.`,
  plainPodium: 'The AutoMod of this server blocked the podium; /leaderboard window:round has the scores.',
  /** `pack` names the pack of the round. Absent if this is the pack that the server uses now. */
  unfinished: (at: string, pack?: string) =>
    `You have a solo round open, ${at}${pack === undefined ? '' : `, from ${pack}`}. Resume goes on with it; New ends it and starts another one. What you answered counts either way.`,
  atQuestion: (question: number, of: number) => `at question ${question} of ${of}`,
  atRepeats: 'repeating what you missed',
  ofPack: (name: string | undefined) =>
    name === undefined ? 'a pack that this server no longer has' : `the pack “${escapeInline(name)}”`,

  timeLeft: (ms: number) => `Time left to answer: ${pluralize(Math.ceil(ms / 1_000), 'second')}.`,
  /** `left` is the sentence about the time that is left. */
  backAgain: (question: number, left: string) =>
    `Back again after a short break: question ${question} goes on. ${left} Answers given before are kept.`,
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
      blocked:
        'The AutoMod of this server blocked two questions, so the round ends here. Scores are kept. Whoever manages the server can exempt the bot’s role or this channel in AutoMod.',
      removed: 'The question was removed twice, so the round ends here. Scores are kept.',
      halted: 'The round was paused for half an hour, so it ends here. Scores are kept.',
      quiet: 'Nobody pressed a button for several minutes, so the round ends here. Scores are kept.',
      lost: 'The place of the round was closed, so it ends here. Scores are kept.',
      locked: 'The thread of the round was locked, so the round ends here. Scores are kept.',
      away: 'The bot was away for more than ten minutes. The interrupted question does not count; the earlier ones do.',
    })[why],
  cutShort: 'This question was cut short and counts for nobody.',
  pointsHint: '-# Hard questions bring more points; /help has all the rules under “Play”.',
  /**
   * Says in the result of a round how many questions counted. Used only if some questions did not count. `skipped` is
   * the number of skipped questions.
   */
  counted: (counted: number, of: number, skipped: number) =>
    `${counted === 0 ? 'No question counted' : `${counted} of ${pluralize(of, 'question')} counted`}${skipped === 0 ? '' : `; ${skipped === 1 ? 'one was' : `${skipped} were`} skipped`}.`,
  nobodyScored: 'Nobody has points this time.',
  soloNotScored: 'You have no points this time.',
} as const;
