/** Tests leaderboards and profiles. Each conversation starts on Monday, 23 November 2026, at noon UTC. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

/** Eighteen members. m01 to m15 have ranks 1 to 15, ana and ben share rank 16, and cem has rank 18. */
const crowd = [
  ...Array.from({ length: 15 }, (_, index) => `… m${String(index + 1).padStart(2, '0')} has ${20 - index} of 25 right`),
  '… ana has 2 of 4 right',
  '… ben has 2 of 2 right',
  '… cem has 1 of 2 right',
].join('\n');

test('the first page of a leaderboard lists ten members and, below them, the member who asked for the leaderboard', () => conversation`
  ${crowd}
  ana: /leaderboard
  bot: This week (from Monday, 23 November 2026, UTC) · group and solo rounds · 1 to 10 of 18 members
  ana: /leaderboard
  bot: 10. m10 · 110 points · 11 of 25 answers right
  bot does not say: 11. m11
  bot does not say: 15. m15
  ana: /leaderboard
  bot: Around ana / 16. ben · 20 points · 2 of 2 answers right / 16. ana · 20 points · 2 of 4 answers right / 18. cem · 10 points
`);

test('the section "Around you" does not repeat members who are already on the page', () => conversation`
  ${crowd}
  m11: /leaderboard private:true
  bot to m11: 10. m10 · 110 points · 11 of 25 answers right / Around you / 11. m11 (you) · 100 points · 10 of 25 answers right / 12. m12
`);

test('the page buttons of a public leaderboard show the other pages in an ephemeral message', () => conversation`
  ${crowd}
  ana: /leaderboard
  ben: (Next 10)
  bot to ben: 11 to 18 of 18 members
  ben: (Previous 10)
  bot to ben: 1. m01
  ben: (My place)
  bot to ben: 16. ben (you)
  bot does not say: 11. m11
  … restart
  ben: (Previous 10)
  bot to ben: 1. m01
`);

test('an excluded member is not told that a member needs twenty answers to be ranked by accuracy', () => conversation`
  … ana has 20 of 25 right
  … ben has 15 of 20 right
  … cem has 1 of 1 right
  manager: /setup board exclude:ana
  manager: /setup board exclude:cem
  ana: /leaderboard by:accuracy
  bot: 1 member / 1. ben
  bot was not heard: ana has 25 answers here
  cem: /leaderboard by:accuracy
  bot: 1 member / 1. ben
  bot was not heard: cem has 1 answer here
`);

test('a member with enough answers who has left and come back is not told that the answers are too few', () => conversation`
  … ana has 15 of 20 right
  … ben has 20 of 25 right
  ana: /leaderboard by:accuracy window:all
  … ben leaves
  ana: /leaderboard by:accuracy window:all
  bot: 2 members
  … 8d
  ana: /leaderboard by:accuracy window:all
  ana: /leaderboard by:accuracy window:all
  bot: 1 member / 1. ana
  … ben comes back
  ben: /leaderboard by:accuracy window:all
  bot: 1 member / 1. ana
  bot was not heard: ben has 25 answers here
`);

test('a member with fewer than twenty answers is not ranked by accuracy, and the leaderboard says why', () => conversation`
  … ana has 19 of 19 right
  … ben has 15 of 20 right
  … cem has 30 of 40 right
  ana: /leaderboard by:accuracy
  bot: 1. cem · 75 % · 30 of 40 answers right / 1. ben · 75 % · 15 of 20 answers right / ana has 19 answers here; members are ranked by accuracy from 20 answers on.
  … ana has 0 of 1 right
  ana: /leaderboard by:accuracy
  bot: 1. ana · 95 % · 19 of 20 answers right
  dora: /leaderboard by:accuracy window:month
  bot: This month (November 2026, UTC) · group and solo rounds
`);

test('a public leaderboard does not say “you”, and a leaderboard that a member opens with the menu is visible only to this member', () => conversation`
  … ana has 19 of 19 right
  … ben has 15 of 20 right
  ana: /leaderboard
  bot: Leaderboard: points / This week (from Monday, 23 November 2026, UTC) · group and solo rounds · 2 members
  bot does not say: (you)
  ben: (Accuracy this month)
  bot to ben: Leaderboard: accuracy / This month (November 2026, UTC) · group and solo rounds · 1 member / 1. ben (you) · 75 %
  ana: (Accuracy of all time)
  bot to ana: 1. ben · 75 % · 15 of 20 answers right / You have 19 answers here; members are ranked by accuracy from 20 answers on.
  ben: (Days in a row)
  bot to ben: Leaderboard: days in a row / Days in a row with an answer. Whoever answered yesterday can still continue the row today · 2 members
  ben: (Points, latest round here)
  bot to ben: No round has been played in this channel yet.
`);

test('a leaderboard without members says that nobody has answered a question', () => conversation`
  ana: /leaderboard
  bot: Nobody has answered a question in the chosen time.
  ana: /leaderboard by:accuracy
  bot: Members with at least 20 answers are ranked by accuracy. Nobody has that many in this time yet.
  ana: /leaderboard by:streak
  bot: Nobody has answered a question today or yesterday. Start a round with /quiz group.
  ana: /leaderboard topic:syria
  bot: Nobody has answered a question about “Syria” in the chosen time. Start a round with /quiz group.
  ana: /leaderboard window:round
  bot to ana: No round has been played in this channel yet. Start one with /quiz group.
  dm-ana: /leaderboard
  bot to dm-ana: You have not answered a question in this conversation in the chosen time. Answers on a server count on its own leaderboard. Start a round with /quiz solo.
  dm-ana: /leaderboard by:streak
  bot to dm-ana: You have not answered a question today or yesterday. Start a round with /quiz solo.
  dm-ana: /leaderboard window:round
  bot to dm-ana: Group rounds are played in the channels of a server, so there is none here.
`);

test('a streak is the number of consecutive days on which the member answered a question', () => conversation`
  … ana has 1 of 1 right
  … ben has 0 of 1 right
  … 24h
  … ana has 0 of 1 right
  ana: /leaderboard by:streak window:month topic:islands
  bot: 1. ana · 2 days in a row / 2. ben · 1 day in a row
  … 24h
  ana: /leaderboard by:streak
  bot: 1 member / 1. ana · 2 days in a row
  … 24h
  ana: /leaderboard by:streak
  bot: Nobody has answered a question today or yesterday.
  ana: /profile
  bot to ana: Days in a row 0 now, 2 at best
`);

test('on Monday the weekly leaderboard is empty again, and it shows the podium of last week', () => conversation`
  … ana has 3 of 3 right
  … ben has 2 of 3 right
  … cem has 2 of 3 right
  … dora has 1 of 3 right
  … 7d
  … dora has 1 of 1 right
  ana: /leaderboard
  bot: This week (from Monday, 30 November 2026, UTC) · group and solo rounds · 1 member / 1. dora · 10 points · 1 of 1 answer right / Last week’s podium 1. ana, 30 points · 2. ben, 20 points · 2. cem, 20 points
  ana: (Last week)
  bot to ana: Last week (from Monday, 23 November 2026, UTC) · group and solo rounds · 4 members / 1. ana (you) · 30 points
  ana: (This week)
  bot to ana: This week (from Monday, 30 November 2026
  … 7d
  ana: /leaderboard
  bot: Last week’s podium 1. dora, 10 points
  ana: /leaderboard window:all
  bot: All time · group and solo rounds · 4 members
`);

test('weeks and days on leaderboards begin at midnight in the server’s time zone', () => conversation`
  … 6d
  manager: /setup board time-zone:Asia/Tehran
  … ana has 1 of 1 right
  … 9h
  … ben has 1 of 1 right
  ana: /leaderboard
  bot: This week (from Monday, 30 November 2026, Asia/Tehran) · group and solo rounds · 1 member / 1. ben
  ana: /leaderboard
  bot: Last week’s podium 1. ana, 10 points
  ana: /leaderboard by:streak
  bot: 1. ana · 1 day in a row / 1. ben · 1 day in a row
`);

test('in direct messages, days and streaks use the time zone that the member has set with /me settings', () => conversation`
  dm-ana: /me settings
  bot to dm-ana: Time zone UTC
  dm-ana: /me settings time-zone:tehran
  bot to dm-ana: There is no time zone “tehran”.
  dm-ana types: /me settings time-zone:tehr
  bot suggests: Asia/Tehran
  dm-ana: /me settings time-zone:asia/tehran
  bot to dm-ana: Saved. / Who sees my look-ups: what I look up with /fact, /event, /dispute or /timeline is shown to everybody in the channel, or to me alone. / Look-ups for everyone / My time to answer in solo rounds against the clock (/quiz solo timed:Yes). The usual time is 12 to 60 seconds, by the length of the question. / Usual time to answer / My time zone: when days, weeks and months begin for my scores in private conversations with the bot. A server has its own time zone. / Time zone Asia/Tehran
  … 8h
  dm-ana: /quiz solo questions:3
  dm-ana: (the right answer)
  … 1h
  dm-ana: (Next)
  dm-ana: (the right answer)
  dm-ana: /leaderboard by:streak
  bot to dm-ana: 1. dm-ana (you) · 2 days in a row
  dm-ana: /profile
  bot to dm-ana: 2 days in a row
`);

test('with the option "topic", /leaderboard shows only the points for questions on that topic', () => conversation`
  … ana has 2 of 2 right about rasht-astara-railway-agreement
  … ben has 3 of 3 right
  ana types: /leaderboard topic:rail
  bot suggests: Railway and corridor
  ana: /leaderboard topic:corridor
  bot: only “Railway and corridor” · 1 member / 1. ana · 20 points
  ana: /leaderboard topic:nonsense
  bot to ana: There is no topic “nonsense”.
  ana: /leaderboard
  bot: 1. ben · 30 points
`);

test('the leaderboard of the latest round in a channel lists all players of that round', () => conversation`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  ana: (a wrong answer)
  … 15s
  ana: (the right answer)
  ben: (the right answer)
  … 15s
  ana: /quiz stop
  … cem has 20 of 20 right
  cem: /leaderboard window:round
  bot: The latest round in this channel with answers that count · 2 members / 1. ben
  bot: 2 of 2 answers right / 2. ana
  bot: 1 of 2 answers right / Points, latest round here
  cem: /leaderboard window:round by:accuracy
  bot: 1. ben · 100 % · 2 of 2 answers right / 2. ana · 50 % · 1 of 2 answers right
  … restart
  cem: /leaderboard window:round by:accuracy
  bot: 1. ben · 100 % · 2 of 2 answers right / 2. ana · 50 % · 1 of 2 answers right
`);

test('a round in a thread becomes the latest round of the thread and of its parent channel', () => conversation`
  … threads allowed
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ben in thread: (the right answer)
  ana in thread: (a wrong answer)
  … 15s
  ana in thread: /quiz stop
  cem: /leaderboard window:round
  bot: 2 members / 1. ben
  cem in thread: /leaderboard window:round
  bot in thread: 2 members / 1. ben
  cem in club: /leaderboard window:round
  bot to cem: No round has been played in this channel yet.
`);

test('if leaderboards are turned off in a server, /leaderboard is refused, but members still earn points', () => conversation`
  ${crowd}
  ana: /leaderboard
  manager: /setup board show:off
  ana: /leaderboard
  bot to ana: This server has no leaderboard: whoever manages it switched it off.
  ana: (Next 10)
  bot to ana: This server has no leaderboard
  ana: /profile
  bot to ana: 2 of 4 answers right (50 %)
  … ana has 1 of 1 right
  manager: /setup board show:on
  ana: /leaderboard
  bot: 16. ana · 30 points
`);

test('a member who left the server is hidden on leaderboards until the member comes back and answers a question', () => conversation`
  … ana has 2 of 2 right
  … ben has 3 of 3 right
  … ben leaves
  ana: /leaderboard
  bot: 1. ben · 30 points
  ana: /leaderboard
  bot: 1 member / 1. ana
  … restart
  ana: /leaderboard
  bot: 1 member / 1. ana
  … ben comes back
  … 2d
  ana: /leaderboard
  bot: 1 member / 1. ana
  … ben has 0 of 1 right
  ana: /leaderboard
  bot: 1. ben · 30 points
`);

test('the bot checks at most once a week whether a member is still in the server', () => conversation`
  … ana has 2 of 2 right
  … ben has 3 of 3 right
  ana: /leaderboard window:all
  … ben leaves
  … 6d
  ana: /leaderboard window:all
  ana: /leaderboard window:all
  bot: 1. ben · 30 points
  … 25h
  ana: /leaderboard window:all
  ana: /leaderboard window:all
  bot: 1 member / 1. ana
`);

test('in direct messages the leaderboard shows only the member’s own scores', () => conversation`
  … ben has 2 of 2 right
  dm-ben: /quiz solo questions:3
  dm-ben: (the right answer)
  dm-ana: /quiz solo questions:3
  dm-ana: (the right answer)
  dm-ana: /leaderboard
  bot to dm-ana: In a private conversation the board shows only you. · 1 member / 1. dm-ana (you)
`);

test('while the disk cannot be read, the bot still shows leaderboards that are in memory, and reports a failure for other leaderboards', () => conversation`
  … ana has 2 of 2 right
  ana: /leaderboard
  … disk unreadable
  ana: /leaderboard
  bot: 1. ana · 20 points
  ana: /leaderboard window:month
  bot to ana: could not be read
  … disk free
  ana: /leaderboard window:month
  bot: 1. ana · 20 points
`);

test('if the custom_id of a leaderboard button is invalid, a press on the button gets a reply and causes no internal error', () => conversation`
  ana: (leaderboard:page:p:mastery:all::0)
  bot to ana: That button is from an earlier version
  ana: (leaderboard:page:p:points:all::-1)
  bot to ana: That button is from an earlier version
  ana: (leaderboard:page:p:streak:all::0)
  bot to ana: That button is from an earlier version
  … ana has 1 of 1 right
  ana: (leaderboard:page:p:points:all::9999999)
  bot to ana: 1. ana (you)
  ana: (leaderboard:page:h:points:constructor::0)
  bot to ana: That button is from an earlier version
  ana: (leaderboard:page:h:points:all:constructor:0)
  bot to ana: Nobody has answered
`);

test('in a profile and in its picture, the topics with the most answers come first', () => conversation`
  … ana has 1 of 1 right about red-lines-explanation
  … ana has 1 of 3 right about su-35-deal
  ana: /profile
  bot to ana: Picture: Progress of ana: 1 day in a row now, 1 at best. Points in the last 12 weeks, this week last: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20. Right answers by topic: Arms and drones 33 % · 1 of 3; Islands and territorial questions 100 % · 1 of 1
  ana: /profile
  bot to ana: By topic / Arms and drones 10 points · 1 of 3 answers right (33 %) / Islands and territorial questions 10 points
`);

test('a profile shows total scores, the streak, scores by topic and by kind of question, and weak facts', () => conversation`
  … ana has 2 of 2 right
  … ana has 1 of 3 right about rasht-astara-railway-agreement
  ana: /profile
  bot to ana: This week 30 points · 3 of 5 answers right (60 %)
  bot to ana: Picture: Progress of ana: 1 day in a row now, 1 at best. Points in the last 12 weeks, this week last: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30. Right answers by topic: Diplomacy and visits 33 % · 1 of 3
  ana: /profile
  bot to ana: Days in a row 1 now, 1 at best
  ana: /profile
  bot to ana: By topic / Diplomacy and visits 10 points · 1 of 3 answers right (33 %)
  ana: /profile
  bot to ana: By kind of question / Who 3 of 5 answers right (60 %)
  ana: /profile
  bot to ana: What you get wrong most / - Rasht–Astara railway agreement: missed 2 times, not right since
  ana: /profile
  ana: (Practise these)
  bot to ana: These questions are about what you get wrong most. / Question 1 of
  bot to ana: Question 1 of 5
  ana: /quiz status
  ana: (Practise these)
  bot to ana: You have a solo round open, at question 1 of 5.
  ana: (New)
  bot to ana: Question 1 of 5
  ana: (the right answer)
  bot to ana: Right:
  ben: /profile
  bot to ben: You have not answered a question here yet.
  ben: (quiz:practise)
  bot to ben: There are no questions on that topic.
`);

test('if the scores of a leaderboard are no longer stored, its buttons reply that the week, month or round is no longer kept', () => conversation`
  ${crowd}
  ana: /leaderboard
  ana: (leaderboard:page:p:points:2026-W45::0)
  bot to ana: The week of 2 November 2026 is no longer kept
  ana: (leaderboard:page:h:accuracy:2026-09::mine)
  bot to ana: September 2026 is no longer kept
  ana: (leaderboard:page:p:points:round-gone::0)
  bot to ana: That round is no longer kept
  ana: (leaderboard:page:p:points:2026-W46::0)
  bot to ana: Nobody has answered a question in the chosen time.
  ana: (leaderboard:page:p:points:2026-10::0)
  bot to ana: Nobody has answered a question in the chosen time.
`);

test('three weeks after a weekly leaderboard was shown, its buttons reply that the week is no longer kept', () => conversation`
  ${crowd}
  ana: /leaderboard
  … 21d
  ana: (Next 10)
  bot to ana: The week of 23 November 2026 is no longer kept
`);

test('the button "Group progress" shows the points per week, and the topics that at least three members have answered', () => conversation`
  … ana has 1 of 4 right about rasht-astara-railway-agreement
  … ben has 1 of 2 right about rasht-astara-railway-agreement
  ana: /leaderboard
  ana: (Group progress)
  bot to ana: Progress of this server / 2 members with answers · at most five minutes old / This week 20 points · Last week 0 points / No topic has answers of 3 members yet.
  bot to ana: Picture: Progress of this server, 2 members with answers. Points in the last 12 weeks, this week last: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20.
  … cem has 2 of 4 right about rasht-astara-railway-agreement
  ben: (Group progress)
  bot to ben: 2 members with answers
  … 6m
  ben: (Group progress)
  bot to ben: 3 members with answers · at most five minutes old / This week 40 points
  bot to ben: Topics to work on / - Railway and corridor 40 % · 4 of 10 answers right, 3 members
  bot to ben: Under 75 % right, the lowest first; only topics that at least 3 members have answered.
  … 7d
  cem: (Group progress)
  bot to cem: This week 0 points · Last week 40 points
`);

test('"Group progress" leaves out topics in which at least 75 % of the answers were right', () => conversation`
  … ana has 2 of 2 right about rasht-astara-railway-agreement
  … ben has 2 of 2 right about rasht-astara-railway-agreement
  … cem has 2 of 4 right about rasht-astara-railway-agreement
  ana: /leaderboard
  ana: (Group progress)
  bot to ana: At least 75 % of the answers were right in all topics
  bot was not heard: Railway and corridor
  … 6m
  … ana has 0 of 1 right about rasht-astara-railway-agreement
  ana: (Group progress)
  bot to ana: Topics to work on / - Railway and corridor 67 % · 6 of 9 answers right
`);

test('"Group progress" lists no topics if every answer was right, and its percentages are rounded in the same way as in /profile', () => conversation`
  … ana has 2 of 2 right about rasht-astara-railway-agreement
  … ben has 2 of 2 right about rasht-astara-railway-agreement
  … cem has 2 of 2 right about rasht-astara-railway-agreement
  ana: /leaderboard
  ana: (Group progress)
  bot to ana: At least 75 % of the answers were right in all topics that at least 3 members have answered.
  bot was not heard: Topics to work on
  … 6m
  … ana has 0 of 3 right about rasht-astara-railway-agreement
  ana: (Group progress)
  bot to ana: Topics to work on / - Railway and corridor 67 % · 6 of 9 answers right, 3 members
  bot to ana: Topics to work on, by right answers: Railway and corridor 67 % · 6 of 9
  cem: /profile
  bot to cem: Railway and corridor 20 points · 2 of 2 answers right (100 %)
  … cem has 0 of 1 right about rasht-astara-railway-agreement
  cem: /profile
  bot to cem: Railway and corridor 20 points · 2 of 3 answers right (67 %)
`);

test('"Group progress" leaves out members who deleted their data, and is refused if leaderboards are turned off', () => conversation`
  … ana has 1 of 2 right
  … ben has 1 of 2 right
  ana: /leaderboard
  ana: (Group progress)
  bot to ana: 2 members with answers
  ben ticks in (/me delete): Yes, delete it for good
  ana: (Group progress)
  bot to ana: 1 member with answers
  manager: /setup board show:off
  ana: (Group progress)
  bot to ana: This server has no leaderboard: whoever manages it switched it off.
`);

test('"Group progress" is not available in direct messages', () => conversation`
  dm-ana: /leaderboard
  dm-ana: (leaderboard:group)
  bot to dm-ana: In a private conversation the board shows only you.
`);
