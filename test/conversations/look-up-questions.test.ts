/** Tests look-ups that are typed as questions. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('if a query asks for an amount, an entry is shown as the answer only if it contains an amount', () => conversation`
  ana: /fact how many drones did russia get
  bot to ana: Which one did you mean? / - White House: hundreds of attack drones
  ana: /fact wie viele Drohnen baut Russland
  bot to ana: Which one did you mean?
  ana: /fact how many billion was the trade in 2021
  bot: Trade volume in 2021
  ana: /fact сколько дронов
  bot: White House: hundreds of attack drones
`);

test('a German stop word that is an ordinary word of another language, such as "war", is ignored only if the query also contains an unambiguous German stop word', () => conversation`
  ana: /event Was war in Bischkek?
  bot: Bishkek meeting of the two leaders
  ana: /fact Kannst du mir die drei Inseln erklären
  bot: The three disputed islands
  ana: /fact mir cards in iran
  bot to ana: Which one did you mean?
`);
