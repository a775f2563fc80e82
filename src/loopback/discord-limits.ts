/**
 * Discord's limits with their sources. The bot has its own list, so that the emulation detects a wrong limit in the
 * bot. "Discord docs" means https://discord.com/developers/docs. If the docs contradict the published specification,
 * the limit follows the docs.
 */
export const discordLimits = {
  /** Discord docs, resources/message#bulk-delete-messages: maximum age of messages for bulk deletion, in ms. */
  bulkDeleteMs: 14 * 86_400_000,
  /** Discord docs, interactions/receiving-and-responding: the bot must send the first response within 3 seconds. */
  acknowledgeMs: 3_000,
  /** Discord docs, interactions/receiving-and-responding: an interaction token is valid for 15 minutes. */
  tokenMs: 15 * 60_000,
  /** Discord docs, components/overview: maximum number of components (also nested) in a Components V2 message. */
  components: 40,
  /** discord-api-docs pull request 8562: maximum number of characters of all text in one Components V2 message. */
  textCharacters: 4_000,
  /**
   * discord-api-docs issue 8554: maximum size of all text displays in UTF-8 bytes. Discord adds `textBytesEach` to
   * the size of each text display. A message above the maximum causes status 500.
   */
  textBytes: 10_170,
  textBytesEach: 12,
  /** Discord docs, components/reference#action-row: maximum number of buttons in one action row. */
  rowButtons: 5,
  /** Discord docs, interactions/application-commands: the limits of commands and their options. */
  choices: 25,
  choiceName: 100,
  commandDescription: 100,
  commandOptions: 25,
  commandSize: 8_000,
  /** Discord docs, resources/channel#channel-object-channel-types: maximum number of channels in a category. */
  channelsPerCategory: 50,
  /** Discord docs, resources/channel#channel-object: maximum length of a topic. The specification says 4,096. */
  topic: 1_024,
  /** Discord docs, resources/guild#modify-guild-member: maximum duration of a timeout, in ms. */
  timeoutMs: 28 * 86_400_000,
  /** Discord docs, resources/message#create-message: maximum length of a nonce. */
  nonce: 25,
  /** Discord docs, resources/message#create-message: Discord remembers a nonce for "the past few minutes". */
  nonceMs: 5 * 60_000,
  /** Discord docs, resources/message#create-message: maximum length of `content`. */
  content: 2_000,
  /**
   * Discord docs, components/overview#legacy-message-component-behavior: maximum number of action rows in a message
   * without Components V2.
   */
  rows: 5,
  /** Discord docs, resources/message#embed-object-embed-limits: maximum number of characters in a message's embeds. */
  embedCharacters: 6_000,
  /**
   * Discord docs, interactions/receiving-and-responding#modal: maximum number of components of a modal. The OpenAPI
   * specification allows 40, but the docs allow 5, and the emulation applies the lower limit.
   */
  modalComponents: 5,
  /** Discord docs, components/reference#text-input: maximum length of a text input. */
  textInput: 4_000,
  /**
   * Discord docs, interactions/application-commands#registering-a-command: maximum number of global slash commands. The
   * same limit applies to the slash commands of each guild.
   */
  commands: 100,
  /**
   * Discord docs, application-commands#registering-a-command and change log of 2026-03-03: maximum number of global
   * user commands. The same limit applies to the user commands of each guild, and to message commands.
   */
  menuCommands: 15,
  /**
   * Discord docs, application-commands#registering-a-command: maximum number of new global commands in 24 hours. The
   * same limit applies to the new commands of each guild.
   */
  commandCreates: 200,
  /**
   * Discord docs, receiving-and-responding#create-followup-message: maximum number of follow-ups to one interaction, if
   * the app is not in the guild.
   */
  followUps: 5,
  /** Discord docs, resources/message#create-message, and error 30015: maximum number of attachments of one message. */
  attachments: 10,
  /** Discord docs, reference#uploading-files: maximum size of one file, in bytes. */
  attachmentBytes: 10 * 1024 * 1024,
} as const;
