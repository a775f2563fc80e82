import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('/event shows the best matching entry, with the source and the paragraph', () => conversation`
  ana: /event rasht
  bot: Rasht–Astara railway agreement
  ana: /event 17 may 2023
  bot: 17 May 2023
  ana: /event bishkek
  bot: 13 September 2013
  ana: /event bishkek
  bot: reported in the article
  ana: /event bishkek
  bot: paragraph 2
`);

test('if the article and the public record give different dates, /event shows both', () => conversation`
  ana: /event putin in tehran
  bot: Date 21 June 2022 in the article; 19 July 2022 by the public record
  ana: /event putin in tehran
  bot: Editor’s note C01
`);

test('with private:true only the member who asked sees the card of /event', () => conversation`
  ana: /event rasht private:true
  bot to ana: Rasht–Astara railway agreement
  bot does not say: Rasht–Astara railway agreement
`);

test('if several entries match equally well, /event shows a button for each of them', () => conversation`
  ana: /event meeting
  bot to ana: Which one did you mean?
  ana: (Bishkek meeting of the two leaders)
  bot to ana: 13 September 2013
`);

test('if no entry matches, /event says that nothing was found', () => conversation`
  ana: /event pizza recipe
  bot to ana: There is nothing about “pizza recipe” in the fact base.
`);

test('if no event matches, /event shows a matching entry of another kind', () => conversation`
  ana: /event jalal sadatian
  bot: Sadatian
`);

test('an empty query gets an error message, and a very long query is shortened', () => conversation`
  ana: /event about:
  bot to ana: Nothing was typed to look for.
  ana: /event ${'rasht '.repeat(1000)}
  bot: Only the first 100 characters and 12 words were searched.
  ana: /event ${'x'.repeat(6000)}
  bot to ana: There is nothing about
`);

test('autocomplete suggests entries for an empty query, and matching entries when a query is typed', () => conversation`
  ana types: /event about:
  bot suggests: Rasht–Astara railway agreement
  ana types: /event about:sama
  bot suggests: Samarkand
  ana types: /dispute about:isl
  bot suggests: islands
  ana: /event id:rasht-astara-railway-agreement
  bot: Rasht–Astara railway agreement
  ana: /event id:rasht
  bot: Place · reported in the article
`);

test('/dispute shows the statements of all sides of a dispute together', () => conversation`
  ana: /dispute three islands
  bot: What it is about
  ana: /dispute did russia help the nuclear agreement
  bot: claimed by Mohammad Javad Zarif
`);

test('/fact finds claims, figures and people', () => conversation`
  ana: /fact trade growth 2021
  bot: 81
  ana: /fact zarif
  bot: Role at the time
`);

test('/fact without a query shows an entry with its source', () => conversation`
  ana: /fact
  bot: Source:
`);

test('/fact without a query still shows an entry when the disk is full', () => conversation`
  … disk full
  ana: /fact
  bot: Source:
`);

test('the buttons of a card show the sources, show related entries and start a quiz', () => conversation`
  ana: /event rasht
  ben: (Sources)
  bot to ben: TASS
  ben: (Astara)
  bot to ben: Place · reported in the article
  cem: (Quiz me on this)
  bot to cem: Question 1 of
`);

test('a press on an outdated or unknown button gets a reply that explains the problem', () => conversation`
  ana: (fact:show:no-such-entry)
  bot to ana: no longer in the fact base
  ana: (fact:old-button:x)
  bot to ana: from an earlier version
  ana: (constructor:constructor:1)
  bot to ana: from an earlier version
  ana: (quiz:answer:gone:0:1)
  bot to ana: That question is closed.
`);

test('/timeline sorts events by the dates in the public record and splits them into pages', () => conversation`
  ana: /timeline from:2022 to:2023
  bot: 19 July 2022*
  ana: (Later)
  bot: page 2 of
  ben: (Earlier)
  bot to ben: page 1 of
  ana: /timeline from:2023 to:2013
  bot to ana: The span runs backwards: 2023 is after 2013.
  ana: /timeline from:1950 to:1960
  bot to ana: no dated event in that span
  ana: /timeline topic:cooking
  bot to ana: There is no topic “cooking”.
  ana types: /timeline topic:arm
  bot suggests: Arms
`);

test('/help lists the commands and explains source labels such as "claimed by"', () => conversation`
  ana: /help
  bot to ana: /quiz group Open a round for everybody in this channel
  ana: /help
  bot to ana: claimed by …: the article says that somebody says so.
`);

test('a reply shows links, mentions and direction marks from the query as plain text', () => conversation`
  ana: /event xyzzy @everyone ${'\u202e'}[link](http://example.org)
  bot to ana: There is nothing about “xyzzy @everyone [link](http://example.org)”
`);
