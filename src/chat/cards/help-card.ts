/**
 * The card of /help. It is short enough for a phone. The overview says what to try first and lists the commands in
 * groups. With a select menu, a member opens a page that describes the commands of a group, or the page "What the
 * labels mean".
 */
import type { Facts } from '../../core/pack/facts.ts';
import { customId } from '../command.ts';
import type { HelpLine } from '../command-context.ts';
import { escapeMarkdown, escapePart } from '../message/escape-markdown.ts';
import {
  container,
  type Message,
  message,
  selectRow,
  type TextDisplay,
  textDisplay,
} from '../message/message-components.ts';
import { quizWords } from '../words/quiz-words.ts';
import { boardWords } from '../words/board-words.ts';
import { packWords } from '../words/pack-words.ts';
import { helpWords } from '../words/help-words.ts';
import { firstSentences } from './short-texts.ts';

interface Group {
  /** The value of the group in the select menu. */
  readonly id: string;
  readonly title: string;
  readonly lines: readonly HelpLine[];
  /**
   * The overview lists only the commands that begin with one of these texts. If undefined, the overview lists all
   * commands.
   */
  readonly first?: readonly string[] | undefined;
}

/** The id of the group about rounds. The page of this group also explains how answers earn points. */
const rounds = 'rounds';
const lookUps = 'look-ups';
/** The id of the group about packs. The page of this group also explains what a pack is. */
const packs = 'packs';

interface GroupOfCommands {
  readonly id: string;
  readonly title: string;
  readonly commands: readonly string[];
  readonly first?: readonly string[];
}

/**
 * The groups of commands, in the order in which the card lists them. Commands that are not in this list form a last
 * group of their own.
 */
const groups: readonly GroupOfCommands[] = [
  {
    id: lookUps,
    title: 'Look things up',
    commands: ['event', 'dispute', 'fact', 'timeline', 'Report', 'help'],
    first: ['event', 'dispute', 'fact', 'timeline'],
  },
  { id: rounds, title: 'Play', commands: ['quiz'] },
  { id: 'scores', title: 'Scores', commands: ['leaderboard', 'profile'] },
  { id: 'you', title: 'You', commands: ['me'], first: ['me settings', 'me show'] },
  { id: 'server', title: 'This server (managers)', commands: ['setup'], first: ['setup show', 'setup check'] },
  {
    id: packs,
    title: 'Packs (managers)',
    commands: ['pack'],
    first: ['pack list', 'pack import', 'pack reports'],
  },
];

/**
 * Maximum length of the pack's description in the overview. The page "What the labels mean" has the whole description.
 */
const maxDescription = 140;

const overview = 'overview';
const labels = 'labels';
const labelsTitle = 'What the labels mean';

/**
 * Returns the card of a page. `page` is a value from the select menu. If there is no such page, returns the overview.
 */
export function helpCard(lines: readonly HelpLine[], { pack }: Facts, page: string = overview): Message {
  const all = groupsOf(lines);
  const pages = [...all.map(({ id, title }) => ({ value: id, label: title })), { value: labels, label: labelsTitle }];
  const group = all.find(({ id }) => id === page);
  const texts = group ? [groupText(group)] : page === labels ? [labelsText(pack)] : undefined;
  // The option that leads back to the overview is only on the other pages. It is the last option, so that all other
  // options have the same position on every page.
  const options = texts ? [...pages, { value: overview, label: 'Back to the overview' }] : pages;
  return message(
    container([
      ...(texts ?? overviewTexts(lines, all, pack)),
      selectRow(
        customId('help', 'page'),
        'More about the commands',
        options.map((option) => ({ ...option, ...(option.value === page && { default: true }) })),
      ),
    ]),
  );
}

function groupsOf(lines: readonly HelpLine[]): readonly Group[] {
  const grouped = new Set(groups.flatMap(({ commands }) => commands));
  const rest = lines.map(({ command }) => command).filter((name) => !grouped.has(name));
  return [...groups, { id: 'more', title: 'More', commands: rest }]
    .map((group) => ({ ...group, lines: lines.filter(({ command }) => group.commands.includes(command)) }))
    .filter((group) => group.lines.length > 0);
}

function overviewTexts(
  lines: readonly HelpLine[],
  all: readonly Group[],
  { description, source, addedByServer }: Facts['pack'],
): readonly TextDisplay[] {
  const commands = all.map((group) => `**${group.title}** ${mentionsIn(group)}`);
  return [
    textDisplay(`## Caspian\n${escapeMarkdown(firstSentences(description, maxDescription))}`),
    textDisplay(firstTries(lines)),
    textDisplay(commands.join('\n')),
    textDisplay(
      [
        `-# ${addedByServer ? `From “${escapePart(source.title)}”.` : helpWords.source(escapePart(source.title), escapePart(firstSentences(source.note, 0)))} ${helpWords.reports}`,
        ...(addedByServer ? [] : [`-# ${helpWords.twoTerms}`]),
      ].join('\n'),
    ),
  ];
}

/**
 * Mentions of the commands of a group, for the overview. If the overview does not list all commands of the group, an
 * ellipsis follows. The page of the group has the complete list.
 */
function mentionsIn({ lines, first }: Group): string {
  const shown = lines.filter(
    ({ mention }) => first?.some((start) => mention.startsWith(start, mention.indexOf('/') + 1)) ?? true,
  );
  return [...shown.map(({ mention }) => mention), ...(shown.length < lines.length ? ['…'] : [])].join(' ');
}

/** A line with three commands that a new member can try first. */
function firstTries(lines: readonly HelpLine[]): string {
  const mentionOf = (start: string) => lines.find(({ mention }) => mention.includes(start))?.mention ?? `/${start}`;
  return `**Try first** ${mentionOf('fact')} for something new, ${mentionOf('quiz solo')} to play alone, ${mentionOf('quiz group')} to play together.`;
}

/** The page of a group: its commands, and the explanations that belong to the group. */
const groupText = ({ id, title, lines }: Group): TextDisplay =>
  textDisplay(
    [
      `## ${title}`,
      ...(id === 'scores' ? [boardWords.fairPoints] : []),
      ...(id === packs ? [packWords.whatIsPack] : []),
      ...lines.map(({ mention, description }) => `- ${mention} ${description}`),
      ...(id === lookUps ? [helpWords.privateLookUps] : []),
      ...(id === rounds ? [quizWords.options, quizWords.points] : []),
    ].join('\n'),
  );

function labelsText({ title, description, source, addedByServer }: Facts['pack']): TextDisplay {
  if (addedByServer)
    return textDisplay(
      `## ${labelsTitle}\n${escapeMarkdown(description)}\nMembers of this server added the pack “${escapePart(title)}”. Every card names it: **from ${escapePart(title)}, added by this server**. Nobody but this group vouches for it. **Reported in “${escapePart(source.title)}”** and **claimed by …** say who says so; a line **Source** comes from whoever wrote the card.`,
    );
  return textDisplay(
    `## ${labelsTitle}\n${escapeMarkdown(description)}\n${helpWords.labels(escapePart(source.title))}`,
  );
}
