/** Tests /pack. Members list packs. Managers import, choose, rename, export and remove packs of their server. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('a manager imports a pack after a preview, and look-ups and rounds use the pack after /pack use', () => conversation`
  manager: /pack import file:rivers.yaml
  bot to manager: Rivers of Europe
  bot does not say: Rivers of Europe
  manager: (Sample cards)
  bot to manager: Sample card 1 of 5 / Volga
  manager: (Next card)
  bot to manager: Sample card 2 of 5 / Danube
  manager: (How easy are the questions to guess?)
  bot to manager: How easy are the questions to guess?
  bot to manager: The share of the 5 questions that a member gets right without reading them: / - Always choosing the longest answer: 45 %
  manager: (Install)
  bot to manager: “Rivers of Europe” is installed.
  bot: manager added the pack “Rivers of Europe”: 5 entries
  ana: /fact volga
  bot was not heard: the Caspian Sea
  manager: /pack use name:Rivers of Europe
  bot to manager: Look-ups and rounds on this server now use “Rivers of Europe”.
  ana: /fact volga
  bot: Volga / Place · reported in “Notes of our group”, from Rivers of Europe, added by this server
  ana types: /fact about:rhi
  bot suggests: Rhine
  ana: /pack list
  bot to ana: Rivers of Europe · in use / 5 entries, 5 questions · version 1, added by manager
  ana: /quiz solo questions:3
  bot to ana: according to the article
  dm-ana: /fact volga
  bot was not heard: the Caspian Sea
  club-ana: /fact volga
  bot was not heard: the Caspian Sea
`);

test('everybody in the channel is told once when a manager chooses another pack or removes the pack that is in use', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  bot: Look-ups and rounds use it once somebody who may manage the server chooses it with /pack use.
  manager: (Use it on this server)
  bot to manager: Look-ups and rounds on this server now use “Rivers of Europe”.
  bot: manager chose the pack “Rivers of Europe” for this server: from now on look-ups and rounds use it instead of “Russia and Iran amid confrontation with America”. Somebody who may manage the server can choose another one with /pack use.
  manager: /pack use name:Rivers of Europe
  bot to manager: Look-ups and rounds on this server use “Rivers of Europe” already.
  bot was not heard: manager chose the pack
  manager: /pack use name:Russia and Iran amid confrontation with America
  bot: manager chose the pack “Russia and Iran amid confrontation with America” for this server
  manager: /pack remove name:Rivers of Europe
  bot was not heard: It is in use
  manager: (Remove it)
  bot was not heard: manager removed the pack
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: /pack use name:Rivers of Europe
  bot: manager chose the pack “Rivers of Europe” for this server
  manager: /pack remove name:Rivers of Europe
  manager: (Remove it)
  bot: manager removed the pack “Rivers of Europe”: look-ups and rounds on this server use “Russia and Iran amid confrontation with America” again.
`);

test('the picture of a profile shows the topics of an added pack', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: /quiz solo questions:3
  ana: (A)
  ana: (End round)
  ana: /profile
  bot to ana: By topic / Rivers
  bot to ana: Picture: Progress of ana
  bot to ana: Right answers by topic: Rivers
`);

test('the button Cancel of a preview installs nothing', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Cancel)
  bot to manager: Nothing was installed.
  manager: /pack list
  bot to manager: This server has 0 of at most 5 packs of its own.
`);

test('a preview expires after 15 minutes, and a later press on one of its buttons gets the reply that the preview has expired', () => conversation`
  manager: /pack import file:rivers.yaml
  … 16m
  manager: (Install)
  bot to manager: This preview has expired: a preview is kept for 15 minutes and is lost when the bot restarts.
  ana: /pack list
  bot to ana: 0 of at most 5 packs
`);

test('after a restart of the bot, the buttons of a preview say that the preview has expired', () => conversation`
  manager: /pack import file:rivers.yaml
  … restart
  manager: (Sample cards)
  bot to manager: This preview has expired
`);

test('after a restart, the server still uses its installed pack', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  bot to manager: Look-ups and rounds on this server now use “Rivers of Europe”.
  … restart
  ana: /fact volga
  bot: the Caspian Sea
`);

test('members who may not manage the server can look at packs, but cannot change them', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  ana: /pack info name:rivers of europe
  bot to ana: Rivers of Europe / 5 entries, 5 questions · version 1, added by manager on
  ana: /pack template format:csv
  bot to ana: The columns front (a word or question) and back (the right answer) are needed.
  bot to ana: Somebody who may manage the server then imports the file with /pack import; a preview comes first.
  ana: /pack import file:rivers.yaml
  bot to ana: Only members who may manage this server can use this command.
  ana: /pack import
  bot to ana: Only members who may manage this server can use this command.
  ana: /pack use name:Rivers of Europe
  bot to ana: Only members who may manage this server can use this command.
  ana: /pack rename name:Rivers of Europe to:x
  bot to ana: Only members who may manage this server can use this command.
  ana: /pack remove name:Rivers of Europe
  bot to ana: Only members who may manage this server can use this command.
  ana: /pack export name:Rivers of Europe format:yaml
  bot to ana: Only members who may manage this server can use this command.
  ana: (pack:use:rivers-of-europe)
  bot to ana: Only members who may manage this server can use this command.
  ana: (pack:remove:rivers-of-europe)
  bot to ana: Only members who may manage this server can use this command.
`);

test('in direct messages, only /pack list and /pack template work, and the other subcommands reply that packs belong to servers', () => conversation`
  dm-ana: /pack list
  bot to dm-ana: The pack that I use here / A pack is a collection of facts and questions.
  bot to dm-ana: Packs of your own belong to a server.
  dm-ana: /pack import file:rivers.yaml
  bot to dm-ana: Packs of your own belong to a server.
  dm-ana: /pack template format:csv
  bot to dm-ana: The columns front
`);

test('/pack import without a file opens a form and imports the text that the member pastes into the form', () => conversation`
  manager types into (/pack import): front;back⏎amo;I love⏎video;I see
  bot to manager: Preview: nothing is installed yet. / Pasted cards / Read as: CSV separated by semicolons, UTF-8, with a header row. / Columns: “front” – front of the card; “back” – back of the card.
  bot to manager: Found: 2 entries, 0 questions / There are no questions in it.
  manager: (Install)
  bot: manager added the pack “Pasted cards”: 2 entries, 0 questions.
`);

test('a file with a mistake is refused, and the reply contains the line number of the mistake', () => conversation`
  manager: /pack import file:broken.yaml
  bot to manager: This cannot be imported yet. Correct this, then type /pack import again: / - Line 12, in “volga”: the field “summary” is missing; write a text / What the fields of a pack are called and how they are written: see the file of /pack template format:YAML.
`);

test('a JSON file of another program is refused, and the reply says which formats to use instead', () => conversation`
  manager: /pack import file:trivia.json
  bot to manager: This cannot be imported yet. Correct this, then type /pack import again: / - trivia.json: is JSON, which the bot does not read; save the cards as a table (CSV) with the columns front and back, or as a YAML pack; /pack template gives files to fill in
  bot was not heard: What the fields of a pack are called
`);

test('the preview of a new version of a pack lists the changes, and the new version is installed under the same name', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: /fact elbe
  bot was not heard: Dresden
  manager: /pack import file:rivers-2.yaml
  bot to manager: This server already has a pack “Rivers of Europe”. Installing this one changes it: / - 1 added: Elbe / - 1 changed: Rhine / - 1 gone: Oder / Members keep their progress in entries that stay.
  manager: (Install)
  bot to manager: “Rivers of Europe” is installed. Look-ups and rounds here use it.
  bot: manager installed a new version of the pack “Rivers of Europe”: 5 entries, 4 questions.
  ana: /fact elbe
  bot: It passes Dresden.
  ana: /pack list
  bot to ana: version 2
`);

test('after a pack is renamed, the labels of its entries and the suggestions of /pack show the new name', () => conversation`
  manager: /pack import file:rivers.yaml name:Notes
  manager: (Install)
  manager: (Use it on this server)
  manager: /pack rename name:notes to:Waters
  bot to manager: “Notes” is now called “Waters”.
  bot: manager renamed the pack “Notes”: it is now called “Waters”.
  ana: /fact volga
  bot: from Waters, added by this server
  manager types: /pack use name:wat
  bot suggests: Waters · in use
  manager: /pack rename name:Waters to:Russia and Iran amid confrontation with America
  bot to manager: There is a pack “Russia and Iran amid confrontation with America” already. Give this one another name.
  manager: /pack rename name:nothing to:x
  bot to manager: There is no pack “nothing” here.
`);

test('/pack remove asks for confirmation, and after the removal the server uses the shipped pack again', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  manager: /pack remove name:Rivers of Europe
  bot to manager: Remove “Rivers of Europe” from this server? It is in use: look-ups and rounds of the whole server then use “Russia and Iran amid confrontation with America” again. Progress in it
  manager: (Keep it)
  bot to manager: Nothing was removed.
  ana: /fact volga
  bot: the Caspian Sea
  manager: /pack remove name:Rivers of Europe
  manager: (Remove it)
  bot to manager: “Rivers of Europe” is removed. Look-ups and rounds here use “Russia and Iran amid confrontation with America” again.
  ana: /fact volga
  bot was not heard: the Caspian Sea
  ana: /pack list
  bot to ana: in use / 
`);

test('a server can use another pack instead of the shipped pack, but cannot remove the shipped pack', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  manager: /pack remove name:Russia and Iran amid confrontation with America
  bot to manager: The pack that ships with the bot cannot be changed or removed.
  manager: /pack use name:Russia and Iran amid confrontation with America
  bot to manager: Look-ups and rounds on this server now use “Russia and Iran amid confrontation with America”.
  ana: /fact rasht
  bot: Rasht
`);

test('after an export of the shipped pack, the reply says how to import the copy; it also says that the source labels of the copy name the copy and not the article', () => conversation`
  manager: /pack export name:Russia and Iran amid confrontation with America format:yaml
  bot to manager: The pack “Russia and Iran amid confrontation with America” as a file.
  bot to manager: use /pack import and give it another name
  bot to manager: its labels name that pack and not the article
`);

test('a pack whose entries have no front and back cannot be exported as a table, and the reply says to export it as YAML', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: /pack export name:Rivers of Europe format:csv
  bot to manager: “Rivers of Europe” cannot be exported in this format: / - each row of a table has a front and a back, and the entries of this pack are of other kinds; use format:YAML
  manager: /pack export name:Russia and Iran amid confrontation with America format:csv
  bot to manager: and the entries of this pack are of other kinds; use format:YAML
`);

test('a server can add at most five packs, and can still install a new version of one of them', () => conversation`
  manager: /pack import file:rivers.yaml name:A
  manager: (Install)
  manager: /pack import file:rivers.yaml name:B
  manager: (Install)
  manager: /pack import file:rivers.yaml name:C
  manager: (Install)
  manager: /pack import file:rivers.yaml name:D
  manager: (Install)
  manager: /pack import file:rivers.yaml name:E
  manager: (Install)
  manager: /pack import file:rivers.yaml name:F
  bot to manager: This server has 5 packs of its own and cannot have more.
  manager: /pack import file:rivers.yaml name:e
  manager: (Install)
  bot: manager installed a new version of the pack “E”
`);

test('if a server changes its pack during a round, the round keeps its questions, even after a restart', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: /quiz group questions:3 seconds:20
  manager: /pack use name:Russia and Iran amid confrontation with America
  ana: (Start now)
  bot: Question 1 of 3 · easy / Where does the
  … restart
  bot: question 1 goes on
  … 40s
  bot: flows into
  … 60s
  bot: flows into
`);

test('if a server changes its pack while a lobby is open, the round asks questions of the pack that was in use when the lobby opened', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: /quiz solo questions:3
  ana: (A)
  ana: (End round)
  ana: /quiz group questions:3 seconds:20
  manager: /pack use name:Russia and Iran amid confrontation with America
  ana: (Start now)
  bot: Question 1 of 3 · easy / Where does the
`);

test('progress in an added pack is not mixed with progress in the shipped pack, even if both have entries with the same ids', () => conversation`
  … ana has 0 of 2 right about rasht
  ana: /profile
  bot to ana: missed 2 times
  manager: /pack import file:same-ids.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: /profile
  bot was not heard: missed 2 times
  manager: /pack use name:Russia and Iran amid confrontation with America
  ana: /profile
  bot to ana: missed 2 times
`);

test('after the server changes its pack, the buttons of a leaderboard for one topic no longer work, but the buttons of other leaderboards still work', () => conversation`
  … ana has 2 of 2 right about rasht-astara-railway-agreement
  … 7d
  … ben has 2 of 2 right about rasht-astara-railway-agreement
  ana: /leaderboard topic:corridor
  ana: (Last week)
  bot to ana: only “Railway and corridor” · 1 member / 1. ana (you) · 20 points
  ben: /leaderboard
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  ben: (Last week)
  bot to ben: Last week (from Monday, 23 November 2026, UTC) · group and solo rounds · 1 member / 1. ana · 20 points
  ana: (This week)
  bot to ana: This message is about the pack “Russia and Iran amid confrontation with America”, and this server uses another pack now.
`);

test('the button "Practise these" of /profile asks about missed facts from the pack that the server uses', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: /quiz solo questions:3
  ana: (A)
  ana: (Next)
  ana: (A)
  ana: (Next)
  ana: (A)
  ana: (End round)
  ana: /profile
  bot to ana: Rivers
  bot to ana: not right since
  ana: (Practise these)
  bot to ana: Where does the
`);

test('the preview of a table lists the rows that were left out, and the other rows can be installed', () => conversation`
  manager: /pack import file:latin.csv
  bot to manager: latin / Read as: CSV
  bot to manager: Found: 5 entries
  bot to manager: Left out: 2 rows. The rest of the file can be installed.
  manager: (See what was left out (2))
  bot to manager: Left out: 2 rows / - Line 7
  bot to manager: - Line 8
  manager: (Install)
  manager: (Use it on this server)
  ana: /fact scribo
  bot: scribo / Card · from latin, added by this server / I write
`);

test('if the columns of a table are not recognised, the bot asks which column is the front and which is the back', () => conversation`
  manager: /pack import file:table.csv
  bot to manager: This is a table. Each menu below is for one of its columns: choose one column for the front of the cards and one for the back.
  manager: (“Um” – front of the card)
  manager: (“Dois” – back of the card)
  bot to manager: Found: 5 entries
  manager: (Choose other columns)
  manager: (Use the first row as a card, too)
  bot to manager: Found: 6 entries
`);

test('the button "Keep these columns" returns to the preview of a table, and the columns stay as they were', () => conversation`
  manager types into (/pack import): front;back⏎amo;I love⏎video;I see
  manager: (Choose other columns)
  bot to manager: Each menu below is for one column and says what becomes of it.
  manager: (Keep these columns)
  bot to manager: Columns: “front” – front of the card; “back” – back of the card. / Found: 2 entries
  manager: (Install)
  bot: manager added the pack “Pasted cards”
`);

test('the page "How easy are the questions to guess?" begins with a verdict, and marks the tricks (such as always choosing the longest answer) that do clearly better than chance', () => conversation`
  manager types into (/pack import): front;back;wrong answer 1;wrong answer 2;wrong answer 3⏎Gold;Au, from Latin aurum;Go;Gd;Ag⏎Iron;Fe, from Latin ferrum;Ir;In;Fr⏎Lead;Pb, from Latin plumbum;Le;Ld;Pl⏎Tin;Sn, from Latin stannum;Ti;Tn;St
  manager: (How easy are the questions to guess?)
  bot to manager: Some questions are easy to guess: the tricks in bold do clearly better than chance
  bot to manager: - Always choosing the longest answer: 55 % / - Always choosing the shortest answer: 0 %
  manager types into (/pack import): front;back⏎Gold;Au⏎Iron;Fe⏎Lead;Pb⏎Tin;Sn⏎Silver;Ag
  manager: (How easy are the questions to guess?)
  bot to manager: Good: no trick does clearly better than chance, which answers 25 % right.
`);

test('/me delete keeps the packs that the member added, but deletes the name of the member from these packs', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  manager: /me show
  bot to manager: Packs you added: on 1 server
  manager ticks in (/me delete): Yes, delete it for good
  bot to manager: your name on packs that you added
  ana: /pack list
  bot to ana: Rivers of Europe · in use / 5 entries, 5 questions · version 1, added on
  ana: /fact volga
  bot: the Caspian Sea
  manager: /me show
  bot to manager: Nothing is stored about you.
`);

test('if a server uses an added pack, /help says that members of the server added it', () => conversation`
  manager: /pack import file:rivers.yaml
  manager: (Install)
  manager: (Use it on this server)
  ana: /help
  bot to ana: /pack import
  ana: (Packs (managers))
  bot to ana: A pack is a collection of facts and questions.
  ana: (Look things up)
  bot to ana: ⋯ → Apps → Report on a message with a card or a question
  ana: (What the labels mean)
  bot to ana: Members of this server added the pack “Rivers of Europe”.
`);

test('if a query is a single word from the front of a card, the bot asks whether the member meant this card', () => conversation`
  manager types into (/pack import): front;back⏎the capital of Peru;Lima⏎a long river;Nile⏎a high mountain;Elbrus
  manager: (Install)
  manager: (Use it on this server)
  ana: /fact peru
  bot to ana: Closest to “peru” is the capital of Peru. Did you mean that?
  ana: (the capital of Peru)
  bot to ana: Lima
`);
