/**
 * Discord's limits on messages, modals and commands, each with its source. All other files of the bot use these
 * constants and do not repeat the numbers. The Discord documentation is at https://discord.com/developers/docs. If the
 * documentation contradicts the published OpenAPI specification, the limit follows the documentation.
 */
export const limits = {
  /**
   * Maximum number of components in a message, including nested components. Source: Discord documentation,
   * components/overview.
   */
  components: 40,
  /** Maximum number of characters in all texts of a message together. Source: discord-api-docs pull request 8562. */
  textCharacters: 4_000,
  /**
   * Maximum size of all texts of a message together, in bytes of UTF-8. For each text display, 12 bytes are added to
   * the size of its text (`textBytesEach`). Discord responds with status 500 to larger messages. Source:
   * discord-api-docs issue 8554.
   */
  textBytes: 10_170,
  textBytesEach: 12,
  /**
   * Maximum number of characters in the label and in the custom_id of a button. Source: Discord documentation,
   * components/reference#button.
   */
  buttonLabel: 80,
  customId: 100,
  /** Maximum number of buttons in an action row. Source: Discord documentation, components/reference#action-row. */
  rowButtons: 5,
  /** Maximum number of text displays in a section. Source: Discord documentation, components/reference#section. */
  sectionTexts: 3,
  /**
   * Maximum number of choices of an option, and maximum number of characters in the name of a choice. Source: Discord
   * documentation, interactions/application-commands.
   */
  choices: 25,
  choiceName: 100,
  /**
   * Maximum number of characters in the URL of a link button. Source: Discord documentation,
   * components/reference#button.
   */
  buttonUrl: 512,
  /**
   * Maximum number of components in a modal. Source: Discord documentation, interactions/receiving-and-responding#modal
   * (the OpenAPI specification says 40).
   */
  modalComponents: 5,
  /**
   * Maximum number of characters in the title of a modal and in a label. Source: Discord documentation,
   * components/reference.
   */
  modalTitle: 45,
  label: 45,
  /** Maximum number of characters in a text input. Source: Discord documentation, components/reference#text-input. */
  textInput: 4_000,
  /**
   * Maximum number of characters in the description of a label and in the placeholder of a text input. Source: Discord
   * documentation, components/reference.
   */
  labelDescription: 100,
  placeholder: 100,
  /**
   * Maximum number of characters in each text of an option in a select menu: in the label, in the value and in the
   * description. Source: Discord documentation, components/reference#string-select.
   */
  optionLabel: 100,
  /**
   * Maximum number of characters in the name of a thread. Source: Discord documentation,
   * resources/channel#start-thread-from-message.
   */
  threadName: 100,
  /**
   * Maximum number of slash commands of a bot. Source: Discord documentation,
   * interactions/application-commands#registering-a-command.
   */
  commands: 100,
  /**
   * Maximum number of characters in alt text. Source: Discord documentation, resources/message#attachment-object and
   * components/reference#media-gallery.
   */
  attachmentDescription: 1_024,
} as const;
