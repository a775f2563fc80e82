/** Tests edge cases of group rounds: which answers are accepted, and what the bot tells the members. */
import { test } from 'vitest';
import { conversationWith } from '../support/conversation/conversation.ts';
import { bankOf, lettered } from '../support/questions.ts';

const round = conversationWith({ bank: bankOf(...['one', 'two', 'three', 'four'].map((id) => lettered(id))) });

test('an answer that a member pressed in time is accepted even if the press reaches the bot after the time limit', () => round`
  ana: /quiz group questions:3 seconds:10 style:speed
  ben: (Join)
  ana: (Start now)
  … 10800ms
  ben 900ms ago: (A)
  bot to ben: Locked A · 9.9 s.
  … 200ms
  bot: answer
`);

test('the reply to a late answer says how many seconds the answer was late', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  … 10900ms
  ben 100ms ago: (A)
  bot to ben: Too late by 0.8 s: not counted.
`);

test('the reply to a press on a closed question has buttons for the results and for a new round', () => round`
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

test('if a player presses another option after answering, the bot keeps the first answer', () => round`
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  ben: (B)
  bot to ben: Locked B
  ben: (B)
  bot to ben: Still B. The first answer is final.
  ben: (C)
  bot to ben: Your answer is B. The first answer is final.
`);

test('if two presses of a member reach the bot almost at the same time but in the wrong order, the press that the member made first is the answer', () => round`
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  … 2s
  ben at once: (B) (A)
  bot to ben: Your answer is A. The first answer is final.
  bot to ben: Locked A
`);

test('if the bot has already accepted an answer and then receives an earlier press of the same member, the earlier press becomes the answer', () => round`
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  … 2s
  ben: (B)
  bot to ben: Locked B
  ben 500ms ago: (A)
  bot to ben: Locked A
  ben: (B)
  bot to ben: Your answer is A. The first answer is final.
`);

test('if a server allows players to change answers, the last answer of a player is scored', () => round`
  manager: /setup quiz answer-changes:true
  ana: /quiz group questions:3 seconds:30
  bot: You may change your answer until time is up.
  ben: (Join)
  ana: (Start now)
  … 1s
  ben: (B)
  bot to ben: Locked B. You may still change your answer.
  ben: (B)
  bot to ben: Still B. You may still change your answer.
  … 2s
  ben: (the right answer)
  bot to ben: Changed to
  bot to ben: . Your last answer counts.
  ana: (a wrong answer)
  … 5s
  bot: Answered right: ben
`);

test('if players may change answers in style "speed", the reply says that the time of the last answer counts', () => round`
  manager: /setup quiz answer-changes:true
  ana: /quiz group questions:3 seconds:30 style:speed
  ben: (Join)
  ana: (Start now)
  … 1s
  ben: (B)
  bot to ben: Locked B · 1.0 s. You may still change your answer.
  … 2s
  ben: (the right answer)
  bot to ben: Changed to
  bot to ben: 3.0 s. Your last answer counts, with its time.
`);

test('if a starter role is set, only members with this role and moderators can open group rounds', () => round`
  manager: /setup quiz starter-role:starters
  ana: /quiz group
  bot to ana: Only members with the role <@&starters> open group rounds on this server.
  ana: /quiz solo questions:3
  bot to ana: Question 1 of 3
  starter: /quiz group
  bot: starter
  starter: (Cancel round)
  moderator: /quiz group
  bot: moderator
`);

test('if a round is already running in the channel, /quiz group is refused, and the reply has a button to join that round', () => round`
  ana: /quiz group
  ana: (Start now)
  ben: /quiz group
  bot to ben: A round is running in this channel already, hosted by <@id-ana>.
  ben: (Join)
  bot to ben: You are in.
`);

test('a member can host at most two rounds at the same time, and a server can have at most five rounds', () => round`
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
  ana in one: (Cancel round)
  cem in six: /quiz group
  bot in six: Players cem
`);

test('a question closes without waiting for players who did not answer the last two questions', () => round`
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
  bot: Answered right: ana
  … 7s
  bot: 2. ben · 15 points · 1 of 1 right (100 %)
`);

test('if the host does not answer two questions in a row, another player becomes host', () => round`
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

test('a round stops if more than half of the active players use /quiz stop', () => round`
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

test('the card of an open question updates the number of answers repeatedly, at most once every three seconds', () => round`
  ana: /quiz group questions:1 seconds:30
  ben: (Join)
  cem: (Join)
  ana: (Start now)
  ana: (A)
  … 3s
  bot: You have 30 seconds · answers are private · the first answer is final · 1 answered
  … 2s
  ben: (B)
  … 1s
  bot: You have 30 seconds · answers are private · the first answer is final · 2 answered
`);

test('if the message of a question is deleted, the bot posts the question again, and a second deletion ends the round', () => round`
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

test('if the bot has no permission to post and no valid interaction token for five minutes, the round ends and the scores are kept', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  … restart
  ana: (the right answer)
  ben: (the right answer)
  … 9s
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

test('if the thread of a round is locked, the round ends and the podium is posted in the parent channel', () => round`
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

test('if the bot may not create threads, the round runs in the channel and the host is told why', () => round`
  … no threads
  ana: /quiz group questions:3 seconds:10
  bot to ana: I lack: Create Public Threads. Playing here instead.
  ana: (Start now)
  bot: Question 1 of 3
`);

test('if threads are allowed, a round runs in its own thread, and the podium is also posted in the parent channel', () => round`
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

test('a round runs in the channel if threads are turned off or cannot be created', () => round`
  … threads allowed
  ana: /quiz group questions:3 thread:no
  ana: (Start now)
  bot: Question 1 of 3
  ana: /quiz stop
  ben in thread: /quiz group questions:3 thread:yes
  bot in thread: Players ben
  bot to ben: A thread cannot be made here. Playing here instead.
`);

test('before the bot stops, it waits until a question with a short time limit has ended', () => round`
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

test('the bot stops without waiting for the end of a long question, which continues after the restart', () => round`
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
  bot: Back again after a short break: question 1 goes on. Time left to answer: 50 seconds. Answers given before are kept.
  ben: (the right answer)
  bot to ben: Locked
`);

test('if a member presses a button while the bot is starting, the reply asks the member to try again', () => round`
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

test('if the topic has fewer questions than requested, the lobby says that the round is shorter', () => round`
  ana: /quiz group questions:10
  bot: Only 4 questions on this topic, so the round is shorter.
`);

test('a player who deletes their data during a round appears as "deleted player" and gets no points', () => round`
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

test('if Discord is slow, the time to answer starts when the question appears in the channel', () => round`
  ana: /quiz group questions:3 seconds:10 style:speed
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

test('if Discord is slow, the bot skips edits that show an outdated number of answers', () => round`
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
  bot was not heard: 2 answered
  bot: 3 answered
`);

test('a running round keeps its questions if a different pack is loaded', () => round`
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot: Where does line
  … another pack
  ana: (A)
  bot to ana: Locked A
  … 16s
  bot: Question 2 of 3 · medium / Where does line
`);

test('members with the name __proto__ or constructor can play like other members', () => round`
  constructor: /quiz group questions:3 seconds:10
  __proto__: (Join)
  bot to __proto__: You are in.
  constructor: (Start now)
  __proto__: (the right answer)
  constructor: (the right answer)
  … 6s
  bot: Answered right:
  … 7s
  constructor: /quiz stop
  bot: __proto__ · 15 points
`);

test('the podium lists no places if nobody has points, and does not show a hardest question if all questions were equally hard', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (a wrong answer)
  ben: (a wrong answer)
  cem: (a wrong answer)
  … 13s
  ana: (a wrong answer)
  ben: (a wrong answer)
  cem: (a wrong answer)
  … 13s
  ana: /quiz stop
  bot: Nobody has points this time. / ana · 0 points · 0 of 2 right (0 %) / ben
  bot to ana: Your result / Nobody has points this time. 0 of 2 right / ✘ questions 1, 2
  bot does not say: 1.
  bot does not say: Hardest question
`);

test('if a round has only one question, the podium does not show a hardest question', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (a wrong answer)
  cem: (a wrong answer)
  … 8s
  ana: /quiz stop
  bot: 1. ana · 15 points
  bot does not say: Hardest question
`);

test('the button "What I missed" shows the questions that the player missed, even after a restart', () => round`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (a wrong answer)
  cem: (a wrong answer)
  … 13s
  ana: (the right answer)
  … 18s
  ana: /quiz stop
  bot: Podium
  bot: 2. ben · 0 points · 0 of 1 right (0 %)
  bot: Hardest question: Where does line three end? (1 of 3 right) / Right answer:
  … restart
  ben: (What I missed)
  bot to ben: What you missed: 2 questions
  bot to ben: Right answer: Rasht
  bot to ben: You did not answer.
  ben: (Read more)
  bot to ben: Rasht
  ana: (What I missed)
  bot to ana: You missed nothing.
  dan: (What I missed)
  bot to dan: You did not play in that round.
`);

test('after a round in a thread that a member created, "Results" shows the podium, and "New round" opens a round in the thread', () => round`
  ana in thread: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot in thread: Question 1 of 3
  ben in thread: (a wrong answer)
  ana in thread: /quiz stop
  bot in thread: Podium
  … 1s
  ben: (an answer to question 1)
  bot to ben: That question is closed.
  ben: (Results)
  bot to ben: Podium
  ben: (What I missed)
  bot to ben: No question of that round counted, so there is nothing to list.
  cem: (New round)
  bot in thread: cem
`);

test('the button "Results" shows the podium of a round in a thread that the bot created', () => round`
  … threads allowed
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot in thread: Question 1 of 3
  ben in thread: (a wrong answer)
  ana in thread: /quiz stop
  bot in thread: Podium
  … 1s
  ben: (an answer to question 1)
  ben: (Results)
  bot to ben: Podium
`);

test('the button "What I missed" shows the missed questions of a round in a thread even after a newer round in the parent channel', () => round`
  ana in thread: /quiz group questions:3 seconds:10
  ana: (Start now)
  ben in thread: (a wrong answer)
  ana in thread: (the right answer)
  … 6s
  ana in thread: /quiz stop
  bot in thread: Podium
  cem: /quiz group questions:3 seconds:10
  cem: (Start now)
  cem: (the right answer)
  cem: /quiz stop
  … 1s
  ben in thread: (What I missed)
  bot to ben: What you missed
`);

test('if a member plays a solo round but not the group round in the channel, /quiz stop ends the solo round', () => round`
  ana: /quiz group questions:3 seconds:60
  ana: (Start now)
  ben: /quiz solo questions:3
  ben: /quiz stop
  bot to ben: The round is stopped. What you answered counts.
  ana: /quiz status
  bot to ana: question 1 of 3
  ben: /quiz solo questions:3
  bot to ben: Question 1 of 3
`);

test('if a host also plays a solo round, /quiz stop asks which of the two rounds to stop', () => round`
  ana: /quiz group questions:3 seconds:60
  ana: (Start now)
  ana: /quiz solo questions:3
  ana: /quiz stop
  bot to ana: Which one should stop?
  ana: (My solo round)
  bot to ana: The round is stopped.
  ana: /quiz status
  bot to ana: question 1 of 3
  ana: /quiz solo questions:3
  ana: /quiz stop
  ana: (This channel’s round)
  bot: The round was stopped.
  bot to ana: The round is stopped.
  ana: /quiz stop
  bot to ana: The round is stopped.
  ana: /quiz stop
  bot to ana: No round is running in this channel, and you have no solo round open.
`);

test('if a player or a moderator also plays a solo round, /quiz stop asks which of the two rounds to stop', () => round`
  ana: /quiz group questions:3 seconds:60
  ben: (Join)
  ana: (Start now)
  ben: /quiz solo questions:3
  ben: /quiz stop
  bot to ben: Which one should stop?
  ana: /quiz status
  bot to ana: question 1 of 3
  ben: (This channel’s round)
  bot: ben would like to stop the round: 1 of 2 needed.
  moderator: /quiz solo questions:3
  moderator: /quiz stop
  bot to moderator: Which one should stop?
  moderator: (This channel’s round)
  bot: The round was stopped.
  moderator: (This channel’s round)
  bot to moderator: That round is over.
`);
