/** A card that lists all commands, one per line, and explains the source labels and signs on the cards of entries. */
import type { Facts } from '../../core/pack/facts.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { container, type Message, message, separator, textDisplay } from '../message/message-components.ts';
import type { HelpLine } from '../command-context.ts';

export function helpCard(lines: readonly HelpLine[], { pack }: Facts): Message {
  return message(
    container([
      textDisplay(`## Caspian\n${escapeMarkdown(pack.description)}`),
      textDisplay(lines.map(({ mention, description }) => `- ${mention} ${description}`).join('\n')),
      separator(),
      textDisplay(
        [
          `Everything comes from one article, “${escapeMarkdown(pack.source.title)}”, and says so:`,
          '- **reported in the article**: the article states it.',
          '- **claimed by …**: the article says that somebody says so.',
          '- **the author’s view**: an opinion of the article.',
          '- **Editor’s note**: the public record differs or adds something; the source is linked.',
        ].join('\n'),
      ),
    ]),
  );
}
