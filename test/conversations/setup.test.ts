/** Tests /setup check, /setup channels, and how /setup board excludes members and resets scores. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('/setup check says where rounds are played with the current permissions, and which permissions to add', () => conversation`
  … threads allowed
  manager: /setup check
  bot to manager: I have every permission that I need. / Group rounds here are played in a thread. If whoever starts one types /quiz group thread:No, it is played in the channel, without a thread.
  … no threads
  manager: /setup check
  bot to manager: ✘ Create Public Threads is missing. I need it to open a thread for a round.
  bot to manager: in the channel itself
  bot to manager: What to change: Open the settings of <#general> → Permissions, add me or my role, and allow Create Public Threads.
  … may not post
  manager: /setup check
  bot to manager: ✘ Send Messages is missing. I need it to post the questions of a round as messages.
  bot to manager: in the one message that answers /quiz group
  ana: /setup check
  bot to ana: Only members who may manage this server can use this command.
`);

test('a round is played in a thread if threads are allowed, in the channel if they are not, and in one message if the bot may not post', () => conversation`
  … threads allowed
  ana: /quiz group questions:3 seconds:10
  ana: (Start now)
  bot in thread: Question 1 of 3
  ana in thread: /quiz stop
  … 20s
  … no threads
  ana: /quiz group questions:3 seconds:10
  bot to ana: I lack: Create Public Threads. Playing here instead.
  ana: (Start now)
  bot: Question 1 of 3
  ana: /quiz stop
  … 20s
  … may not post
  ana: /quiz group questions:3 seconds:10
  bot to ana: I lack: Send Messages. So the whole round is played in the message with the button Join.
  ana: (Start now)
  bot: Question 1 of 3
`);

test('/setup channels limits group rounds to the listed channels and their threads', () => conversation`
  manager: /setup channels allow:quiz-night
  bot to manager: Saved.
  bot to manager: Where group rounds are opened: in <#quiz-night>
  ana: /quiz group questions:3
  bot to ana: On this server group rounds are opened only in <#quiz-night>. You can play /quiz solo here.
  ana: /quiz solo questions:3
  bot to ana: Question 1 of 3
  ana in quiz-night: /quiz group questions:3
  bot in quiz-night: Players ana
  manager: /setup channels allow:general
  bot to manager: in <#quiz-night>, <#general>
  ana in thread: /quiz group questions:3
  bot in thread: Players ana
  manager: /setup channels remove:general
  bot to manager: Where group rounds are opened: in <#quiz-night>
  … restart
  manager: /setup channels allow:general everywhere:true
  bot to manager: cannot be used together
  manager: /setup channels everywhere:true
  bot to manager: Where group rounds are opened: in every channel
  ben: /quiz group questions:3
  bot: Players ben
`);

test('/setup channels shows only the setting for the channels of group rounds, and its button "Every channel" allows group rounds in every channel again', () => conversation`
  manager: /setup channels
  bot to manager: Channels for group rounds / Where group rounds are opened: in every channel
  bot was not heard: Leaderboard
  manager: (setup:set:channels:channels = quiz-night, general)
  bot to manager: Where group rounds are opened: in <#quiz-night>, <#general>
  ana in thread: /quiz group questions:3
  bot in thread: Players ana
  manager: (setup:set:channels:channels = quiz-night)
  ana: /quiz group questions:3
  bot to ana: On this server group rounds are opened only in <#quiz-night>.
  manager: (Every channel)
  bot to manager: Saved. / Where group rounds are opened: in every channel
  bot was not heard: Leaderboard
  ben: (setup:set:channels:channels = general)
  bot to ben: Only members who may manage this server
  ana: /quiz group questions:3
  bot: Players ana
`);

test('/setup board without options shows only the leaderboard and its time zone, and lists the commands for excluding members and deleting scores', () => conversation`
  manager: /setup board
  bot to manager: Leaderboard and time zone / Leaderboard: on / Leave a member out: /setup board exclude:@member. Delete all scores (the bot asks first): /setup board reset:True.
  bot was not heard: group rounds
  manager: (The leaderboard is off)
  bot to manager: Saved. / Leaderboard: off. Points still count, also in /profile, and are on the leaderboard when it is on again.
  bot was not heard: group rounds
  manager: /setup show
  bot to manager: Who opens group rounds: everybody
`);

test('an excluded member stays off all leaderboards, even after a restart, until a manager includes them again', () => conversation`
  … ana has 3 of 3 right
  … ben has 1 of 1 right
  ben: /leaderboard
  bot: 1. ana
  manager: /setup board exclude:ana
  bot to manager: ana is left out of the leaderboards from now on. Points still count in /profile. To show ana on them again: /setup board include:@member.
  ben: /leaderboard
  bot: 1 member / 1. ben
  … ana has 2 of 2 right
  … restart
  ben: /leaderboard window:all
  bot: 1 member / 1. ben
  ana: /profile
  bot to ana: 50 points
  manager: /setup board include:ana
  bot to manager: ana is on the leaderboards again.
  ben: /leaderboard window:all
  bot: 2 members / 1. ana
  manager: /setup board exclude:cem
  … cem has 9 of 9 right
  ben: /leaderboard window:all
  bot: 2 members / 1. ana
`);

test('/setup board reset asks for confirmation and deletes all scores, but excluded members stay excluded', () => conversation`
  … ana has 3 of 3 right
  … ben has 1 of 1 right
  manager: /setup board exclude:ben
  manager: /setup board reset:true show:off
  bot to manager: asks a question first, so use it without other options.
  manager: /setup board reset:true
  manager sends:
  bot to manager: Nothing was reset: the box was not ticked. To reset it, type /setup board reset:True again and tick the box.
  ana: /leaderboard
  bot: 1. ana
  manager ticks in (/setup board reset:true): Delete all scores of this server
  bot to manager: The leaderboard is reset: the scores of 2 members are deleted.
  ana: /leaderboard
  bot: Nobody has answered a question in the chosen time.
  ana: /profile
  bot to ana: You have not answered a question here yet.
  … ana has 1 of 1 right
  … ben has 5 of 5 right
  … restart
  ana: /leaderboard
  bot: 1 member / 1. ana
  ana: (setup:reset)
  bot to ana: Only members who may manage this server
`);
