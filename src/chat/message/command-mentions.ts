/**
 * Replaces the commands in the texts of a message, for example `/quiz group`, by mentions. Discord shows a mention as a
 * link to the command.
 */
import { type Component, componentType, type Message, type TextDisplay } from './message-components.ts';

/** Returns the message with mentions in place of commands. */
export type CommandMentions = (message: Message) => Message;

/**
 * @param names the commands with their subcommands, such as `quiz group`
 * @param mention returns the mention of a command. If the id of the command is not known yet, returns a text that is
 * not a mention, and the command stays as it is
 */
export function commandMentions(names: readonly string[], mention: (name: string) => string): CommandMentions {
  const longestFirst = names.toSorted((a, b) => b.length - a.length);
  // A command name is not replaced if it is part of code, of an address, or of a mention.
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}/<:.\`-])/(${longestFirst.join('|')})(?![\\p{L}\\p{N}/-])`, 'gu');
  const linked = (text: string): string =>
    text.replaceAll(pattern, (typed, name: string) => {
      const found = mention(name);
      return found.startsWith('</') ? found : typed;
    });
  const ofText = (text: TextDisplay): TextDisplay => ({ ...text, content: linked(text.content) });
  const ofComponent = <C extends Component>(component: C): C => {
    if (component.type === componentType.textDisplay) return { ...component, ...ofText(component) };
    if (component.type === componentType.section) return { ...component, components: component.components.map(ofText) };
    if (component.type === componentType.container)
      return { ...component, components: component.components.map(ofComponent) };
    return component;
  };
  return ({ components }) => ({ components: components.map(ofComponent) });
}
