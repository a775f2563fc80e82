/**
 * Discord's limits for what the bot sends, each with its source. No other file of the bot repeats one of these numbers.
 * "docs" is https://discord.com/developers/docs; where docs and the published specification differ, the docs win.
 */
export const limits = {
  /** docs, components/overview: a message of Components V2 has at most 40, nested ones counted. */
  components: 40,
  /** discord-api-docs pull request 8562: all text of one message of Components V2 together. */
  textCharacters: 4_000,
  /** discord-api-docs issue 8554: UTF-8 bytes of all text plus 12 for each text display; more is answered with 500. */
  textBytes: 10_170,
  textBytesEach: 12,
  /** docs, components/reference#button. */
  buttonLabel: 80,
  customId: 100,
  /** docs, components/reference#action-row. */
  rowButtons: 5,
  /** docs, components/reference#section. */
  sectionTexts: 3,
  /** docs, interactions/application-commands. */
  choices: 25,
  choiceName: 100,
  /** docs, components/reference#button: the address of a link button. */
  buttonUrl: 512,
  /** docs, interactions/receiving-and-responding#modal (the published specification says 40). */
  modalComponents: 5,
  /** docs, components/reference: the title of a modal, a label and its description, the placeholder of a text input. */
  modalTitle: 45,
  label: 45,
  labelDescription: 100,
  placeholder: 100,
  /** docs, resources/channel#start-thread-from-message. */
  threadName: 100,
  /** docs, interactions/application-commands#registering-a-command: typed commands in each scope. */
  commands: 100,
  /** docs, resources/message#attachment-object and components/reference#media-gallery: what a picture shows, in words. */
  attachmentDescription: 1_024,
} as const;
