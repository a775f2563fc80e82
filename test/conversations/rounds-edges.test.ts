/** The edge cases of a round, one by one: what counts, and what the member is told. */
import { test } from 'vitest';
import { conversationWith } from '../support/conversation/conversation.ts';
import { bankOf, lettered } from '../support/questions.ts';

const round = conversationWith({ bank: bankOf(...['one', 'two', 'three', 'four'].map((id) => lettered(id))) });

test('a press that is stamped in time and arrives in the drain counts', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  … 10800ms
  ben 900ms ago: (A)
  bot to ben: Locked A · 9.9 s.
  … 200ms
  bot: answer
`);

test('a press that is stamped late is told by how much', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  … 10900ms
  ben 100ms ago: (A)
  bot to ben: Too late by 0.8 s: not counted.
`);

test('a press on an earlier question says so and offers the results; on a round that is over, a new one too', () => round`
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … 7s
  … 7s
  bot: Question 2 of 3
  ben: (an answer to question 1)
  bot to ben: That question is closed.
  ben: (Results)
  bot to ben: So far
  bot to ben: 1. ana · 15 points · 1 of 1 right (100 %)
  ana: /quiz stop
  bot: Podium
  ben: (an answer to question 2)
  bot to ben: That question is closed.
  ben: (Results)
  bot to ben: Podium
  cem: (New round)
  bot: cem
`);

test('a double press on one option is answered calmly, a second option is refused', () => round`
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  ben: (B)
  bot to ben: Locked B
  ben: (B)
  bot to ben: Still B.
  ben: (C)
  bot to ben: Your answer is B. The first answer is final.
`);

test('of two devices at once the earlier press counts', () => round`
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  … 2s
  ben at once: (B) (A)
  bot to ben: Your answer is A. The first answer is final.
  bot to ben: Locked A
`);

test('where a server lets answers change, the last one counts, with its time', () => round`
  manager: /setup quiz answer-changes:true
  ana: /quiz group questions:3 seconds:30
  bot: You may change your answer until time is up.
  ben: (Join)
  ana: (Start now)
  … 1s
  ben: (B)
  bot to ben: Locked B · 1.0 s.
  … 2s
  ben: (the right answer)
  bot to ben: Changed to
  bot to ben: 3.0 s. Your last answer counts, with its time.
  ana: (a wrong answer)
  … 5s
  bot: Right ben
`);

test('only members with the starter role open group rounds; solo is for everybody, moderators always may', () => round`
  manager: /setup quiz starter-role:starters
  ana: /quiz group
  bot to ana: Only members with the role <@&starters> open group rounds on this server.
  ana: /quiz solo questions:3
  bot to ana: Question 1 of 3
  starter: /quiz group
  bot: starter
  starter: (Cancel)
  moderator: /quiz group
  bot: moderator
`);

test('a second round in a channel is refused, with the way to the first and a seat in it', () => round`
  ana: /quiz group
  ben: /quiz group
  bot to ben: A round is running in this channel already, hosted by <@id-ana>.
  ben: (Join)
  bot to ben: You are in.
`);

test('a member hosts two rounds at once, a server has five', () => round`
  ana in one: /quiz group
  bot in one: Players ana
  ana in two: /quiz group
  bot in two: Players ana
  ana in three: /quiz group
  bot to ana: You host two rounds already
  ben in three: /quiz group
  ben in four: /quiz group
  cem in five: /quiz group
  bot in five: Players cem
  cem in six: /quiz group
  bot to cem: This server has five rounds running
  ana in one: (Cancel)
  cem in six: /quiz group
  bot in six: Players cem
`);

test('whoever lets two questions pass is no longer waited for and keeps the points', () => round`
  ana: /quiz group questions:4 seconds:20
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  ana: (the right answer)
  … 13s
  bot: Question 2 of 4
  ana: (the right answer)
  … 28s
  bot: Question 3 of 4
  ana: (the right answer)
  … 28s
  bot: Question 4 of 4
  ana: (the right answer)
  … 7s
  bot: Right ana
  … 7s
  bot: 2. ben · 15 points · 1 of 1 right (100 %)
`);

test('a host who lets two questions pass hands over, and the new host may stop', () => round`
  ana: /quiz group questions:4 seconds:10
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  … 18s
  ben: (the right answer)
  … 11s
  bot: ben is now host.
  ana: /quiz status
  bot to ana: hosted by <@id-ben>
  ben: /quiz stop
  bot to ben: The round is stopped.
`);

test('more than half of the active players stop a round', () => round`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  cem: (Join)
  ana: (Start now)
  ben: /quiz stop
  bot: ben would like to stop the round: 1 of 2 needed.
  dan: /quiz stop
  bot to dan: Only the host
  cem: /quiz stop
  bot to cem: The round is stopped.
  bot: The round was stopped.
`);

test('a question that is removed comes back once, and removed again it ends the round with the scores kept', () => round`
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  ana: (A)
  … message removed
  … 4s
  bot: The question was removed; here it is again. / Question 1 of 3
  ben: (A)
  … message removed
  … 6s
  bot: The question was removed twice, so the round ends here. Scores are kept.
`);

test('a channel the bot may no longer post in pauses the round; after five minutes it ends and is kept', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (the right answer)
  … 6s
  … may not post
  … 8s
  bot to ana: I cannot post in this channel: I lack View Channel or Send Messages.
  ben: /quiz status
  bot to ben: Waiting until the bot can post
  … 6m
  … may post
  ana: /quiz status
  bot to ana: No round is running in this channel.
  ana: /leaderboard
  bot: ana
`);

test('a locked thread ends the round at once, with the board in the channel it belongs to', () => round`
  … threads allowed
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  bot in thread: Question 1 of 3
  ana: (the right answer)
  ben: (a wrong answer)
  … 6s
  bot in thread: the right answer
  … thread locked
  … 8s
  bot: Podium
  bot: The place of the round was closed, so it ends here. Scores are kept.
  bot: 1. ana
`);

test('a missing permission for threads is named, and the round plays in the channel', () => round`
  … no threads
  ana: /quiz group questions:3 seconds:10
  bot to ana: I lack: Create Public Threads. Playing here instead.
  ana: (Start now)
  bot: Question 1 of 3
`);

test('a round plays in a thread of its own, and its board is shown in the channel too', () => round`
  … threads allowed
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot: The round has begun in <#thread>.
  bot in thread: Question 1 of 3
  bot does not say: Question 1 of 3
  ana in thread: /quiz status
  bot to ana: question 1 of 3
  ana in thread: /quiz stop
  bot in thread: Podium
  bot: Podium
`);

test('nobody makes a thread where none is wanted, or where none can be', () => round`
  … threads allowed
  ana: /quiz group questions:3 thread:no
  ana: (Start now)
  bot: Question 1 of 3
  ana: /quiz stop
  ben in thread: /quiz group questions:3 thread:yes
  bot in thread: Players ben
  bot to ben: A thread cannot be made here. Playing here instead.
`);

test('before it stops, the bot lets the question end and says that it comes back; then the round goes on', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  … stopping
  bot: — the right answer
  bot: Back in a moment, round paused.
  … 1m
  … started
  bot: Back again: the round goes on with question 2.
  bot: Question 2 of 3
`);

test('a question longer than half a minute is interrupted and goes on with the time it had left', () => round`
  ana: /quiz group questions:3 seconds:60
  ben: (Join)
  ana: (Start now)
  … 10s
  ana: (the right answer)
  … stopping
  bot: Back in a moment, round paused.
  ben: /quiz group
  bot to ben: The bot is being restarted.
  … started
  bot: Back again after a short break: question 1 goes on.
  ben: (the right answer)
  bot to ben: Locked
`);

test('a press while the bot comes back is answered', () => round`
  ana: /quiz group questions:3 seconds:20
  ana: (Start now)
  … booting
  ana: (A)
  bot to ana: Try again in a few seconds.
  … booted
  bot: Back again after a short break
  ana: (A)
  bot to ana: Locked A
`);

test('fewer questions than asked for is said, and the round is shorter', () => round`
  ana: /quiz group questions:10
  bot: Only 4 questions on this topic, so the round is shorter.
`);

test('whoever is deleted during a round leaves a nameless seat behind, and no points', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (the right answer)
  … ana is forgotten
  … 6s
  bot: deleted player
  ben: /quiz status
  bot to ben: hosted by <@id-ben>
  bot to ben: Players deleted player, ben
  ben: /quiz stop
  bot: 1. ben · 15 points
  ana: /leaderboard
  bot: 1 member
  … ben is forgotten
  cem: (an answer to question 1)
  cem: (Results)
  bot to cem: Nobody has points this time.
`);

test('a slow Discord costs nobody time: the clock starts when the question stands', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  … Discord takes 5s
  ana: (Start now)
  … 10s
  bot: Question 1 of 3
  … 3s
  ana: (A)
  bot to ana: Locked A · 3.0 s.
  … 6s
  ben: (A)
  bot to ben: Locked A · 9.0 s.
`);

test('a slow Discord drops counts before anything else, and the last one is drawn', () => round`
  ana: /quiz group questions:3 seconds:60
  cem: (Join)
  dan: (Join)
  ana: (Start now)
  … Discord takes 8s
  ana: (A)
  … 4s
  ben: (A)
  cem: (A)
  … 16s
  bot: 3 answered
  bot was not heard: 2 answered
`);

test('a round keeps its questions when the pack changes under it', () => round`
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot: Where does line
  … another pack
  ana: (A)
  bot to ana: Locked A
  … 16s
  bot: Question 2 of 3 · medium / Where does line
`);

test('names that are keys of objects are names', () => round`
  constructor: /quiz group questions:3 seconds:10
  __proto__: (Join)
  bot to __proto__: You are in.
  constructor: (Start now)
  __proto__: (the right answer)
  constructor: (the right answer)
  … 6s
  bot: Right
  … 7s
  constructor: /quiz stop
  bot: __proto__ · 15 points
`);

test('the podium leads to what one missed, with the cards, until the next round', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (a wrong answer)
  … 13s
  ana: (the right answer)
  … 18s
  ana: /quiz stop
  bot: Podium
  bot: 2. ben · 0 points · 0 of 1 right (0 %)
  bot: Hardest question
  … restart
  ben: (Review my misses)
  bot to ben: What you missed: 2 questions
  bot to ben: ✔ Rasht
  bot to ben: You did not answer.
  ben: (Show the card)
  bot to ben: Rasht
  ana: (Review my misses)
  bot to ana: You missed nothing.
  dan: (Review my misses)
  bot to dan: You did not play in that round.
`);
