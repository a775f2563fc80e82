/**
 * A modal in the JSON of Discord's API: labelled fields in a window of their own. What a member fills in comes back as
 * {@link ModalFields}. Absent: selects and uploads, which no command asks for.
 * Shapes: https://discord.com/developers/docs/components/reference#label
 */
import type {
  APICheckboxComponent,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { ReadonlyJson, TextDisplay } from './message-components.ts';

const fieldType = { textInput: 4, label: 18, checkbox: 23 } as const satisfies Record<string, ComponentType>;
const singleLine = 1 satisfies TextInputStyle;

export interface Label extends ReadonlyJson<Omit<APILabelComponent, 'component'>> {
  readonly component: ReadonlyJson<APITextInputComponent | APICheckboxComponent>;
}

export interface Modal extends Readonly<Omit<APIModalInteractionResponseCallbackData, 'components'>> {
  readonly components: readonly (Label | TextDisplay)[];
}

/** What a member filled in: custom_id → the text typed, or whether the box is ticked. Empty for a button. */
export type ModalFields = Readonly<Record<string, string | boolean>>;

/** `custom_id` comes from `customId()` in command.ts and names the action that receives the fields. */
export const modal = (title: string, custom_id: string, ...components: Modal['components']): Modal => ({
  custom_id,
  title,
  components,
});

const label = (name: string, component: Label['component'], description?: string): Label => ({
  type: fieldType.label,
  label: name,
  ...(description !== undefined && { description }),
  component,
});

interface TextInputSettings {
  readonly description?: string;
  readonly placeholder?: string;
  /** In characters. */
  readonly maxLength?: number;
}
/** A text input of one line. */
export const textInputField = (name: string, custom_id: string, settings: TextInputSettings = {}): Label =>
  label(
    name,
    {
      type: fieldType.textInput,
      custom_id,
      style: singleLine,
      ...(settings.maxLength !== undefined && { max_length: settings.maxLength }),
      ...(settings.placeholder !== undefined && { placeholder: settings.placeholder }),
    },
    settings.description,
  );

/** A checkbox, unticked at first; the modal can be sent with it unticked. */
export const checkboxField = (name: string, custom_id: string, description?: string): Label =>
  label(name, { type: fieldType.checkbox, custom_id }, description);
