/** Tests a second server that uses a second pack. The second pack is about another subject than the first. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('/event in the second server shows events of the second pack', () => conversation`
  club-ana: /event amundsen at the south pole
  bot: Amundsen’s arrival at the South Pole
  club-ana: /event 14 december 1911
  bot: reported in the article
  club-ana: /event cook 1908
  bot: claimed by Frederick Cook
  club-ana: /event verdict of copenhagen
  bot: Date: 21 December 1909 in the public record; the article says December 1909
`);

test('/dispute shows the statements of both sides of a dispute of the second pack', () => conversation`
  club-ana: /dispute cook or peary
  bot: He was there on 21 April 1908
  club-ana: /dispute cook or peary
  bot: He was there on 6 April 1909
  club-ana: /dispute cook or peary
  bot: Claimed by National Geographic Society
`);

test('the second pack has figures, a timeline, and statements that are not from its article', () => conversation`
  club-ana: /dispute about:byrd over the north pole side:Dennis Rawlins
  bot: - Dennis Rawlins · [The New York Times in the Sun-Sentinel, 10 May 1996](
  club-ana: /event antarctic treaty
  bot: Since then (public record)
  club-ana: /fact shackleton live donkey
  bot: Shackleton
  club-ana: /fact length of a nautical mile
  bot: 1,852 metres
  club-ana: /timeline from:1895 to:1900
  bot: April 1895
  club-ana: /timeline from:1960 to:2000
  bot: 23 June 1961 Antarctic Treaty in force ‡
`);

test('a query finds the right entry even if a name is misspelt or written in another script', () => conversation`
  club-ana: /fact Амундсен
  bot: Roald Amundsen
  club-ana: /fact آموندسن
  bot: Roald Amundsen
  club-ana: /fact amunsden
  bot: Roald Amundsen
  club-ana: /fact Папанин
  bot: Drifting station near the North Pole
  club-ana: /fact shakleton
  bot: Ernest Shackleton
  club-ana: /fact what did balchen say about byrd
  bot: too slow
`);

test('autocomplete suggests only entries and topics from the pack of the server', () => conversation`
  club-ana types: /event about:
  bot suggests: Amundsen’s arrival at the South Pole
  club-ana types: /event about:norg
  bot suggests: Flight of the airship Norge
  club-ana types: /event about:samark
  bot suggests nothing:
  club-ana types: /quiz group topic:
  bot suggests: By air and under the ice
  ana types: /event about:nautilus
  bot suggests nothing:
  dm-ana types: /event about:
  bot suggests: Rasht–Astara railway agreement
`);

test('a group round in the second server continues after a restart, and only the leaderboard of that server shows its points', () => conversation`
  club-ana: /quiz group questions:3 seconds:20 topic:south
  club-ben: (Join)
  club-ana: (Start now)
  bot: Question 1 of 3
  club-ben: (the right answer)
  bot to club-ben: Locked
  … restart
  bot: Back again
  club-ana: (a wrong answer)
  bot to club-ana: Locked
  … 20s
  bot: Question 2 of 3
  club-ana: /quiz stop
  club-ana: /leaderboard
  bot: 1. club-ben
  ana: /leaderboard
  bot: Nobody has answered a question in the chosen time
`);

test('two servers can have rounds at the same time, each with its own pack', () => conversation`
  club-ana: /quiz group topic:flight questions:3
  bot: By air and under the ice
  club-ana: (Start now)
  bot: Question 1 of 3
  ana: /quiz group topic:nuclear questions:3
  bot: The nuclear agreement
  club-ana: /quiz status
  bot to club-ana: By air and under the ice
  ana: /quiz status
  bot to ana: The nuclear agreement
  club-ana: /quiz group topic:nuclear
  bot to club-ana: There is no topic “nuclear”.
`);
