/** The sentences of /help. */
export const helpWords = {
  twoTerms: '**Public record**: sources other than the article. **Editor’s note**: by the makers of this bot.',
  /** `note` is the first sentence of what the pack says about the article. */
  source: (title: string, note: string) => `From the article “${title}”, whose text is not in the bot. ${note}`,
  noArticle: 'The article itself is not in the bot. Cards say what it says, and in which paragraph.',
  reports: 'A mistake? Press Report on its card.',
  privateLookUps:
    'Everybody in the channel sees the cards and timelines. Only you see them with the option private, for example /fact private:True; /me settings makes that the default. To set an option, choose the command, then the option in the list above the message field, then its value. This help and lists of several entries are always for you alone, and so is what More, Sources and Quiz me answer on a card.\nRemove for all takes the answer away for everybody at once; only whoever asked, and moderators, can do that.',
  /** `title` is the escaped title of the article. */
  labels: (title: string) =>
    [
      `Entries come from one article, “${title}”, or, marked as such, from the public record. The article itself is not in the bot; cards quote a sentence where the wording matters. Cards say who claims what:`,
      '- **Reported in the article**, **claimed by …** and **the author’s view** are in the article.',
      '- **From the public record** (in notes also “by the record”) is what treaties, official statements, news and reference works say, never the article. Sources lists them. **Sources up to 3 May 2025** means that nothing newer was read for it.',
      '- **Editor’s note** is a remark by the editor, who made this pack for the bot. “Without a source” is said where it is the editor’s own conclusion.',
      '- **The article is mistaken here** comes before a correction.',
    ].join('\n'),
} as const;
