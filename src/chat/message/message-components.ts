/**
 * The type of a message in the JSON of Discord's API (Components V2), and functions that build the components of a
 * message. The types are read-only versions of those in discord-api-types and include only the components that the bot
 * uses. Flags and allowed mentions are not included, because they are set when a message is sent.
 * Documentation: https://discord.com/developers/docs/components/reference
 */
import { withNoBreakSpaces } from './no-break-spaces.ts';
import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIButtonComponentWithURL,
  APIChannelSelectComponent,
  APIContainerComponent,
  APIFileComponent,
  APIMediaGalleryComponent,
  APISectionComponent,
  APIRoleSelectComponent,
  APISelectMenuOption,
  APISeparatorComponent,
  APIStringSelectComponent,
  APITextDisplayComponent,
  ButtonStyle,
  ChannelType,
  ComponentType,
} from 'discord-api-types/v10';

export const componentType = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  roleSelect: 6,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
} as const satisfies Record<string, ComponentType>;

export const buttonStyle = {
  primary: 1,
  secondary: 2,
  success: 3,
  danger: 4,
  link: 5,
} as const satisfies Record<string, ButtonStyle>;

/**
 * The type `T` with all its properties read-only, at every depth. Each enum is replaced by its numeric values. The bot
 * imports only the types of discord-api-types. Therefore it cannot use the enums as values, and writes numbers.
 */
export type ReadonlyJson<T> = T extends number
  ? `${T}` extends `${infer Value extends number}`
    ? Value
    : never
  : T extends object
    ? { readonly [Key in keyof T]: ReadonlyJson<T[Key]> }
    : T;

export type TextDisplay = ReadonlyJson<APITextDisplayComponent>;
export type Button = ReadonlyJson<APIButtonComponentWithCustomId | APIButtonComponentWithURL>;
export interface RoleSelect extends ReadonlyJson<Omit<APIRoleSelectComponent, 'default_values'>> {
  readonly default_values?: readonly { readonly id: string; readonly type: 'role' }[];
}
export interface ChannelSelect extends ReadonlyJson<Omit<APIChannelSelectComponent, 'default_values'>> {
  readonly default_values?: readonly { readonly id: string; readonly type: 'channel' }[];
}
export type StringSelect = ReadonlyJson<APIStringSelectComponent>;
export type SelectOption = ReadonlyJson<APISelectMenuOption>;
export interface ActionRow extends ReadonlyJson<Omit<APIActionRowComponent<never>, 'components'>> {
  readonly components: readonly (Button | StringSelect | RoleSelect | ChannelSelect)[];
}
export type Section = ReadonlyJson<APISectionComponent>;
export type Separator = ReadonlyJson<APISeparatorComponent>;
export type MediaGallery = ReadonlyJson<APIMediaGalleryComponent>;
export type FileComponent = ReadonlyJson<APIFileComponent>;
export interface Container extends ReadonlyJson<Omit<APIContainerComponent, 'components'>> {
  readonly components: readonly (TextDisplay | Section | Separator | ActionRow | MediaGallery | FileComponent)[];
}
export type Component = Container['components'][number] | Container;

/** A message without flags, as it is returned by functions that build cards. */
export interface Message {
  readonly components: readonly Component[];
}

/** A file sent with a message. */
export interface Attachment {
  readonly name: string;
  readonly data: Uint8Array;
  /** Alt text. */
  readonly description: string;
}

export const textDisplay = (content: string): TextDisplay => ({
  type: componentType.textDisplay,
  content: withNoBreakSpaces(content),
});
export const separator = (): Separator => ({ type: componentType.separator, divider: true, spacing: 1 });
export const mediaGallery = ({ name, description }: Omit<Attachment, 'data'>): MediaGallery => ({
  type: componentType.mediaGallery,
  items: [{ media: { url: `attachment://${name}` }, description }],
});
/** Shows a file that is sent with the message. `name` is the name of the file. */
export const fileComponent = (name: string): FileComponent => ({
  type: componentType.file,
  file: { url: `attachment://${name}` },
});
export const actionRow = (...components: readonly Button[]): ActionRow => ({
  type: componentType.actionRow,
  components,
});
/**
 * A row with a select menu in which a member chooses one option. The action that handles the choice reads it with
 * `choiceOf`.
 */
export const selectRow = (custom_id: string, placeholder: string, options: readonly SelectOption[]): ActionRow => ({
  type: componentType.actionRow,
  components: [{ type: componentType.stringSelect, custom_id, placeholder, options }],
});
/**
 * A row with a select menu in which a member chooses one role or none. `current` is the id of the role that is chosen
 * now.
 */
export const roleSelectRow = (custom_id: string, placeholder: string, current?: string): ActionRow => ({
  type: componentType.actionRow,
  components: [
    {
      type: componentType.roleSelect,
      custom_id,
      placeholder,
      min_values: 0,
      ...(current !== undefined && { default_values: [{ id: current, type: 'role' }] }),
    },
  ],
});
/** The types of the channels in which a round can be opened: text, voice and announcement channels. */
const channelTypes = [0, 2, 5] as const satisfies readonly ChannelType[];

/**
 * A row with a select menu of channels. A member can choose up to `most` channels, or none. `current` contains the ids
 * of the channels that are chosen now.
 */
export const channelSelectRow = (
  custom_id: string,
  placeholder: string,
  current: readonly string[],
  most: number,
): ActionRow => ({
  type: componentType.actionRow,
  components: [
    {
      type: componentType.channelSelect,
      custom_id,
      placeholder,
      channel_types: channelTypes,
      min_values: 0,
      max_values: most,
      ...(current.length > 0 && { default_values: current.map((id) => ({ id, type: 'channel' })) }),
    },
  ],
});
export const button = (
  label: string,
  custom_id: string,
  style: ReadonlyJson<APIButtonComponentWithCustomId['style']> = buttonStyle.secondary,
  disabled = false,
): Button => ({ type: componentType.button, style, label, custom_id, ...(disabled && { disabled }) });
export const linkButton = (label: string, url: string): Button => ({
  type: componentType.button,
  style: buttonStyle.link,
  label,
  url,
});
export const section = (content: string, accessory: Button): Section => ({
  type: componentType.section,
  components: [textDisplay(content)],
  accessory,
});
export const container = (components: Container['components'], accent_color?: number): Container => ({
  type: componentType.container,
  components,
  ...(accent_color !== undefined && { accent_color }),
});
export const message = (...components: readonly Component[]): Message => ({ components });
