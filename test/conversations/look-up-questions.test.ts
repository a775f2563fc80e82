/** Tests look-ups that are typed as questions, and that a card is shown only if it has what the question asks for. */
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

test('a question for things of a kind gets a card only if a name of the entry has the word for the kind', () => conversation`
  ana: /fact towns in iran
  bot to ana: Several entries fit “towns in iran”. Which one did you mean?
  ana: /event wars
  bot to ana: Several entries fit “wars”. Which one did you mean? / - War in Ukraine
  ana: /fact treaties with russia
  bot to ana: Several entries fit “treaties with russia”. Which one did you mean? / - Long-term strategic cooperation treaty
  ana: /fact western countries
  bot: The West
  ana: /dispute S-300 missiles
  bot: The Syrian issue
`);

test('a grammar word that is also a word of another language is ignored only beside a grammar word of its language', () => conversation`
  ana: /event Was war in Bischkek?
  bot: Bishkek meeting of the two leaders
  ana: /fact Kannst du mir die drei Inseln erklären
  bot: The three disputed islands
  ana: /fact mir cards in iran
  bot to ana: Which one did you mean?
`);
