/** Tests rounds during which the bot loses the permission to post in a thread or channel. */
import { test } from 'vitest';
import { conversation as round } from '../support/conversation/conversation.ts';

test('if the bot may no longer post in the thread, the round goes on in the channel', () => round`
  … threads allowed
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot in thread: Question 1 of 3
  … may not post in the thread
  ana in thread: (the right answer)
  … 4s
  bot was not heard: I can no longer post
  … 4s
  bot: the right answer
  bot to ana: I can no longer post in the thread: I lack View Channel or Send Messages in Threads. The round goes on in the channel.
  … 7s
  bot: Question 2 of 3
  ben in thread: (an answer to question 1)
  bot to ben: That question is closed.
  ana: (the right answer)
  bot to ana: Locked
  … 18s
  bot: Question 3 of 3
  … 18s
  bot: Podium
  ana: /leaderboard
  bot: 1. ana
`);

test('if the bot may no longer post in the thread or in the channel, the round goes on in its lobby message', () => round`
  … threads allowed
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot in thread: Question 1 of 3
  ana in thread: (the right answer)
  … may not post
  … 8s
  bot: the right answer
  bot does not say: The round has begun
  bot to ana: I can no longer post in this channel: I lack View Channel or Send Messages. The round goes on in one message, which I edit.
  … message removed
  … 7s
  bot: Question 2 of 3
  ana: (the right answer)
  bot to ana: Locked
  … may post
  … 18s
  bot: Question 3 of 3
  … 18s
  bot: Podium
  bot does not say: Question 3 of 3
  ana: /leaderboard
  bot: 2 of 2 answers right
`);

test('if the bot may not post and has no interaction token, the round waits until a member presses one of its buttons', () => round`
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … 1s
  … may not post
  … restart
  … 16s
  ana: /quiz status
  bot to ana: Waiting until the bot can post in this channel again.
  ben: (an answer to question 1)
  bot: Question 2 of 3
  bot does not say: Question 1 of 3
  bot to ben: The bot may not post in this channel, so the round goes on in this message. That press did not count.
  ben: (the right answer)
  bot to ben: Locked
  … 13s
  bot: the right answer
  … 7s
  bot: Question 3 of 3
`);

test('if the bot lacks the permission to post and its interaction token is about to expire, the round waits five minutes, then ends and keeps the scores', () => round`
  ana: /quiz group questions:3 seconds:10 pace:host
  ana: (Start now)
  ana: (the right answer)
  … 9s
  ana: (Host controls)
  ana: (Pause)
  … 13m
  … may not post
  ana: (Next)
  bot to ana: The round waits five minutes for that to change, then ends with the scores kept. It also goes on when somebody presses a button of one of its messages.
  … 6m
  ana: /quiz status
  bot to ana: No round is running in this channel.
  ana: /leaderboard
  bot: 1. ana
`);

test('if the bot loses the permission to post during the lobby, the lobby message still shows new players and then the questions', () => round`
  ana: /quiz group questions:3 seconds:10
  … may not post
  … 3s
  ben: (Join)
  … 3s
  bot: Players ana, ben
  ana: (Start now)
  bot: Question 1 of 3
  … 13s
  bot: the right answer
  … 7s
  bot: Question 2 of 3
`);

test('if the bot loses the permission to post before the podium, the lobby message shows the podium', () => round`
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … may not post
  ana: /quiz stop
  bot: Podium
`);
