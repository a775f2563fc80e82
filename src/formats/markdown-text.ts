/**
 * Converts the Markdown of a table cell to text: line breaks, links and bold text. The backticks around code are kept,
 * because they show where the code begins and ends.
 */

/** A picture in a note, as `![title](address)` or, in Obsidian, as `![[file.png]]`. */
export const markdownImage = /!\[\[[^\]]*\]\]|!\[[^\]]*\]\([^()]*\)/g;

/** Converts the Markdown of a cell to text. Code between backticks is not changed. */
export const textOfMarkdown = (cell: string): string =>
  cell
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : withoutMarks(part)))
    .join('');

const withoutMarks = (text: string): string =>
  text
    .replaceAll(markdownImage, '')
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/\[\[(?:[^[\]|]*\|)?([^[\]|]+)\]\]/g, '$1')
    .replaceAll(/\[([^[\]]+)\]\(([^()\s]+)\)/g, '$1 ($2)')
    .replaceAll(/\*\*(?=\S)([^*]*[^*\s])\*\*/g, '$1');
