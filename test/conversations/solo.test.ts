import { test } from 'vitest';
import { conversation, conversationWith } from '../support/conversation/conversation.ts';
import { bankOf, lettered } from '../support/questions.ts';

test('all messages of a solo round are visible only to its player', () => conversation`
  ana: /quiz solo questions:3
  bot to ana: Take your time; this round has no time limit. Your first answer is final.
  bot to ana: Only you see this round, but it counts like a group round: in your profile and on leaderboards.
  bot to ana: Question 1 of 3
  ana: (the right answer)
  bot to ana: Right:
  ana: (Next)
  bot to ana: Question 2 of 3
  ana: (a wrong answer)
  bot to ana: Not this time
  ana: (Next)
  ana: (the right answer)
  bot to ana: 2 of 3 right. The one you missed comes once more, and that answer counts on leaderboards too. End round leaves it out and keeps your points.
  ana: (Repeat it)
  bot to ana: Once more, what you missed: 1 of 1
  ana: (the right answer)
  ana: (See the result)
  bot to ana: 2 of 3 right · 25 points / Once more: 1 of 1 right · 15 points / In all: 40 points
  bot to ana: Right when it came once more.
  ana: /profile
  bot to ana: 3 of 4 answers right
`);

test('a wrong answer in a solo round is marked, and the result lists the question with the wrong and the right answer', () => conversation`
  ana: /quiz solo questions:3
  ana: (a wrong answer)
  bot to ana: Not this time
  bot to ana: ✘
  bot to ana: — your answer
  ana: (End round)
  bot to ana: You stopped after 1 of 3 questions; the others do not count. / 0 of 1 right · 0 points / What you missed: 1 question
  bot was not heard: Right when it came once more
  bot to ana: Right answer:
  bot to ana: Your answer:
  ana: (New round)
  bot to ana: Question 1 of 3
`);

test('an unfinished solo round can be resumed, even after a restart', () => conversation`
  ana: /quiz solo questions:3
  ana: (the right answer)
  ana: (Next)
  … restart
  ana: /quiz solo
  bot to ana: You have a solo round open, at question 2 of 3. Resume goes on with it; New ends it and starts another one. What you answered counts either way.
  ana: (Resume)
  bot to ana: Question 2 of 3
  ana: /quiz solo questions:4
  ana: (New)
  bot to ana: Question 1 of 4
`);

test('if an unfinished solo round has begun to repeat the missed questions, the message about the unfinished round says so', () => conversation`
  ana: /quiz solo questions:3
  ana: (a wrong answer)
  ana: (Next)
  ana: (the right answer)
  ana: (Next)
  ana: (a wrong answer)
  bot to ana: The 2 you missed come once more, and those answers count on leaderboards too.
  ana: (Repeat the 2)
  ana: /quiz solo
  bot to ana: You have a solo round open, repeating what you missed. Resume
`);

test('a player can end a solo round early, and keeps the points for the answers so far', () => conversation`
  ana: /quiz solo questions:3
  ana: (the right answer)
  ana: (End round)
  bot to ana: 1 of 1 right
  ana: /quiz solo questions:3
  bot to ana: Question 1 of 3
`);

test('the button "Quiz me" on a card starts a solo round, and /quiz stop ends that round', () => conversation`
  ana: /event rasht
  ana: (Quiz me)
  bot to ana: 5 questions about “Rasht–Astara railway agreement” and related entries. / Question 1 of 5
  ana: /quiz stop
  bot to ana: You stopped before you answered a question. / You have no points this time.
  bot to ana: The round is stopped. What you answered counts.
  bot was not heard: Nobody
`);

const six = ['one', 'two', 'three', 'four', 'five', 'six'] as const;
const lines = conversationWith({ bank: bankOf(...six.map((id) => lettered(id))) });

test('in a timed solo round, the right answer is shown when the time for a question is over', () => lines`
  ana: /quiz solo questions:3 timed:yes
  bot to ana: You have 12 seconds. Longer questions have more time. Your first answer is final.
  … 16s
  bot to ana: No answer.
  ana: (Next)
  … 14700ms
  ana 200ms ago: (A)
  bot to ana: Too late by 0.5 s: not counted. / Question 2 of 3
  ana: (Next)
  ana: (the right answer)
  bot to ana: Right:
  bot to ana: The 2 you missed come once more, and those answers count on leaderboards too.
`);

test('if a member chose more time in /me settings, the time is longer in timed solo rounds but not in group rounds', () => lines`
  ana: /me settings
  ana: (2 × time to answer)
  ana: /quiz solo questions:3 timed:yes
  bot to ana: You have 24 seconds.
  ana: /quiz stop
  ana: /quiz group questions:3
  ana: (Start now)
  bot: You have 12 seconds
`);

test('if a player stops a solo round, a note replaces the open question', () => lines`
  ana: /quiz solo questions:3
  ana: (the right answer)
  ana: (Next)
  ana: /quiz stop
  bot to ana: 1 of 1 right
  bot to ana: The round is stopped.
  ana: (an answer to question 2)
  bot to ana: That question is closed. Type /quiz group or /quiz solo for a new round.
`);

test('a solo round prefers questions that its player has not been asked before', () => lines`
  ana: /quiz solo questions:3
  ana: (the right answer)
  ana: (Next)
  ana: (the right answer)
  ana: (Next)
  ana: (the right answer)
  ana: (See the result)
  … note the questions asked
  ana: /quiz solo questions:3
  bot to ana: a new question
  ana: (the right answer)
  ana: (Next)
  bot to ana: a new question
  ana: (the right answer)
  ana: (Next)
  bot to ana: a new question
`);

test('a group round prefers questions that its players have not been asked before', () => lines`
  ben: /quiz solo questions:3
  ben: (the right answer)
  ben: (Next)
  ben: (the right answer)
  ben: (Next)
  ben: (the right answer)
  ben: (See the result)
  … note the questions asked
  … restart
  ana: /quiz group questions:3
  ben: (Join)
  ana: (Start now)
  bot: a new question
`);
