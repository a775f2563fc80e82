/**
 * Discord's limits, each with its source; no other file repeats one of these numbers.
 * "docs" is https://discord.com/developers/docs; where docs and the published specification differ, the docs win.
 */
export const limits = {
  /** docs, interactions/receiving-and-responding: the first response must come within 3 seconds. */
  acknowledgeMs: 3_000,
  /** docs, interactions/receiving-and-responding: an interaction token is valid for 15 minutes. */
  tokenMs: 15 * 60_000,
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
  commandDescription: 100,
  commandOptions: 25,
  commandSize: 8_000,
  /** docs, resources/message#create-message: a nonce has at most 25 characters. */
  nonce: 25,
  /** docs, components/reference#button: the address of a link button. */
  buttonUrl: 512,
  /** docs, resources/message#create-message: the plain content of a message. */
  content: 2_000,
  /** docs, components/overview#legacy-message-component-behavior: action rows of a message without Components V2. */
  rows: 5,
  /** docs, resources/message#embed-object-embed-limits: all embeds of one message together. */
  embedCharacters: 6_000,
  /** docs, interactions/receiving-and-responding#modal (the published specification says 40). */
  modalComponents: 5,
  /** docs, components/reference: the title of a modal, a label and its description, the placeholder of a text input. */
  modalTitle: 45,
  label: 45,
  labelDescription: 100,
  placeholder: 100,
  /** docs, resources/channel#start-thread-from-message. */
  threadName: 100,
  /** docs, resources/message#create-message: a nonce is remembered for "the past few minutes". */
  nonceMs: 5 * 60_000,
  /** docs, interactions/application-commands#registering-a-command: typed commands in each scope. */
  commands: 100,
  /** docs, the same page, and change-log of 2026-03-03: commands of the menus of users, and of messages. */
  menuCommands: 15,
  /** docs, the same page: new commands of each scope in a day; changing one counts for nothing. */
  commandCreates: 200,
  /** docs, components/reference#text-input. */
  textInput: 4_000,
  /** docs, interactions/receiving-and-responding#create-followup-message: of an app that only the member installed. */
  followUps: 5,
  /** docs, resources/message#create-message, and 30015. */
  attachments: 10,
  /** docs, resources/message#attachment-object and components/reference#media-gallery: what a picture shows, in words. */
  attachmentDescription: 1_024,
  /** docs, reference#uploading-files: each file; the payload of an interaction names it. */
  attachmentBytes: 10 * 1024 * 1024,
} as const;
