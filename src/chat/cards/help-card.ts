/**
 * The card of /help: what to try first, then the commands in groups, then what the source labels on cards mean. It is
 * short enough for a phone.
 */
import type { Facts } from '../../core/pack/facts.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { container, type Message, message, separator, textDisplay } from '../message/message-components.ts';
import { boardWords } from '../words/board-words.ts';
import type { HelpLine } from '../command-context.ts';

/** The groups of commands, in the order of the card. Commands that are in no group come last. */
const groups: readonly (readonly [title: string, commands: readonly string[]])[] = [
  ['Look things up', ['event', 'dispute', 'fact', 'timeline']],
  ['Play', ['quiz']],
  ['Scores', ['leaderboard', 'profile']],
  ['You and this server', ['me', 'setup']],
];

export function helpCard(lines: readonly HelpLine[], { pack }: Facts): Message {
  const grouped = new Set(groups.flatMap(([, commands]) => commands));
  const all = [...groups, ['More', lines.map(({ command }) => command).filter((name) => !grouped.has(name))] as const];
  const texts = all.flatMap(([title, commands]) => {
    const own = lines.filter(({ command }) => commands.includes(command));
    const rows = own.map(({ mention, description }) => `${mention} ${description}`);
    return rows.length === 0 ? [] : [textDisplay([`**${title}**`, ...rows].join('\n'))];
  });
  return message(
    container([
      textDisplay(`## Caspian\n${escapeMarkdown(pack.description)}\n${firstTries(lines)}`),
      ...texts,
      separator(),
      textDisplay(`-# ${boardWords.fairPoints}`),
      textDisplay(
        `-# Facts come from one article, “${escapeMarkdown(pack.source.title)}”. Cards say who claims what: **reported in the article**, **claimed by …**, **the author’s view**. An **Editor’s note** says where the public record differs.`,
      ),
    ]),
  );
}

/** A line with three commands that a new member can try first. */
function firstTries(lines: readonly HelpLine[]): string {
  const mentionOf = (start: string) => lines.find(({ mention }) => mention.includes(start))?.mention ?? `/${start}`;
  return `**Try first** ${mentionOf('fact')} for something you have not seen, ${mentionOf('quiz solo')} to play alone, ${mentionOf('quiz group')} to play with the channel.`;
}
