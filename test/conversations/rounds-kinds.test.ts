/** Tests questions without lettered options: true-or-false questions, and questions whose answer is a typed year. */
import { test } from 'vitest';
import { conversationWith } from '../support/conversation/conversation.ts';
import { bankOf, closestYear, lettered, trueFalse } from '../support/questions.ts';

const years = conversationWith({ bank: bankOf(closestYear) });
const statements = conversationWith({ bank: bankOf(trueFalse) });
const ask = 'Which of these does the article NOT say?';
const notSaid = conversationWith({ bank: bankOf(lettered('one', { kind: 'not-said', ask })) });

test('a typed year earns more points if it is closer to the right year', () => years`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  cem: (Join)
  ana: (Start now)
  bot: The closer, the more points: 10 for the exact year
  … 3s
  ana types into (Type a year): 2023
  bot to ana: Locked 2023. Your answer is final.
  ben types into (Type a year):  ۲۰۲۱
  bot to ben: Locked 2021
  cem types into (Type a year): 1990
  bot to cem: Locked 1990
  bot does not say: 2023
  … 3s
  bot: ✔ 2023 — the right answer / Closest answers / ana: 2023, exact · 10 points / ben: 2021, 2 years off · 4 points / cem: 1990, 33 years off · 0 points
  … 7s
  bot: ana · 10 points · 1 of 1 right
  ana: /leaderboard
  bot: 1. ana · 10 points · 1 of 1 answer right
  ben: /leaderboard
  bot: 2. ben · 4 points · 0 of 1 answer right
`);

test('in a solo round, the button "Type a year" on an outdated card shows the current card', () => years`
  ana: /quiz solo questions:3
  ana types into (Type a year): 2023
  bot to ana: Right: you said 2023.
  ana: (an answer to question 1)
  bot to ana: Right: you said 2023.
  ana: (See the result)
  bot to ana: Your round
`);

test('a player who types something that is not a year can try again, but the first valid year is final', () => years`
  ana: /quiz group questions:3 seconds:30
  ben: (Join)
  ana: (Start now)
  ana types into (Type a year): abc
  bot to ana: “abc” is no year.
  ana types into (Type a year): 99999
  bot to ana: “99999” is no year. Press Type a year again and write digits, such as 1987.
  ana types into (Type a year): 2020
  bot to ana: Locked 2020
  ana: (Type a year)
  bot to ana: Your answer is 2020. The first answer is final.
`);

test('a year that is sent after the time limit is not accepted', () => years`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ben: (Type a year)
  … 10500ms
  ben sends: 2023
  bot to ben: Too late by 0.5 s: not counted.
  … 1s
  bot: Nobody answered.
`);

test('in a solo round, the reveal says by how many years the typed year was wrong', () => years`
  ana: /quiz solo questions:3
  ana types into (Type a year): soon
  bot to ana: “soon” is no year.
  ana types into (Type a year): 2024
  bot to ana: You said 2024: 1 year off, 7 points.
  bot to ana: The one you missed comes once more, and that answer counts on leaderboards too.
  ana: (Repeat it)
  bot to ana: Once more, what you missed: 1 of 1
  ana types into (Type a year): 2023
  ana: (See the result)
  bot to ana: 0 of 1 right · 7 points / Once more: 1 of 1 right · 10 points / In all: 17 points / Half points on the leaderboard for question 2
  bot to ana: A right answer brings 10 (easy), 15 (medium) or 20 (hard) points, a typed year up to 10, also when the question comes once more.
  ana: /profile
  bot to ana: 12 points
`);

test('a true-or-false question has a button "True" and a button "False"', () => statements`
  ana: /quiz group questions:3 seconds:20
  ben: (Join)
  ana: (Start now)
  ana: (True)
  bot to ana: Locked True
  ana: (False)
  bot to ana: Your answer is True.
  ben: (False)
  bot to ben: Locked False
  cem: (False)
  … 6s
  bot: ✔ True — the right answer / ███░░░░░░░ 1 (33 %) / False / ███████░░░ 2 (67 %)
  bot: Answered right: ana
`);

test('if a question asks what the article does not say, the source line of its reveal shows in which paragraphs the article reports the other answers', () => notSaid`
  ana: /quiz solo questions:3
  ana: (A)
  bot to ana: The article says so. / The other answers: reported in the article · paragraph 14
`);
