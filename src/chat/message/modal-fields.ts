/**
 * A form as Discord's API takes it: labelled fields in a window of their own. What a member fills in comes back as
 * {@link ModalFields}, under each field's custom_id. Absent: selects, uploads and choices, which nothing here asks for.
 * Shapes: https://discord.com/developers/docs/components/reference#label
 */
import type { TextDisplay } from './message-components.ts';

const componentType = { textInput: 4, label: 18, checkbox: 23 } as const;

export interface TextInput {
  readonly type: 4;
  readonly custom_id: string;
  /** 1: one line. */
  readonly style: 1;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly placeholder?: string;
}
export interface Checkbox {
  readonly type: 23;
  readonly custom_id: string;
}
export interface Label {
  readonly type: 18;
  readonly label: string;
  readonly description?: string;
  readonly component: TextInput | Checkbox;
}

export interface Modal {
  /** As of a button: {@link pressId} makes it, and what it names is told the fields. */
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly (Label | TextDisplay)[];
}

/** What a member filled in: custom_id → the text typed, or whether the box is ticked. Empty for a button. */
export type ModalFields = Readonly<Record<string, string | boolean>>;

export const modal = (title: string, custom_id: string, ...components: Modal['components']): Modal => ({
  custom_id,
  title,
  components,
});

const label = (name: string, component: Label['component'], description?: string): Label => ({
  type: componentType.label,
  label: name,
  ...(description !== undefined && { description }),
  component,
});

interface TextInputSettings {
  readonly description?: string;
  readonly placeholder?: string;
  /** Characters. */
  readonly most?: number;
}
/** A line to type. */
export const textInputField = (name: string, custom_id: string, settings: TextInputSettings = {}): Label =>
  label(
    name,
    {
      type: componentType.textInput,
      custom_id,
      style: 1,
      ...(settings.most !== undefined && { max_length: settings.most }),
      ...(settings.placeholder !== undefined && { placeholder: settings.placeholder }),
    },
    settings.description,
  );

/** A box to tick; it comes unticked, and may stay so. */
export const checkboxField = (name: string, custom_id: string, description?: string): Label =>
  label(name, { type: componentType.checkbox, custom_id }, description);
