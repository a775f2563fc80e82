import { test } from 'vitest';
import { conversation } from '../support/conversation.ts';

test('a solo round is private from the first question to the result', () => conversation`
  ana: /quiz solo questions:3
  bot to ana: Question 1 of 3
  ana: (the right answer)
  bot to ana: Right:
  ana: (Next)
  bot to ana: Question 2 of 3
  ana: (a wrong answer)
  bot to ana: Not this time
  ana: (Next)
  ana: (the right answer)
  bot to ana: The one you missed comes once more.
  ana: (Next)
  bot to ana: Once more: 1 of 1 you missed
  ana: (the right answer)
  ana: (See the result)
  bot to ana: 2 of 3 right / Once more: 1 of 1 right
  ana: /profile
  bot to ana: 3 of 4 answers right
`);

test('an unfinished solo round is offered again, also after a restart', () => conversation`
  ana: /quiz solo questions:3
  ana: (the right answer)
  ana: (Next)
  … restart
  ana: /quiz solo
  bot to ana: You have a solo round open, at question 2 of 3.
  ana: (Resume)
  bot to ana: Question 2 of 3
  ana: /quiz solo questions:4
  ana: (New)
  bot to ana: Question 1 of 4
`);

test('a solo round can be ended early, and what was answered counts', () => conversation`
  ana: /quiz solo questions:3
  ana: (the right answer)
  ana: (End)
  bot to ana: 1 of 1 right
  ana: /quiz solo questions:3
  bot to ana: Question 1 of 3
`);

test('nobody plays another member’s solo round', () => conversation`
  ana: /event rasht
  ana: (Quiz me on this)
  bot to ana: Question 1 of
  ana: /quiz stop
  bot to ana: The round is stopped.
`);
