/** A card that shows the settings of a server. */
import { currentTimeZone } from '../../core/time-zones.ts';
import type { ServerSettings } from '../../core/settings.ts';
import { container, type Message, message, textDisplay } from '../message/message-components.ts';

/** `said`: a sentence above the settings, for example that the settings were saved. */
export function settingsCard(settings: ServerSettings, said?: string): Message {
  const { starterRole, answerChanges, timeZone, board } = settings;
  const lines = [
    `**Who opens group rounds** ${starterRole === undefined ? 'everybody' : `members with <@&${starterRole}>`}`,
    `**Answers** ${answerChanges ? 'may be changed until time is up; the last one counts' : 'the first one is final'}`,
    `**Leaderboard** ${board ? 'on' : 'off'}`,
    `**Days, weeks and months** by the time zone ${currentTimeZone(timeZone)}`,
  ];
  const hints =
    '-# /setup quiz changes the first two (choose @everyone to let everybody open rounds), /setup board the others.';
  return message(
    container([
      textDisplay(`## Settings of this server${said === undefined ? '' : `\n${said}`}`),
      textDisplay(lines.join('\n')),
      textDisplay(hints),
    ]),
  );
}
