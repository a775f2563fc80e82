/** Tests the scoring styles, the host's controls, and the pace of group rounds (who opens the next question). */
import { test } from 'vitest';
import { conversationWith } from '../support/conversation/conversation.ts';
import { bankOf, lettered } from '../support/questions.ts';

const round = conversationWith({ bank: bankOf(...['one', 'two', 'three', 'four'].map((id) => lettered(id))) });

test('in style "study", slow right answers earn the same points as fast right answers', () => round`
  ana: /quiz group questions:3 seconds:20
  bot: All who are right get the same points
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  … 15s
  ben: (the right answer)
  … 1s
  ana: /quiz stop
  bot: Podium
`);

test('in style "speed", a fast right answer earns up to 50 % more points', () => round`
  ana: /quiz group questions:3 seconds:20 style:speed
  bot: Being right counts, and being quick adds up to half as much
  ben: (Join)
  ana: (Start now)
  … 2s
  ana: (the right answer)
  … 8s
  ben: (the right answer)
  … 8s
  ana: /quiz stop
  bot: 1. ana · 22 points
  bot: 2. ben · 19 points
`);

test('in style "speed", a right answer gets no bonus if nobody can read the question so fast, and the member is told why', () => round`
  ana: /quiz group questions:3 seconds:20 style:speed
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  … 2s
  ben: (the right answer)
  … 16s
  ana: (the right answer)
  bot to ana: Previous question: ✔ right, +15 points. No speed bonus: that was faster than the question can be read.
  ana: /quiz stop
  bot to ana: No speed bonus for question 1: faster than the question can be read.
`);

test('if a member answers the same question right in two rounds, the reply in the second round says that only half of the points count on the leaderboard', () => round`
  ana: /quiz solo questions:4
  ana: (the right answer)
  ana: (Next)
  ana: (the right answer)
  ana: (Next)
  ana: (the right answer)
  ana: (Next)
  ana: (the right answer)
  ana: (See the result)
  bot to ana: 4 of 4 right
  ana: /profile
  bot to ana: All time 60 points
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (the right answer)
  … 16s
  ana: (the right answer)
  bot to ana: Previous question: ✔ right, +15 points. Half points on the leaderboard: you answered this one right before, within 30 days.
  ben: (the right answer)
  bot to ben: Previous question: ✔ right, +15 points.
  ana: /quiz stop
  bot to ana: Half points on the leaderboard for question 1: answered right before, within 30 days.
  ana: /profile
  bot to ana: All time 68 points
  ana: /help
  ana: (Scores)
  bot to ana: On leaderboards your first right answer to a question brings all its points
`);

test('in style "first", only the first right answer earns points, and a wrong answer is final', () => round`
  ana: /quiz group questions:3 seconds:20 style:first
  bot: A race
  ben: (Join)
  cem: (Join)
  ana: (Start now)
  bot: You have 20 seconds · answers are private · a race: the first right answer takes the points, a wrong one puts you out
  … 1s
  ben: (a wrong answer)
  bot to ben: you are out until the next question.
  ben: (the right answer)
  bot to ben: The first answer is final.
  … 1s
  cem: (the right answer)
  bot to cem: Locked A · 2.0 s. You are right. If nobody was right before you, the points are yours; that is known in a moment.
  … 500ms
  ana: (the right answer)
  bot to ana: Too late by 0.5 s: not counted.
  ana 700ms ago: (the right answer)
  bot to ana: You are right. If nobody was right before you, the points are yours
  … 1s
  bot: First: ana
  ana: /quiz stop
  bot: 1. ana · 15 points
`);

test('with pace:host, the next question is posted when the host or a moderator presses "Next"', () => round`
  ana: /quiz group questions:3 seconds:10 pace:host
  bot: The host opens each question after the first.
  ben: (Join)
  ana: (Start now)
  ben: (Host controls)
  bot to ben: Only the host, <@id-ana>, can do that.
  ana: (Host controls)
  bot to ana: Host controls · Question 1 of 3 is open, 0 answered
  ben: (the right answer)
  … 12s
  bot: Answered right: ben
  … 60s
  ana: (Host controls)
  bot to ana: Question 1 of 3 is over, 1 answered
  ana: (Next)
  bot: Question 2 of 3
  ana: (Add 15 s)
  … 20s
  ben: (the right answer)
  bot to ben: Locked
  … 10s
  bot: Answered right: ben
  moderator: (Host controls)
  moderator: (Next)
  bot: Question 3 of 3
`);

test('with pace:host, answers to a question that the host skips earn no points', () => round`
  ana: /quiz group questions:3 seconds:10 pace:host
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  ana: (Host controls)
  ana: (Skip question)
  bot: Skipped by the host: this question counts for nobody.
  bot to ben: Question 1: you answered A. The question was skipped, so this does not count.
  ana: (End round)
  bot to ana: Host controls · The round is over.
  bot to ben: The round was stopped. Question 1 was skipped, so your answer A does not count.
  bot: Nobody has points this time.
`);

test('if a question was skipped, the podium says how many questions counted, and the result of each player says which question was skipped', () => round`
  ana: /quiz group questions:3 seconds:10 pace:host
  ben: (Join)
  ana: (Start now)
  ben: (the right answer)
  … 12s
  bot: The host, ana, goes on with Next under Host controls.
  ana: (Host controls)
  ana: (Next)
  bot: Question 2 of 3
  ana: (Skip question)
  bot: Skipped by the host
  ana: (Next)
  bot: Question 3 of 3
  ben: (a wrong answer)
  ana: (a wrong answer)
  … 12s
  bot: The host, ana, shows the result with Next under Host controls.
  ana: (Host controls)
  ana: (Next)
  bot: Podium / That was the last question. 2 of 3 questions counted; one was skipped.
  ben: (My result)
  bot to ben: 1 of 2 right / ✔ question 1 · ✘ question 3 · skipped by the host, does not count: question 2
  ana: (My result)
  bot to ana: 0 of 1 right / ✘ question 3 · not answered: question 1 · skipped by the host, does not count: question 2
`);

test('/quiz status says how many seconds are left to answer the open question', () => round`
  ana: /quiz group questions:3 seconds:20
  ana: (Start now)
  … 5s
  ben: /quiz status
  bot to ben: Time left to answer: 15 seconds.
  … 15500ms
  ben: /quiz status
  bot to ben: question 1 of 3
  bot was not heard: Time left
`);

test('with pace:host, if nobody answers three questions in a row, the third question says that "Next" now shows the result of the round', () => round`
  ana: /quiz group questions:4 seconds:10 pace:host
  ana: (Start now)
  … 12s
  ana: (Host controls)
  ana: (Next)
  … 12s
  bot: goes on with Next under Host controls.
  ana: (Host controls)
  ana: (Next)
  … 12s
  bot: shows the result with Next under Host controls.
  ana: (Host controls)
  ana: (Next)
  bot: Podium / Nobody answered three questions in a row
`);

test('with pace:host, the button "Pause" stops the round after the open question until the host presses "Next"', () => round`
  ana: /quiz group questions:3 seconds:10 pace:host
  ben: (Join)
  ana: (Start now)
  ana: (Host controls)
  bot to ana: Skip question: the question then counts for nobody.
  ana: (Pause)
  bot to ana: Question 1 of 3 is open
  ana: (Do not pause)
  ana: (Pause)
  … 12s
  bot: The round pauses after this question.
  ana: (Host controls)
  ana: (Next)
  bot: The round is paused.
  ben: /quiz status
  bot to ben: The round is paused.
  … 10m
  ana: (Host controls)
  ana: (Next)
  bot: Question 2 of 3
`);

test('with pace:host, the round ends if it is paused for half an hour', () => round`
  ana: /quiz group questions:3 seconds:10 pace:host
  ana: (Start now)
  … 12s
  ana: (Host controls)
  ana: (Pause)
  bot: The round is paused.
  … 31m
  bot: The round was paused for half an hour, so it ends here.
`);

test('with pace:host, outdated host controls have no effect', () => round`
  ana: /quiz group questions:3 seconds:10 pace:host
  ben: (Join)
  ana: (Start now)
  ana: (Host controls)
  … 12s
  ana: (Skip question)
  bot to ana: That came too late; the round stands like this now.
  … 6m
  bot: Question 2 of 3
`);

test('in style "first", a host or moderator whose answer was wrong cannot skip the question', () => round`
  ana: /quiz group questions:3 seconds:20 pace:host style:first
  moderator: (Join)
  ben: (Join)
  ana: (Start now)
  ana: (Host controls)
  ana: (a wrong answer)
  ana: (Skip question)
  bot to ana: Your answer was wrong, so you cannot skip this question
  moderator: (a wrong answer)
  moderator: (Host controls)
  moderator: (Skip question)
  bot to moderator: Your answer was wrong, so you cannot skip this question
  ben: (the right answer)
  bot to ben: You are right. If nobody was right before you, the points are yours
  … 2s
  ana: (Host controls)
  ana: (Next)
  bot: Question 2 of 3
  ana: (Host controls)
  ana: (Skip question)
  bot: Skipped by the host
`);

test('in style "study", a host whose answer was wrong can skip the question', () => round`
  ana: /quiz group questions:3 seconds:20 pace:host
  ben: (Join)
  ana: (Start now)
  ana: (a wrong answer)
  ana: (Host controls)
  ana: (Skip question)
  bot: Skipped by the host
`);
