/**
 * Discord's limits that the emulation enforces, each with its source. The bot has its own list in src/chat, so that
 * the emulation detects a wrong number in the bot. Limits of the gateway are in gateway-rules.ts, rate limits are in
 * rate-limits.ts. "Discord docs" means https://discord.com/developers/docs. If the docs and the published specification
 * differ, the docs apply.
 */
export const discordLimits = {
  /** Age in ms up to which messages can be deleted in bulk. Docs, resources/message#bulk-delete-messages. */
  bulkDeleteMs: 14 * 86_400_000,
  /** Discord docs, interactions/receiving-and-responding: the first response must come within 3 seconds. */
  acknowledgeMs: 3_000,
  /** Discord docs, interactions/receiving-and-responding: an interaction token is valid for 15 minutes. */
  tokenMs: 15 * 60_000,
  /** Discord docs, components/overview: components in one Components V2 message, including nested components. */
  components: 40,
  /** discord-api-docs pull request 8562: total characters of text in one Components V2 message. */
  textCharacters: 4_000,
  /**
   * discord-api-docs issue 8554: UTF-8 bytes of all text, plus `textBytesEach` for each text display. Discord responds
   * with status 500 to larger messages.
   */
  textBytes: 10_170,
  textBytesEach: 12,
  /** Discord docs, components/reference#action-row: buttons in one action row. */
  rowButtons: 5,
  /** Discord docs, interactions/application-commands: the limits of commands and their options. */
  choices: 25,
  choiceName: 100,
  commandDescription: 100,
  commandOptions: 25,
  commandSize: 8_000,
  /** Discord docs, resources/channel#channel-object-channel-types. */
  channelsPerCategory: 50,
  /** Discord docs, resources/channel#channel-object: characters of the topic of a text channel; the schema says 4,096. */
  topic: 1_024,
  /** Discord docs, resources/guild#modify-guild-member: a timeout ends at most 28 days from now. */
  timeoutMs: 28 * 86_400_000,
  /** Discord docs, resources/message#create-message: characters of a nonce. */
  nonce: 25,
  /** Discord docs, resources/message#create-message: Discord remembers a nonce for "the past few minutes". */
  nonceMs: 5 * 60_000,
  /** Discord docs, resources/message#create-message: characters of `content`. */
  content: 2_000,
  /** Discord docs, components/overview#legacy-message-component-behavior: action rows without Components V2. */
  rows: 5,
  /** Discord docs, resources/message#embed-object-embed-limits: total characters of all embeds in one message. */
  embedCharacters: 6_000,
  /**
   * Discord docs, interactions/receiving-and-responding#modal:
   * components in a modal. The published specification says 40.
   */
  modalComponents: 5,
  /** Discord docs, components/reference#text-input: characters of a text input. */
  textInput: 4_000,
  /** Discord docs, interactions/application-commands#registering-a-command: slash commands, global or per guild. */
  commands: 100,
  /** The same page, and change log of 2026-03-03: user commands, and likewise message commands, global or per guild. */
  menuCommands: 15,
  /** The same page: new commands per day, global or per guild. Editing a command does not count. */
  commandCreates: 200,
  /**
   * Discord docs, interactions/receiving-and-responding#create-followup-message:
   * for an app that only the user installed.
   */
  followUps: 5,
  /** Discord docs, resources/message#create-message, and error 30015: attachments of one message. */
  attachments: 10,
  /**
   * Discord docs, reference#uploading-files:
   * bytes of one file. Interactions carry this limit as `attachment_size_limit`.
   */
  attachmentBytes: 10 * 1024 * 1024,
} as const;
