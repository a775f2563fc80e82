import { test } from 'vitest';
import { conversation, conversationWith } from '../support/conversation/conversation.ts';
import { bankOf, lettered } from '../support/questions.ts';

/** A conversation with questions of the same difficulty, so that points do not depend on which questions are drawn. */
const round = conversationWith({ bank: bankOf(...['one', 'two', 'three', 'four'].map((id) => lettered(id))) });

test('a group plays a whole round, sees the podium, and appears on the leaderboard', () => conversation`
  ana: /quiz group questions:3 seconds:20
  bot: ana
  ben: (Join)
  bot to ben: You are in.
  ana: (Start now)
  bot: Question 1 of 3
  ben: (the right answer)
  bot to ben: Locked
  bot does not say: the right answer
  ana: (a wrong answer)
  bot to ana: Locked
  … 7s
  bot: — the right answer
  … 7s
  bot: Question 2 of 3
  ana: (the right answer)
  ben: (the right answer)
  … 15s
  bot: Question 3 of 3
  ana: (a wrong answer)
  ben: (the right answer)
  … 15s
  bot: Podium
  ana: /leaderboard
  bot: 1. ben
  ana: /leaderboard
  bot: 2. ana
  ana: /leaderboard window:all
  bot: All time
  ben: /profile
  bot to ben: 3 of 3 answers right (100 %)
`);

test('a round starts automatically fifteen seconds after its lobby opens', () => conversation`
  ana: /quiz group questions:3
  bot: Starts
  … 15s
  bot: Question 1 of 3
`);

test('the lobby says how many seconds each question has', () => conversation`
  ana: /quiz group questions:3 seconds:20
  bot: - 20 seconds for each (chosen by the host).
  ana: (Cancel round)
  ana: /quiz group questions:3
  bot: - 12 to 60 seconds for each, by its length.
`);

test('only the host can use the buttons "Start now" and "Cancel round" in the lobby', () => conversation`
  ana: /quiz group
  ben: (Start now)
  bot to ben: Only the host
  ben: (Cancel round)
  bot to ben: Only the host
  ana: (Cancel round)
  bot to ana: The round is cancelled.
  ana: /quiz status
  bot to ana: No round is running in this channel.
`);

test('the first answer of a player is final, and late answers are not accepted', () => conversation`
  ana: /quiz group questions:3 seconds:10 style:speed
  ben: (Join)
  ana: (Start now)
  … 3s
  ana: (A)
  bot to ana: Locked A · 3.0 s.
  ana: (A)
  bot to ana: Still A. The first answer is final.
  ana: (B)
  bot to ana: Your answer is A. The first answer is final.
  … 7500ms
  ben: (B)
  bot to ben: Too late by 0.5 s: not counted.
`);

test('if a member presses an answer button of an earlier round, the reply says that the question is closed', () => conversation`
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  … 11s
  bot: Nobody answered.
  … 7s
  bot: Question 2 of 3
  ana: (quiz:answer:other:0:1)
  bot to ana: That question is closed.
`);

test('a round ends if nobody answers three questions in a row', () => conversation`
  ana: /quiz group questions:10 seconds:10
  ana: (Start now)
  … 18s
  … 11s
  bot: If the next one stays empty too, the round ends.
  … 18s
  … 7s
  bot: Nobody answered three questions in a row
`);

test('if a member uses /quiz group while a lobby is open in the channel, the reply has a button to join the round of that lobby', () => conversation`
  ana: /quiz group
  ben: /quiz group
  bot to ben: A round is about to start in this channel, hosted by
  ben: (Join)
  bot to ben: You are in. The list of players shows your name in a few seconds.
  ben: /quiz status
  bot to ben: in the lobby
`);

test('T3: a moderator can stop a round, but a member who is not a player cannot', () => conversation`
  ana: /quiz group questions:3 seconds:20
  ana: (Start now)
  ben: /quiz stop
  bot to ben: Only the host
  moderator: /quiz stop
  bot to moderator: The round is stopped. No question was over yet, so nothing counts.
  bot: This question was cut short and counts for nobody.
  bot: The round was stopped. No question counted. / Nobody has points this time.
  ben: /quiz stop
  bot to ben: No round is running in this channel, and you have no solo round open.
`);

test('after a restart a round continues and keeps the earlier answers', () => conversation`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  bot: Question 1 of 3
  ben: (the right answer)
  bot to ben: Locked
  … 5s
  … restart
  bot: Back again after a short break: question 1 goes on.
  ana: (a wrong answer)
  bot to ana: Locked
  … 10s
  bot: — the right answer
  ana: /quiz stop
  ana: /leaderboard
  bot: 1. ben · 1
`);

test('if the bot was down for more than ten minutes, answers to the open question earn no points', () => conversation`
  ana: /quiz group questions:3 seconds:20
  ana: (Start now)
  ana: (the right answer)
  … away 11m
  bot: The bot was away for more than ten minutes.
  ana: /leaderboard
  bot: Nobody has answered a question in the chosen time
`);

test('a lobby stays open after a restart, and the round starts later', () => conversation`
  ana: /quiz group questions:3
  … restart
  bot: Back again after a short break: the round is about to start.
  ben: (Join)
  bot to ben: You are in.
  … 15s
  bot: Question 1 of 3
`);

test('F7: if the message of a question is deleted, the question is posted again, and earlier answers still count', () => conversation`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ana: (A)
  … message removed
  … 4s
  bot: Question 1 of 3
  ana: (B)
  bot to ana: Your answer is A.
  ben: (A)
  bot to ben: Locked A
`);

test('a round pauses while the bot may not post and has no interaction token, and continues when the bot may post again', () => conversation`
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  … restart
  ana: (the right answer)
  … may not post
  … 20s
  bot to ana: I cannot post in this channel
  … may post
  … 30s
  bot: Question 2 of 3
`);

test('if an answer cannot be saved, the player is told and can answer again', () => conversation`
  ana: /quiz group questions:3 seconds:30
  ana: (Start now)
  … disk full
  ana: (the right answer)
  bot to ana: That could not be saved just now, so it does not count.
  … disk free
  ana: (the right answer)
  bot to ana: Locked
`);

test('a round that cannot be saved does not start', () => conversation`
  … disk full
  ana: /quiz group
  bot to ana: That could not be saved just now
  … disk free
  ana: /quiz group
  bot: Players ana
`);

test('if scores cannot be read, /leaderboard and /profile report the failure', () => conversation`
  … disk unreadable
  ana: /leaderboard
  bot to ana: The scores could not be read just now.
  ana: /profile
  bot to ana: The scores could not be read just now.
`);

test('in direct messages, the leaderboard lists only the member, and /quiz group is refused', () => conversation`
  ana: /leaderboard
  bot: Nobody has answered a question in the chosen time
  dm-ana: /leaderboard
  bot to dm-ana: the board shows only you
  dm-ana: /quiz group
  bot to dm-ana: A group round needs a channel of a server.
`);

test('if the topic is unknown, /quiz replies with an error message', () => conversation`
  ana: /quiz group topic:cooking
  bot to ana: There is no topic “cooking”.
`);

test('the reply to an answer also says whether the member’s previous answer was right', () => round`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  bot to ben: Your answer is final.
  bot was not heard: Previous question:
  ana: (a wrong answer)
  … 14s
  bot: Question 2 of 3
  ben: (the right answer)
  bot to ben: Previous question: ✔ right, +15 points.
  ana: (the right answer)
  bot to ana: Previous question: ✘ wrong.
`);

test('the lobby says what others see of an answer, who can start the round, and where the questions are posted', () => conversation`
  ana: /quiz group questions:3 seconds:20 thread:no
  bot: All who are right get the same points, however quick they are.
  bot: Nobody sees your answer while a question is open; then its card names those who were right.
  bot: To play, answering is enough; Join lists your name here. Start now and Cancel round are for the host. The questions follow by themselves in this channel, without a thread.
  ben: (Join)
  bot to ben: Answer with the letter buttons of each question; only you see which one you pressed. Not answering costs nothing.
`);

test('with pace:host, the lobby says that the host opens each question after the first, that the host chose the time to answer, and that questions come in a thread', () => conversation`
  … threads allowed
  ana: /quiz group questions:3 seconds:20 pace:host
  bot: - 20 seconds for each (chosen by the host).
  bot: The host opens each question after the first.
  bot: To play, answering is enough; Join lists your name here. Start now and Cancel round are for the host. The questions come in a thread.
`);

test('when a question is closed, the private reply to each player’s answer says whether the answer was right and, after a wrong answer, gives the right answer', () => round`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  ana: (a wrong answer)
  … 7s
  bot: ✔
  bot to ben: Question 1: you answered
  bot to ben: ✔ right. 15 points.
  bot to ana: ✘ wrong; right was
  bot to ana: 0 points.
`);

test('when the podium is posted, each player also sees their own result', () => conversation`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  ana: (a wrong answer)
  … 10s
  ana: /quiz stop
  bot: Podium
  bot to ben: Your result / Place 1 of 2 players
  bot to ana: Your result / Place 2 of 2 players · 0 points · 0 of 1 right / ✘ question 1
  ana: (My result)
  bot to ana: Your result / Place 2 of 2 players
  cem: (My result)
  bot to cem: You did not play in that round.
`);

test('if a round is stopped while a question is open, the private reply to an answer to this question says that the answer does not count', () => round`
  ana: /quiz group questions:3 seconds:20 style:first
  ben: (Join)
  cem: (Join)
  ana: (Start now)
  ben: (the right answer)
  ana: /quiz stop
  bot to ben: The round was stopped. Question 1 was not over yet, so your answer A does not count.
  bot to ana: The round is stopped. No question was over yet, so nothing counts.
  bot: Podium / The round was stopped. No question counted. / Nobody has points this time.
  bot does not say: Hard questions bring more points
  ben: (My result)
  bot to ben: The round was stopped. Question 1 was not over yet, so your answer A does not count.
  ben: (What I missed)
  bot to ben: No question of that round counted, so there is nothing to list.
  cem: (My result)
  bot to cem: You answered no question in that round.
  dan: (My result)
  bot to dan: You did not play in that round.
`);

test('after the host stops a round, the reply to the host, the podium and the result of each player say which questions count', () => round`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ana: (a wrong answer)
  ben: (the right answer)
  … 13s
  bot: Question 2 of 3
  ben: (the right answer)
  ana: /quiz stop
  bot to ana: The round is stopped. Finished questions count; the open one does not.
  bot: Podium / The round was stopped. 1 of 3 questions counted.
  ben: (My result)
  bot to ben: 15 points · 1 of 1 right / ✔ question 1 · cut short, does not count: question 2
  ana: (What I missed)
  bot to ana: What you missed: 1 question
`);
