import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('/event shows the entry that matches best, with its source and paragraph', () => conversation`
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

test('if the article and the public record give different dates, the card of /event shows both, and "More" shows the editor’s note about them', () => conversation`
  ana: /event putin in tehran
  bot: Date: 19 July 2022 in the public record; the article says 21 June 2022
  ana: /event putin in tehran
  bot does not say: Editor’s note
  ana: (More)
  bot to ana: Editor’s note: The public record dates Putin’s visit to Tehran to 19 July 2022.
`);

test('with private:true, only the member who used /event sees the card', () => conversation`
  ana: /event rasht private:true
  bot to ana: Rasht–Astara railway agreement
  bot does not say: Rasht–Astara railway agreement
`);

test('if several entries match equally well, /event shows a button for each of them', () => conversation`
  ana: /event meeting
  bot to ana: Which one did you mean?
  ana: (Sixth Russia–Gulf ministerial meeting)
  bot to ana: 10 July 2022
`);

test('if nothing is found for a query of several words, the reply offers entries that match some of the words', () => conversation`
  ana: /event putin in kazan with pezeshkian brics
  bot to ana: Nothing was found about “putin in kazan with pezeshkian brics”. The closest entries, perhaps about something else: / - Vladimir Putin · person / - Iran joins BRICS · event in the public record
`);

test('if no entry matches exactly, /event offers the most similar entries', () => conversation`
  ana: /event suz canal
  bot to ana: Nothing was found about “suz canal”. The closest entries, perhaps about something else: / - Suez Canal
  ana: (Suez Canal)
  bot to ana: Suez Canal
`);

test('if no entry matches, /fact shows no card, and offers entries only if some are similar', () => conversation`
  ana: /fact OPEC
  bot to ana: Nothing was found about “OPEC”.
  ana: /fact INSTEX
  bot to ana: Nothing was found about “INSTEX”.
  ana: /fact CSTO
  bot to ana: Nothing was found about “CSTO”. The closest entries, perhaps about something else:
  ana: /fact population of iran
  bot to ana: Nothing was found about “population of iran”.
  ana: /fact ayatollah khamenei
  bot to ana: These entries are closest to
`);

test('if no entry matches, /event says that nothing was found', () => conversation`
  ana: /event pizza recipe
  bot to ana: Nothing was found about “pizza recipe”.
`);

test('if no event matches, /event shows a matching entry of another kind', () => conversation`
  ana: /event jalal sadatian
  bot: Sadatian
`);

test('/event refuses an empty query, and searches only the beginning of a very long query', () => conversation`
  ana: /event about:
  bot to ana: Nothing was typed to look for.
  ana: /event ${'rasht '.repeat(1000)}
  bot: Only the first 100 characters and 12 words were searched.
  ana: /event ${'x'.repeat(6000)}
  bot to ana: Nothing was found about
`);

test('autocomplete suggests some entries before anything is typed, and then entries that match the typed text', () => conversation`
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
  bot: The three disputed islands
  ana: (More)
  bot to ana: > “
  ana: /dispute did russia help the nuclear agreement
  bot: Claimed by Mohammad Javad Zarif
`);

test('if the article does not give the positions of some sides of a dispute, one line of the card lists these sides; the positions from the public record follow below this line', () => conversation`
  ana: /dispute three islands
  bot: Russia / - Reported in the article, paragraph 7: Supported the position of the Gulf countries, which the article does not describe, at the sixth Russia–Gulf ministerial meeting. / The article does not say what the position of Iran, United Arab Emirates, or Gulf countries is.
  bot was not heard: this side’s own position
  ana: /dispute three islands
  bot: Foreign Minister Abdullah bin Zayed, at the UN, [28 September 2012]
`);

test('/dispute shows the positions from the article first, and then positions from the public record with speaker and date', () => conversation`
  ana: /dispute caspian sea division
  bot: The article does not say what the position of Russia or Iran is.
  ana: /dispute caspian sea division
  bot: From the public record, not from the article
  ana: /dispute caspian sea division
  bot: Foreign Minister Zarif, [15 August 2018](
  ana: (More)
  bot to ana: In full: what the first card shortens or leaves out.
  bot to ana: Ambassador Jalali · [Mehr, 10 August 2021](
  ana: /dispute caspian sea division
  ana: (Sources)
  bot to ana: Foreign Minister Zarif: Asks for a fifth of the seabed; baselines and seabed are still to be negotiated. / - [Financial Tribune
  bot was not heard: Iran had long held
`);

test('with the option "side", /dispute shows only that side; if the side is unknown, the reply lists the sides', () => conversation`
  ana: /dispute about:kuril islands side:tokyo
  bot: Japan
  bot does not say: Regards the islands as lawfully its own
  ana: /dispute about:kuril islands side:tokyo
  bot: Only the position of Japan. / The article does not say what this side’s own position is. / From the public record
  ben: (All sides)
  bot to ben: Russia
  ben: (Sources)
  bot to ben: Sources:
  ana: (Remove for all)
  ana: /dispute about:kuril islands side:norway
  bot to ana: “norway” is no side of this dispute. Its sides are Russia, Japan
  ana: /dispute about:bishkek side:russia
  bot to ana: is no dispute and has no sides
  ana types: /dispute about:id:kuril-islands side:
  bot suggests: Japan
`);

test('the card of an event says what happened after the article was written', () => conversation`
  ana: /event strategic partnership treaty
  bot: Since then (public record): Putin and Iran’s President Pezeshkian signed the twenty-year treaty on 17 January 2025
`);

test('/fact explains a term, and cards that use the term have a button for the explanation', () => conversation`
  ana: /fact snapback clause
  bot: Term · from the public record, not from the article
  ana: /event nuclear agreement
  bot: Nuclear agreement (JCPOA)
  ana: (JCPOA explained)
  bot to ana: the agreement of 14 July 2015
`);

test('/event also finds events that the article does not mention, and the card says that they come from the public record', () => conversation`
  ana: /event aktau
  bot: Event · from the public record, not from the article
  ana: (Sources)
  bot to ana: TASS, 12 August 2018
`);

test('/fact finds claims, figures and people', () => conversation`
  ana: /fact trade growth 2021
  bot: 81
  ana: /fact zarif
  bot: Mohammad Javad Zarif / Person
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

test('the components of a card show its sources, open a related entry and start a quiz', () => conversation`
  ana: /event rasht
  ben: (Sources)
  bot to ben: TASS
  ben: (Astara)
  bot to ben: Place · reported in the article
  cem: (Quiz me)
  bot to cem: about “Rasht–Astara railway agreement” and related entries. / Question 1 of
`);

test('if a member presses an outdated or unknown button, the reply explains the problem', () => conversation`
  ana: (fact:show:no-such-entry)
  bot to ana: The bot no longer has that entry
  ana: (fact:old-button:x)
  bot to ana: from an earlier version
  ana: (constructor:constructor:1)
  bot to ana: from an earlier version
  ana: (quiz:answer:gone:0:1)
  bot to ana: That question is closed.
`);

test('if the date of an event is not from the article, /timeline says so beside the date', () => conversation`
  ana: /timeline from:2022 to:2022
  bot: 19 January 2022 Putin and Raisi in the Kremlin ‡
  ana: /timeline from:2022 to:2022
  bot: page 1 of 1 / ‡ from the public record, not from the article: 5 events. To leave these out: add source:Only the article
  ana: /timeline from:2022 to:2022
  bot: 19 July 2022 Putin’s visit to Tehran in 2022 (in the article: 21 June 2022)
  ana: /timeline from:2015 to:2015
  bot: 14 July 2015 Nuclear agreement (JCPOA) (no date in the article)
`);

test('/timeline source:article shows only events whose date is in the article, and shows the date from the article', () => conversation`
  ana: /timeline source:article
  bot: Timeline · only the article / 10 events · page 1 of 1 / Only events that the article dates; it gives no date for 8 more of its events. Where the public record has another date, it follows in brackets.
  ana: /timeline from:2022 to:2022 source:article
  bot: 21 June 2022 Putin’s visit to Tehran in 2022 (in the public record: 19 July 2022)
  bot does not say: Putin and Raisi in the Kremlin
`);

test('/timeline splits events into pages; if a span of years or a topic gives no events, the reply says why', () => conversation`
  ana: /timeline
  bot: 62 events · page 1 of 7 · to begin with a year: /timeline from:2021
  ana: /timeline to:2024
  bot: page 1 of 6 · to begin with a year: add from:2018 / ‡ from the public record, not from the article: 38 events. To leave these out: add source:Only the article
  ana: /timeline from:2022 to:2023
  bot: page 1 of
  ana: (Next)
  bot: page 2 of
  ben: (Previous)
  bot to ben: page 1 of
  ana: /timeline from:2023 to:2013
  bot to ana: The span runs backwards: 2023 is after 2013.
  ana: /timeline from:1950 to:1960
  bot to ana: No dated event fits all the options that you set. Widen the years, or leave an option out.
  ana: /timeline topic:cooking
  bot to ana: There is no topic “cooking”. The topics are: / - Diplomacy and visits / - The nuclear agreement
  ana types: /timeline topic:arm
  bot suggests: Arms
`);

test('if the article makes a mistake about an entry, the card that is posted in the channel contains the correction', () => conversation`
  ana: /event rasht
  bot: The article is mistaken here: The article puts Rasht and Astara in Iran’s north-east; by the record they lie in Gilan, a north-western province
`);

test('the card of a dispute names the sides whose positions it does not show in full, and says that the button "More" shows the rest', () => conversation`
  ana: /dispute three islands
  bot: More from Iran, United Arab Emirates, and Russia: press More.
  ana: /dispute caspian sea division
  bot: More from all sides: press More.
`);

test('the page "Play" of /help explains options of rounds and how members earn points', () => conversation`
  ana: /help
  ana: (Play)
  bot to ana: Options / - A group round is played in a thread; with /quiz group thread:No, in the channel. / - Only you see a solo round, but it counts on leaderboards too. It has no time limit; with /quiz solo timed:Yes, it has one. / - Joined by mistake? Not answering costs nothing. / - To prepare, look things up: /timeline, /fact. / Points / - A right answer: 10 (easy), 15 (medium) or 20 (hard).
`);

test('/help lists the commands, and its menu opens descriptions of the commands and of the source labels', () => conversation`
  ana: /help
  bot to ana: Try first /fact for something new, /quiz solo to play alone
  ana: /help
  bot to ana: Play /quiz group /quiz solo /quiz status /quiz stop / Scores /leaderboard
  ana: /help
  bot to ana: You /me settings /me show … / This server (managers) /setup show /setup check … / Packs (managers) /pack list /pack import /pack reports …
  ana: /help
  bot to ana: From the article “Russian-Iranian Relations Amid Confrontation with America”, whose text is not in the bot. Author, date and address of the article are unknown. A mistake? Press Report on its card. / Public record: sources other than the article. Editor’s note: by the makers of this bot.
  ana: (Play)
  bot to ana: Play / - /quiz group Start a quiz for everybody in this channel
  ana: /help
  ana: (Scores)
  bot to ana: what you most often get wrong / Scores
  ana: (What the labels mean)
  bot to ana: Every entry says who speaks and in which paragraph
  ana: /help
  ana: (What the labels mean)
  bot to ana: - Reported in the article, claimed by … and the author’s view are in the article. / - From the public record (in notes also “by the record”) is what
  ana: (Look things up)
  bot to ana: Only you see them with the option private, for example /fact private:True; /me settings makes that the default. To set an option, choose the command, then the option in the list above the message field, then its value. This help and lists of several entries are always for you alone, and so is what More, Sources and Quiz me answer on a card. / Remove for all takes the answer away for everybody at once
  ana: (Packs (managers))
  bot to ana: Packs (managers) / A pack is a collection of facts and questions.
  ana: (Back to the overview)
  bot to ana: Try first /fact
`);

test('a reply shows links and mentions from the query as plain text and removes direction marks', () => conversation`
  ana: /event xyzzy @everyone ${'\u202e'}[link](http://example.org)
  bot to ana: Nothing was found about “xyzzy @everyone [link](http://example.org)”
`);

test('/event lists the events of a month, a season or a part of a year in the order of their dates', () => conversation`
  ana: /event events in july 2022
  bot to ana: Found for “events in july 2022”: 2 entries. / - Putin’s visit to Tehran in 2022
  ana: /event summer 2023
  bot to ana: Found for “summer 2023”:
  ana: /event last week of april 2021
  bot to ana: “last week of april 2021”: 2 entries. / - Leak of the Zarif recording
  ana: /event 28 апреля 2021 года
  bot: Leak of the Zarif recording
  ana: /event ۲۷ اردیبهشت ۱۴۰۲
  bot: Rasht–Astara railway agreement
  ana: /event 17/05/23
  bot: Rasht–Astara railway agreement
  ana: /event 17 — 05 — 2023
  bot: Rasht–Astara railway agreement
  ana: /event beginning of 2014
  bot: Trade talks of early 2014
`);

test('full questions, abbreviations and queries in other languages find the right entry', () => conversation`
  ana: /event when did putin go to tehran
  bot: Putin’s visit to Tehran in 2022
  ana: /event Путин в Тегеране
  bot: Putin’s visit to Tehran in 2022
  ana: /dispute Inselstreit
  bot: The three disputed islands
  ana: /fact bourse de Téhéran
  bot: Tehran stock market
  ana: /fact jcpoa
  bot: Nuclear agreement (JCPOA)
  ana: /fact INSTC
  bot: International North–South Transport Corridor
  ana: /fact su-35
  bot: Su-35 fighter agreement
  ana: /fact брюссель хочет сохранить сделку
  bot: EU countries and the nuclear agreement
  ana: /event genby d ntuthfyt
  bot: Putin’s visit to Tehran in 2022
`);
