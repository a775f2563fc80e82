/**
 * Builds a modal, which is a form with labelled fields, in the JSON of Discord's API. The values that a member enters
 * are received as {@link ModalFields}. File uploads are not supported, because no command uses them.
 * Documentation: https://discord.com/developers/docs/components/reference#label
 */
import type {
  APICheckboxComponent,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  APIStringSelectComponent,
  APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { ReadonlyJson, SelectOption, TextDisplay } from './message-components.ts';

const fieldType = { stringSelect: 3, textInput: 4, label: 18, checkbox: 23 } as const satisfies Record<
  string,
  ComponentType
>;
const singleLine = 1 satisfies TextInputStyle;
const paragraph = 2 satisfies TextInputStyle;

export interface Label extends ReadonlyJson<Omit<APILabelComponent, 'component'>> {
  readonly component: ReadonlyJson<APITextInputComponent | APIStringSelectComponent | APICheckboxComponent>;
}

export interface Modal extends Readonly<Omit<APIModalInteractionResponseCallbackData, 'components'>> {
  readonly components: readonly (Label | TextDisplay)[];
}

/**
 * The values that a member entered, as a map from the custom_id of each field. The value of a text input is its text.
 * The value of a checkbox says whether it is ticked. The value of a select menu is the chosen option. If the member
 * used a select menu in a message instead of a modal, there is only one field. It contains what was chosen (see {@link
 * choiceOf} and {@link choicesOf}). If the member pressed a button, there are no fields.
 */
export type ModalFields = Readonly<Record<string, string | boolean>>;

const betweenChoices = ',';

/** The fields of an interaction in which a member used a select menu in a message. */
export const chosenField = (...values: readonly string[]): ModalFields => ({ choice: values.join(betweenChoices) });

/** The option that the member chose in a select menu in a message. Empty if no option was chosen. */
export const choiceOf = ({ choice = '' }: ModalFields): string => String(choice);

/** The ids that the member chose in a select menu for roles or channels. `choice` is the result of {@link choiceOf}. */
export const choicesOf = (choice: string): readonly string[] => (choice === '' ? [] : choice.split(betweenChoices));

/**
 * Builds a modal. Create the `custom_id` with `customId()` in command.ts. The `custom_id` contains the name of the
 * action that receives the fields.
 */
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
  /** Maximum length in characters. */
  readonly maxLength?: number;
  /** The text that is in the field at first. */
  readonly value?: string;
  /** Whether the member must enter a text. True by default. */
  readonly isRequired?: boolean;
}
/** A text input with one line. */
export const textInputField = (name: string, custom_id: string, settings: TextInputSettings = {}): Label =>
  textField(singleLine, name, custom_id, settings);
/** A text input with several lines. */
export const textAreaField = (name: string, custom_id: string, settings: TextInputSettings = {}): Label =>
  textField(paragraph, name, custom_id, settings);

const textField = (
  style: typeof singleLine | typeof paragraph,
  name: string,
  custom_id: string,
  settings: TextInputSettings,
): Label =>
  label(
    name,
    {
      type: fieldType.textInput,
      custom_id,
      style,
      ...(settings.maxLength !== undefined && { max_length: settings.maxLength }),
      ...(settings.placeholder !== undefined && { placeholder: settings.placeholder }),
      ...(settings.value !== undefined && { value: settings.value }),
      ...(settings.isRequired === false && { required: false }),
    },
    settings.description,
  );

/** A checkbox that is not ticked at first. The member may leave it unticked. */
export const checkboxField = (name: string, custom_id: string, description?: string): Label =>
  label(name, { type: fieldType.checkbox, custom_id }, description);

/** A select menu in which the member must choose one option. If `isRequired` is false, they may choose none. */
export const selectField = (
  name: string,
  custom_id: string,
  options: readonly SelectOption[],
  isRequired = true,
): Label =>
  label(name, {
    type: fieldType.stringSelect,
    custom_id,
    options,
    ...(!isRequired && { required: false, min_values: 0 }),
  });
