/** Tests rounds in channels where the bot may not post. The bot shows the whole round in its reply to the command. */
import { test } from 'vitest';
import { conversation as round } from '../support/conversation/conversation.ts';

test('if the bot may not post, it runs the whole round by editing the reply to the command', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10
  bot: Players ana
  bot to ana: I lack: Send Messages. So the whole round is played in the message with the button Join.
  ben: (Join)
  bot to ben: You are in.
  … 3s
  bot: Players ana, ben
  ana: (Start now)
  bot: Question 1 of 3
  bot does not say: Players ana
  ana: (the right answer)
  bot to ana: Locked
  ben: (a wrong answer)
  bot to ben: Locked
  … 8s
  bot: 2 answered
  bot: the right answer
  bot does not say: 2 answered
  … 7s
  bot: Question 2 of 3
  ana: (the right answer)
  ben: (the right answer)
  … 15s
  bot: Question 3 of 3
  bot does not say: Question 2 of 3
  ana: (the right answer)
  ben: (a wrong answer)
  … 15s
  bot: Podium
  bot does not say: Question 3 of 3
  ana: /leaderboard
  bot: 1. ana
`);

test('the time to answer starts two seconds after the message shows the question', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10 style:speed
  ben: (Join)
  ana: (Start now)
  bot: Question 1 of 3
  … 11s
  ana: (the right answer)
  bot to ana: Locked
  bot to ana: 9.0 s
  … 1s
  ben 500ms ago: (a wrong answer)
  bot to ben: Locked
`);

test('a round in a single message is shortened to at most ten questions, and the host is told that it was shortened', () => round`
  … may not post
  ana: /quiz group questions:12
  bot: 10 questions
  bot to ana: So the whole round is played in the message with the button Join, shortened to 10 questions.
`);

test('F21: a button press gives the bot a new token for editing the message, but only if the old token is at least one minute old', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:120 pace:host
  ben: (Join)
  ana: (Start now)
  … 61s
  ana: (the right answer)
  bot: Question 1 of 3
  bot to ana: Locked
  ben: (the right answer)
  bot was not heard: Question 1 of 3
  bot to ben: Locked
  … 4m
  ana: (Host controls)
  bot to ana: Host controls
  … 4m
  ana: (Host controls)
  … 4m
  ana: (Host controls)
  … 4m
  ana: (Host controls)
  bot to ana: Host controls
  ana: (Next)
  bot: Podium
`);

test('F21: the round ends after 13 minutes without a button press, and the scores are kept', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10 pace:host
  ana: (Start now)
  ana: (the right answer)
  … 9s
  ana: (Host controls)
  ana: (Pause)
  bot: It ends when nobody presses a button for several minutes.
  … 12m
  ana: /quiz status
  bot to ana: The round is paused.
  … 3m
  bot: Nobody pressed a button for several minutes, so the round ends here. Scores are kept.
  ana: /leaderboard
  bot: 1. ana
`);

test('after a restart, the round continues when a member presses one of its buttons', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  … 5s
  … restart
  ben: /quiz stop
  bot to ben: The round goes on when somebody presses a button of its own message.
  … 2m
  ben: (a wrong answer)
  bot: Back again after a short break: question 1 goes on. Time left to answer: 32 seconds. Answers given before are kept. / Question 1 of 3
  bot to ben: picking the round up. That press did not count
  ben: (the right answer)
  bot to ben: Locked
  … 8s
  bot: 2 answered
  bot: the right answer
  … 7s
  bot: Question 2 of 3
`);

test('if the bot restarts while the lobby is open, the round starts soon after a member presses one of its buttons', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:30
  … restart
  … 1m
  ben: (Join)
  bot: the round is about to start. / Quiz round
  … 8s
  bot: Question 1 of 3
`);

test('when the bot stops, the message of the round gets a button with which members can continue the round after the restart', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … stopping
  bot: Back in a moment, round paused. When the bot is back, press Join and the round goes on.
  … started
  ben: (Join)
  bot: Back again: the round goes on with question 2.
  bot: Question 2 of 3
`);

test('if the bot was down for more than ten minutes, the message of the round says that the bot was away', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … away 11m
  ana: (a wrong answer)
  bot: The bot was away for more than ten minutes.
`);

test('if nobody presses a button within 15 minutes after a restart, a new round can start in the channel', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  … restart
  … 15m
  ana: /quiz group questions:3 seconds:10
  bot: Players ana
`);

test('F7: the round ends if its message is deleted', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … message removed
  … 20s
  ana: /quiz status
  bot to ana: No round is running in this channel.
  ana: /leaderboard
  bot: 1. ana
`);

test('after a restart during a reveal, a button under the reveal continues the round', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … 9s
  bot: the right answer
  … restart
  ben: (Join)
  bot to ben: picking the round up
  … 7s
  bot: Question 2 of 3
`);

test('if the bot cannot edit the message of a round, the round waits five minutes and then ends', () => round`
  … may not post
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  ana: (the right answer)
  … 9s
  … no edits
  … 7s
  bot to ana: The round waits five minutes for that to change
  … edits again
  … 20s
  bot: Question 2 of 3
  … no edits
  … 6m
  ana: /quiz status
  bot to ana: No round is running in this channel.
`);

test('if the host cancels the lobby, the message says that the round was cancelled', () => round`
  … may not post
  ana: /quiz group
  ana: (Cancel round)
  bot: The round was cancelled before it began.
`);
