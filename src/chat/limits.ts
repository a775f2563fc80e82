/**
 * Discord's limits on messages, modals and commands, each with its source. All other files of the bot use these
 * constants and do not repeat the numbers. "docs" stands for https://discord.com/developers/docs. If the docs
 * contradict the published OpenAPI specification, the limit follows the docs.
 */
export const limits = {
  /** Components in a message, including nested ones. Source: docs, components/overview. */
  components: 40,
  /** Characters in all texts of a message together. Source: discord-api-docs pull request 8562. */
  textCharacters: 4_000,
  /**
   * UTF-8 bytes of all texts of a message, plus 12 (`textBytesEach`) for each text display. Discord responds with
   * status 500 to longer messages. Source: discord-api-docs issue 8554.
   */
  textBytes: 10_170,
  textBytesEach: 12,
  /** Characters in the label and in the custom_id of a button. Source: docs, components/reference#button. */
  buttonLabel: 80,
  customId: 100,
  /** Buttons in an action row. Source: docs, components/reference#action-row. */
  rowButtons: 5,
  /** Text displays in a section. Source: docs, components/reference#section. */
  sectionTexts: 3,
  /** Choices of an option, and characters in the name of a choice. Source: docs, interactions/application-commands. */
  choices: 25,
  choiceName: 100,
  /** Characters in the URL of a link button. Source: docs, components/reference#button. */
  buttonUrl: 512,
  /** Components in a modal. Source: docs, interactions/receiving-and-responding#modal (the specification says 40). */
  modalComponents: 5,
  /**
   * Characters in the title of a modal, in a label and its description, and in the placeholder of a text input. Source:
   * docs, components/reference.
   */
  modalTitle: 45,
  label: 45,
  labelDescription: 100,
  placeholder: 100,
  /** Characters in the name of a thread. Source: docs, resources/channel#start-thread-from-message. */
  threadName: 100,
  /** Slash commands of a bot. Source: docs, interactions/application-commands#registering-a-command. */
  commands: 100,
  /** Characters in alt text. Source: docs, resources/message#attachment-object, components/reference#media-gallery. */
  attachmentDescription: 1_024,
} as const;
