/** Tests look-ups that are typed as questions. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('a question for an amount gets a card only if the entry has an amount', () => conversation`
  ana: /fact how many drones did russia get
  bot to ana: Which one did you mean? / - White House: hundreds of attack drones
  ana: /fact wie viele Drohnen baut Russland
  bot to ana: Which one did you mean?
  ana: /fact how many billion was the trade in 2021
  bot: Trade volume in 2021
  ana: /fact сколько дронов
  bot: White House: hundreds of attack drones
`);

test('a grammar word that is also a word of another language is ignored only beside a grammar word of its language', () => conversation`
  ana: /event Was war in Bischkek?
  bot: Bishkek meeting of the two leaders
  ana: /fact Kannst du mir die drei Inseln erklären
  bot: The three disputed islands
  ana: /fact mir cards in iran
  bot to ana: Which one did you mean?
`);
