/** Tests /pack: members list packs, and managers import, choose, rename, export and remove packs of their own. */
import { test } from 'vitest';
import { conversation } from '../support/conversation/conversation.ts';

test('a manager imports a pack after a preview, and look-ups and rounds read it after /pack use', () => conversation`
  manager: /pack import file:rivers.yaml
  bot to manager: Rivers of Europe
  bot does not say: Rivers of Europe
  manager: (Sample cards)
  bot to manager: Sample card 1 of 5 / Volga
  manager: (Next card)
  bot to manager: Sample card 2 of 5 / Danube
  manager: (Install)
  bot to manager: “Rivers of Europe” is installed.
  bot: manager added the pack “Rivers of Europe”: 5 entries
  ana: /fact volga
  bot was not heard: the Caspian Sea
  manager: /pack use name:Rivers of Europe
  bot to manager: Look-ups and rounds here now read “Rivers of Europe”.
  ana: /fact volga
  bot: Volga / Place · reported in “Notes of our group”, from Rivers of Europe, added by this server
  ana types: /fact about:rhi
  bot suggests: Rhine
  ana: /pack list
  bot to ana: Rivers of Europe · in use / 5 entries, 5 questions · version 1, added by manager
  ana: /quiz solo questions:3
  bot to ana: according to the article
`);
