/**
 * A message as Discord's API takes it (Components V2), and nothing more: the plain JSON our cards are made of.
 * Shapes: https://discord.com/developers/docs/components/reference
 */

/** Message flags of Discord. https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const flags = { ephemeral: 1 << 6, componentsV2: 1 << 15 } as const;

const componentType = {
  row: 1,
  button: 2,
  section: 9,
  text: 10,
  gallery: 12,
  separator: 14,
  container: 17,
} as const;

export const buttonStyle = { primary: 1, secondary: 2, success: 3, danger: 4, link: 5 } as const;

export interface TextDisplay {
  readonly type: 10;
  readonly content: string;
}
export interface PressButton {
  readonly type: 2;
  readonly style: 1 | 2 | 3 | 4;
  readonly label: string;
  readonly custom_id: string;
  readonly disabled?: boolean;
}
export interface LinkButton {
  readonly type: 2;
  readonly style: 5;
  readonly label: string;
  readonly url: string;
}
export type Button = PressButton | LinkButton;
export interface ActionRow {
  readonly type: 1;
  readonly components: readonly Button[];
}
export interface Section {
  readonly type: 9;
  readonly components: readonly TextDisplay[];
  readonly accessory: Button;
}
export interface Separator {
  readonly type: 14;
  readonly divider?: boolean;
  readonly spacing?: 1 | 2;
}
/** Pictures that are sent along: `attachment://` and the name of the file. */
export interface MediaGallery {
  readonly type: 12;
  readonly items: readonly { readonly media: { readonly url: string }; readonly description: string }[];
}
export interface Container {
  readonly type: 17;
  readonly accent_color?: number;
  readonly components: readonly (TextDisplay | Section | Separator | ActionRow | MediaGallery)[];
}
export type Component = TextDisplay | Section | Separator | ActionRow | MediaGallery | Container;

/** What a card function returns. Flags and mentions are set where it is sent, never here. */
export interface Message {
  readonly components: readonly Component[];
}

/** A file that goes along with a message; `description` says in words what it shows. */
export interface Attachment {
  readonly name: string;
  readonly data: Uint8Array;
  readonly description: string;
}

export const textDisplay = (content: string): TextDisplay => ({ type: componentType.text, content });
export const separator = (): Separator => ({ type: componentType.separator, divider: true, spacing: 1 });
export const mediaGallery = ({ name, description }: Omit<Attachment, 'data'>): MediaGallery => ({
  type: componentType.gallery,
  items: [{ media: { url: `attachment://${name}` }, description }],
});
export const actionRow = (...components: readonly Button[]): ActionRow => ({ type: componentType.row, components });
export const button = (
  label: string,
  custom_id: string,
  style: 1 | 2 | 3 | 4 = buttonStyle.secondary,
  disabled = false,
): PressButton => ({ type: componentType.button, style, label, custom_id, ...(disabled && { disabled }) });
export const linkButton = (label: string, url: string): LinkButton => ({
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
