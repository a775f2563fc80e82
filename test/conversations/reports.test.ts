/** Tests how members report questions and entries, and how managers decide about the reports with /pack reports. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

const rivers = `
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
`;

test('a member reports an entry with the button "Report" on its card, and only managers see the report', () => conversation`
  ana: /fact rasht
  ben types into (Report): What is wrong? = It is out of date | In your words = The railway is longer now.
  bot to ben: Reported, thank you. Those who manage this server can read your report.
  bot does not say: Reported, thank you.
  ben: /pack reports
  bot to ben: Only members who may manage this server can use this command.
  manager: /pack reports
  bot to manager: Rasht / Entry · 1 report
  manager: (Rasht)
  bot to manager: 1 report / - It is out of date: The railway is longer now. — ben
`);

test('the card of a reported item shows the text of the item and says what each button does', () => conversation`
  ana: /fact rasht
  ben types into (Report): In your words = x
  manager: /pack reports
  manager: (Rasht)
  bot to manager: Rasht / Entry · 1 report / Rasht is a city in Iran
  bot to manager: Add a note: write a note of this server for the card; the text itself cannot be changed here. The reports of members stay until you delete them. The text comes with the bot, so a note is all that a server can add. / Retire: not asked or shown here any more; it can be brought back. The bot asks first: the reports are deleted for good. / Delete reports: they are dealt with, or nothing is wrong; it is asked and shown as before. The bot asks first.
  manager: (Retire)
  manager: (Retire and delete 1 report)
  bot to manager: The text comes with the bot, so a note is all that a server can add.
  bot was not heard: Retire:
  bot was not heard: Delete reports:
  bot was not heard: for good
  ${rivers}
  ana: /fact volga
  ana types into (Report): In your words = x
  ana: (Quiz me)
  ana: (B)
  ana types into (Report): In your words = x
  manager: /pack reports
  manager: (Volga)
  bot to manager: The Volga flows into the Caspian Sea. It rises in the Valdai Hills.
  bot to manager: To correct the text itself, correct the file of the pack and import it again under the same name.
  manager: (Back to the list)
  manager: (Where does the Volga end, according to the article?)
  bot to manager: Mend and delete reports: write the question, its answers and its explanation anew, for this server only. Sending the form also deletes the reports for good.
`);

test('if a member reports the same item a second time, the second report replaces the first', () => conversation`
  ana: /fact rasht
  ben types into (Report): In your words = first words
  ben types into (Report): In your words = second words
  bot to ben: Your report replaces your earlier one.
  manager: /pack reports
  manager: (Rasht)
  bot to manager: 1 report / - What it says is wrong: second words
  bot was not heard: first words
`);

test('after a question is mended, new rounds show the new wording and the label "mended by this server", but running rounds keep the old wording', () => conversation`
  ${rivers}
  ana: /fact volga
  ana: (Quiz me)
  bot to ana: Where does the Volga end, according to the article?
  ana: (B)
  ana types into (Report): What is wrong? = Several answers are right, or none is | Which answer is it about? = the White Sea
  bot to ana: Reported, thank you.
  manager: /pack reports
  bot to manager: Where does the Volga end, according to the article? / Question · 1 report
  manager: (Where does the Volga end, according to the article?)
  bot to manager: Right answer: the Caspian Sea
  bot to manager: 1 report / - Several answers are right, or none is, about the answer “the White Sea” — ana
  ben: /fact volga
  ben: (Quiz me)
  manager types into (Mend and delete reports): Question = Into which sea does the Volga flow? | Explanation = It reaches the sea near Astrakhan. | Difficulty = 3
  bot to manager: Mended: from the next round on, this wording is asked here, with the label “mended by this server”. Points already given stay. / Into which sea does the Volga flow? / Question · mended
  ben: (B)
  bot to ben: Question 1 of 1 · easy / Where does the Volga end, according to the article? / Right: you said B.
  ben uses Report on: Right: you said B.
  ben sends:
  bot to ben: Reported, thank you.
  ben: (See the result)
  ana: (See the result)
  cleo: /fact volga
  cleo: (Quiz me)
  bot to cleo: Into which sea does the Volga flow?
  cleo: (End round)
  ana: /fact volga
  ana: (Quiz me)
  bot to ana: Question 1 of 1 · hard / Into which sea does the Volga flow?
  ana: (A)
  bot to ana: It reaches the sea near Astrakhan. / mended by this server
  bot was not heard: paragraph
  ana: (See the result)
  … restart
  ana: /fact volga
  ana: (Quiz me)
  bot to ana: Into which sea does the Volga flow?
  club-ana: /fact volga
  bot was not heard: the Caspian Sea
  manager: /pack reports
  manager: (Into which sea does the Volga flow?)
  manager: (Undo the mend)
  bot to manager: The wording of the pack is asked again. / Where does the Volga end, according to the article?
  ana: (End round)
  ana: /fact volga
  ana: (Quiz me)
  bot to ana: Where does the Volga end, according to the article?
  manager: (Delete reports)
  manager: (Delete 1 report)
  manager: (Back to the list)
  bot to manager: Nobody has reported anything in this pack, and nothing is changed here.
`);

test('if the form for mending a question has mistakes, the reply lists the mistakes, and a button opens the form again with the typed texts', () => conversation`
  ${rivers}
  ana: /fact volga
  ana: (Quiz me)
  ana: (B)
  ana types into (Report): In your words = x
  manager: /pack reports
  manager: (Where does the Volga end, according to the article?)
  manager types into (Mend and delete reports): Wrong answers = the Black Sea⏎the Black Sea | Explanation = Typed with care. | Difficulty = easy
  bot to manager: Nothing is changed yet. Please correct this: / - Difficulty: write 1 (easy), 2 (medium) or 3 (hard).
  manager types into (Back to the form): Difficulty = 1
  bot to manager: Nothing is changed yet. Please correct this: / - Wrong answers: "the Black Sea" and "the Black Sea" are one thing or part of one another; choose another. / - Wrong answers: 2 approved wrong answers; write three to five.
  manager types into (Back to the form): Wrong answers = the Black Sea⏎the North Sea⏎the White Sea
  bot to manager: Mended
  ana: (See the result)
  ana: /fact volga
  ana: (Quiz me)
  ana: (A)
  bot to ana: Typed with care. / mended by this server
`);

test('the typed texts of a form with mistakes are kept for 15 minutes; after that, the reply to "Back to the form" says that they are gone', () => conversation`
  ${rivers}
  ana: /fact volga
  ana: (Quiz me)
  ana: (B)
  ana types into (Report): In your words = x
  manager: /pack reports
  manager: (Where does the Volga end, according to the article?)
  manager types into (Mend and delete reports): Difficulty = hard
  … 16m
  manager: (Back to the form)
  bot to manager: What you typed was kept for 15 minutes and is gone now.
`);

test('a retired question is not asked, and a retired entry is not shown, until a manager brings the item back', () => conversation`
  ${rivers}
  ana: /fact volga
  ana types into (Report): In your words = x
  ana: (Quiz me)
  ana: (B)
  ana types into (Report): In your words = x
  ana: (See the result)
  manager: /pack reports
  manager: (Where does the Volga end, according to the article?)
  manager: (Retire)
  manager: (Retire and delete 1 report)
  bot to manager: Retired: it is not asked or shown here any more.
  ana: /quiz solo questions:5
  bot to ana: Only 4 questions on this topic
  ana: (End round)
  manager: (Back to the list)
  manager: (Volga)
  bot to manager: reported in “Notes of our group”, from Rivers of Europe, added by this server · paragraph 1
  manager: (Retire)
  manager: (Retire and delete 1 report)
  bot to manager: Volga / Entry · retired
  ana: /fact volga
  bot to ana: Nothing was found about “volga”.
  ana types: /fact about:volg
  bot suggests nothing:
  ana: /fact id:volga
  bot to ana: This entry is not shown here at present
  manager: (Bring it back)
  bot to manager: It is asked and shown here again.
  ana: /fact volga
  bot: the Caspian Sea
  manager: (Back to the list)
  manager: (Where does the Volga end, according to the article?)
  manager: (Bring it back)
  ana: /quiz solo questions:5
  bot was not heard: Only 4 questions on this topic
`);

test('an item that three members have reported is set aside (not asked or shown); after "Use again and delete reports", it is set aside again only if three other members report it', () => conversation`
  ana: /fact rasht
  ana types into (Report): In your words = one
  ben types into (Report): In your words = two
  ben types into (Report): In your words = two again
  bot was not heard: left out here
  carl types into (Report): In your words = three
  bot to carl: Several members have reported this. From now on it is left out here, until somebody who manages the server has decided; cards that are already posted stay.
  dora: /fact id:rasht
  bot was not heard: the railway to Astara
  manager: /pack reports
  bot to manager: Rasht / Entry · 3 reports · set aside
  manager: (Rasht)
  bot to manager: Three members have reported it, so it is not asked or shown here until you decide: Use again and delete reports or Retire. A note alone leaves it set aside.
  bot to manager: Use again and delete reports: they are dealt with, or nothing is wrong; it is asked and shown as before.
  manager types into (Add a note): A note.
  bot to manager: The note is saved. The card shows it once the entry is used again. / Rasht / Entry · 3 reports · set aside · with a note of this server
  manager types into (Change the note): Another note.
  bot to manager: Note of this server: Another note.
  manager: (Remove the note)
  manager: (Use again and delete reports)
  manager: (Use again and delete 3 reports)
  bot to manager: The reports are deleted, and it is asked and shown here as before.
  manager: (Back to the list)
  bot to manager: Nobody has reported anything
  dora: /fact id:rasht
  bot: the railway to Astara
  ana types into (Report): In your words = one more
  ben types into (Report): In your words = one more
  carl types into (Report): In your words = one more
  bot was not heard: left out here
  dora types into (Report): In your words = x
  ed types into (Report): In your words = x
  bot was not heard: left out here
  fay types into (Report): In your words = x
  bot to fay: From now on it is left out here
`);

test('"Delete reports" asks for confirmation, and "Cancel" keeps the reports', () => conversation`
  ana: /fact rasht
  ana types into (Report): In your words = one
  ben types into (Report): In your words = two
  manager: /pack reports
  manager: (Rasht)
  manager: (Delete reports)
  bot to manager: Delete all 2 reports of the entry Rasht? What the members wrote is then gone for good
  manager: (Cancel)
  bot to manager: 2 reports / - What it says is wrong: two — ben
  manager: (Delete reports)
  manager: (Delete 2 reports)
  bot to manager: The reports are deleted, and it is asked and shown here as before.
`);

test('if an item has reports, "Retire" asks for confirmation, because it deletes the reports for good', () => conversation`
  ana: /fact rasht
  ana types into (Report): In your words = one
  ben types into (Report): In your words = two
  manager: /pack reports
  manager: (Rasht)
  manager: (Retire)
  bot to manager: Retire the entry Rasht? It is then not asked or shown here any more, until you bring it back. Its 2 reports are deleted for good
  manager: (Cancel)
  bot to manager: 2 reports / - What it says is wrong: two — ben
  ana: /fact rasht
  bot: Rasht is a city
  manager: (Retire)
  manager: (Retire and delete 2 reports)
  bot to manager: Retired: it is not asked or shown here any more.
  manager: (Bring it back)
  bot to manager: No open reports.
  manager: (Retire)
  bot to manager: Retired: it is not asked or shown here any more.
`);

test('after all members who reported an entry have deleted their data, a manager can show the entry again', () => conversation`
  ana: /fact rasht
  ana types into (Report): In your words = one
  ben types into (Report): In your words = two
  carl types into (Report): In your words = three
  ana ticks in (/me delete): Yes, delete it for good
  ben ticks in (/me delete): Yes, delete it for good
  carl ticks in (/me delete): Yes, delete it for good
  manager: /pack reports
  manager: (Rasht)
  bot to manager: until you decide: Ask and show it again or Retire.
  bot to manager: Ask and show it again: its reports are gone
  manager: (Ask and show it again)
  dora: /fact id:rasht
  bot: the railway to Astara
`);

test('after three members have answered a question, managers see how often each option was chosen', () => conversation`
  ${rivers}
  ana: /fact volga
  ana: (Quiz me)
  ana: (B)
  ana types into (Report): In your words = x
  ana: (See the result)
  ben: /fact volga
  ben: (Quiz me)
  ben: (A)
  ben: (End round)
  manager: /pack reports
  manager: (Where does the Volga end, according to the article?)
  bot to manager: Right answer: the Caspian Sea / Wrong answers: the North Sea; the Baltic Sea; the Black Sea; the White Sea
  bot to manager: is shown when at least 3 members have answered it here.
  bot was not heard: Asked in
  carl: /fact volga
  carl: (Quiz me)
  carl: (A)
  carl: (See the result)
  manager: (Back to the list)
  manager: (Where does the Volga end, according to the article?)
  bot to manager: Asked in 3 rounds, 3 answers, 2 right (67 %) / - the Black Sea: 1 (33 %)
  … restart
  manager: /pack reports
  manager: (Where does the Volga end, according to the article?)
  bot to manager: Asked in 3 rounds
`);

test('the message command "Report" reports cards and open questions; on other messages, it replies that there is nothing to report', () => conversation`
  ana: /fact rasht
  ben uses Report on: Rasht is a city
  ben sends: Words about the card
  bot to ben: Reported, thank you.
  ana: /quiz group questions:3 seconds:20
  ana: (Start now)
  ben uses Report on: Question 1 of 3
  ben sends: Words about an open question
  bot to ben: Reported, thank you.
  ana: /leaderboard
  ben uses Report on: eaderboard
  bot to ben: There is nothing to report on this message.
  manager: /pack reports
  bot to manager: Question · 1 report
`);

test('in direct messages, the message command "Report" replies that reports go to those who manage a server', () => conversation`
  dm-ana: /fact rasht
  dm-ana uses Report on: Rasht is a city
  bot to dm-ana: Reports go to those who manage a server
  dm-ana: /pack reports
  bot to dm-ana: Packs of your own belong to a server.
`);

test('/me delete deletes the reports of the member', () => conversation`
  ana: /fact rasht
  ben types into (Report): In your words = secret words
  ben: /me show
  bot to ben: Reports: on 1 server
  ben ticks in (/me delete): Yes, delete it for good
  bot to ben: Deleted
  ben: /me show
  bot to ben: Nothing is stored about you.
  manager: /pack reports
  bot to manager: Nobody has reported anything
`);

test('after the server changes its pack, the button "Report" still works on old cards and old reveals, but their other buttons do not', () => conversation`
  ana: /fact id:rasht
  ben: /quiz solo questions:3
  ben: (a wrong answer)
  manager: /pack import file:same-ids.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: (Sources)
  bot to ana: This message is about the pack “Russia and Iran amid confrontation with America”, and this server uses another pack now.
  ana: (Quiz me)
  bot to ana: This message is about the pack
  ben: (Read more)
  bot to ben: This message is about the pack
  ben types into (Report): In your words = about a pack that is not used
  bot to ben: Reported, thank you.
  manager: /pack reports
  bot to manager: 1 reported or changed item in packs that this server does not use now.
  manager: /pack use name:Russia and Iran amid confrontation with America
  ana: (Sources)
  bot to ana: Sources: Rasht
  manager: /pack reports
  bot to manager: Question · 1 report
`);

test('after the server changes its pack, "New round" and "Practise these" on messages of the old pack do not open a round', () => conversation`
  … ben has 0 of 2 right about rasht
  ben: /profile
  ana: /quiz group questions:3 seconds:20
  ana: (Start now)
  ana: (A)
  ana: /quiz stop
  manager: /pack import file:same-ids.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: (New round)
  bot to ana: This message is about the pack “Russia and Iran amid confrontation with America”, and this server uses another pack now.
  ben: (Practise these)
  bot to ben: This message is about the pack
  manager: /pack use name:Russia and Iran amid confrontation with America
  ana: (New round)
  bot: 10 questions
`);

test('after the server changes its pack, "New round" and "New" on earlier messages of solo rounds do not open a round, and an open solo round is kept', () => conversation`
  ana: /quiz solo questions:3
  ana: (A)
  ana: (End round)
  ben: /quiz solo questions:3
  ben: /quiz solo questions:3
  bot to ben: You have a solo round open, at question 1 of 3.
  manager: /pack import file:same-ids.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: (New round)
  bot to ana: This message is about the pack “Russia and Iran amid confrontation with America”
  ben: (New)
  bot to ben: This message is about the pack
  ben: /quiz solo questions:3
  bot to ben: You have a solo round open, at question 1 of 3, from the pack “Russia and Iran amid confrontation with America”.
  ben: (New)
  bot to ben: Question 1 of 3 · easy / Where does the
`);

test('after the server changes its pack, the buttons of a timeline from the old pack no longer work, and the timeline stays the same', () => conversation`
  ana: /timeline
  ana: (Next)
  bot: page 2 of
  manager: /pack import file:same-ids.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: (Next)
  bot to ana: This message is about the pack “Russia and Iran amid confrontation with America”, and this server uses another pack now.
  ana: (Bishkek meeting of the two leaders)
  bot to ana: This message is about the pack
  manager: /pack use name:Russia and Iran amid confrontation with America
  ana: (Previous)
  bot: page 1 of
`);

test('after a pack is removed, a press on a button of its cards gets the reply that the server no longer has the pack', () => conversation`
  ${rivers}
  ana: /fact volga
  manager: /pack remove name:Rivers of Europe
  manager: (Remove it)
  ana: (Sources)
  bot to ana: This message is about a pack that this server no longer has.
  ana types into (Report): In your words = x
  bot to ana: The pack no longer has this, so there is nothing to report.
`);

test('after a new version of a pack is installed, a mended question is used only if the new version has not changed the question', () => conversation`
  ${rivers}
  ana: /fact volga
  ana: (Quiz me)
  ana: (B)
  ana types into (Report): In your words = x
  ana: (See the result)
  ana: /fact rhine
  ana: (Quiz me)
  ana: (A)
  ana types into (Report): In your words = x
  ana: (End round)
  manager: /pack reports
  manager: (Where does the Volga end, according to the article?)
  manager types into (Mend and delete reports): Question = Into which sea does the Volga flow?
  manager: (Back to the list)
  manager: (Where does the Rhine end, according to the article?)
  manager types into (Mend and delete reports): Question = Into which sea does the Rhine flow?
  manager: /pack export name:Rivers of Europe format:yaml
  bot to manager: 2 items that this server has changed or retired: the file has the original wording.
  manager: /pack import file:rivers-2.yaml
  manager: (Install)
  manager: /pack reports
  bot to manager: Into which sea does the Volga flow? / Question · mended
  manager: /pack import file:rivers-3.yaml
  manager: (Install)
  manager: /pack reports
  bot to manager: In which sea does the Volga end, according to the article? / Question · mended, but a newer version of the pack has changed it, so the pack’s wording is asked / No longer in the pack: rhine-sea
  ana: /fact volga
  ana: (Quiz me)
  bot to ana: In which sea does the Volga end, according to the article?
  manager: (In which sea does the Volga end, according to the article?)
  manager types into (Mend): Difficulty = 2
  bot to manager: Into which sea does the Volga flow? / Question · mended
  manager: (Back to the list)
  manager: (No longer in the pack: rhine-sea)
  manager: (Undo the mend)
  manager: (Back to the list)
  bot was not heard: rhine-sea
`);

test('if a manager adds a note to an entry, the card of the entry in this server also shows the note', () => conversation`
  ana: /fact id:rasht
  ana types into (Report): In your words = x
  manager: /pack reports
  manager: (Rasht)
  manager types into (Add a note): Work on the line began in May.
  bot to manager: The note is saved. The card shows it from now on. / Rasht / Entry · 1 report · with a note of this server / Rasht is a city in Iran
  bot to manager: Note of this server: Work on the line began in May.
  ben: /fact id:rasht
  bot: Rasht is a city in Iran
  ben: /fact id:rasht
  bot: Note of this server: Work on the line began in May.
  manager: (Remove the note)
  bot to manager: The note of this server is removed.
  manager types into (Add a note): Work on the line began in May.
  manager types into (Change the note): Note of this server = ⏎
  bot to manager: The note of this server is removed.
  ben: /fact id:rasht
  bot was not heard: Note of this server
`);

test('if a report cannot be saved, the member is told, and managers see no report', () => conversation`
  ana: /fact id:rasht
  … disk full
  ana types into (Report): In your words = x
  bot to ana: That could not be saved just now, so it does not count.
  … disk free
  manager: /pack reports
  bot to manager: Nobody has reported anything
`);

test('if a question is retired during a round, the round goes on, and players keep the points for the question', () => conversation`
  ${rivers}
  ana: /quiz group questions:3 seconds:20
  ana: (Start now)
  ana: (A)
  ana uses Report on: Question 1 of 3
  ana sends:
  manager: /pack reports
  manager: (Where does the Danube end, according to the article?)
  manager: (Retire)
  manager: (Retire and delete 1 report)
  manager: (Back to the list)
  … 5s
  … 40s
  bot: Question 1 of 3 · easy / Where does the Danube end, according to the article? / ✔
  … 2m
  ana: /leaderboard
  bot: 1. ana · 10 points
`);

test('a question that three members have reported is set aside, and its card in /pack reports names the buttons with which a manager decides about the question', () => conversation`
  ${rivers}
  ana: /quiz group questions:3 seconds:60
  ana: (Start now)
  ana uses Report on: Question 1 of 3
  ana sends:
  ben uses Report on: Question 1 of 3
  ben sends:
  carl uses Report on: Question 1 of 3
  carl sends:
  bot to carl: Several members have reported this
  manager: /pack reports
  manager: (Where does the Danube end, according to the article?)
  bot to manager: until you decide: Mend and delete reports, Use again and delete reports or Retire.
  bot was not heard: A note alone
`);
