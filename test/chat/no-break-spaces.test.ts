/**
 * Tests that a line of a message never ends between a number and its unit, between a day and its
 * month, or before an arrow.
 */
import { expect, test } from 'vitest';
import { section, textDisplay, button } from '../../src/chat/message/message-components.ts';

const shown = (text: string): string => textDisplay(text).content.replaceAll('\u00a0', '_');

test.each([
  ['3 of 4 right (75 %)', '3 of 4 right (75_%)'],
  ['after 160 km, 8,849 m and 5 km²', 'after 160_km, 8,849_m and 5_km²'],
  ['3.4 s · 20 °C · ۵ km', '3.4_s · 20_°C · ۵_km'],
  ['60 % and 40 %', '60_% and 40_%'],
  ['On 19 July 2022; 3 May', 'On 19_July 2022; 3_May'],
  ['trade talks → railway', 'trade talks_→ railway'],
])('in %j, spaces before units, months and arrows become no-break spaces', (text, joined) => {
  expect(shown(text)).toBe(joined);
  expect(section(text, button('More', 'fact:more')).components).toEqual([textDisplay(text)]);
});

test.each([
  '4 members',
  '20 seconds',
  '3 got it right',
  'page 2 of 7',
  'question 1 by Ana',
  '1 smile',
  'a % b',
  'in 2022 May spoke',
  '3 Mayors',
])('in %j, spaces are not replaced', (text) => {
  expect(textDisplay(text).content).toBe(text);
});
