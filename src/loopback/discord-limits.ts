/**
 * The limits of Discord that the emulation enforces, each with its source. The bot has a separate list in src/chat, so
 * that the emulation detects a wrong limit in the bot. Limits of the gateway are in gateway-rules.ts, and rate limits
 * are in rate-limits.ts. "Discord docs" means https://discord.com/developers/docs. If the docs and the published
 * specification differ, the emulation follows the docs.
 */
export const discordLimits = {
  /** Discord docs, resources/message#bulk-delete-messages: maximum age of messages for bulk deletion, in ms. */
  bulkDeleteMs: 14 * 86_400_000,
  /** Discord docs, interactions/receiving-and-responding: the bot must send the first response within 3 seconds. */
  acknowledgeMs: 3_000,
  /** Discord docs, interactions/receiving-and-responding: an interaction token is valid for 15 minutes. */
  tokenMs: 15 * 60_000,
  /**
   * Discord docs, components/overview: maximum number of components in a Components V2 message, including nested
   * components.
   */
  components: 40,
  /** discord-api-docs pull request 8562: maximum number of characters of all text in one Components V2 message. */
  textCharacters: 4_000,
  /**
   * discord-api-docs issue 8554: maximum number of UTF-8 bytes of all text in a message. Each text display adds
   * `textBytesEach` bytes. Discord responds with status 500 if a message exceeds the limit.
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
  /**
   * Discord docs, resources/channel#channel-object: maximum length of the topic of a text channel. The published
   * specification says 4,096.
   */
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
  /**
   * Discord docs, resources/message#embed-object-embed-limits: maximum number of characters of all embeds in a message.
   */
  embedCharacters: 6_000,
  /**
   * Discord docs, interactions/receiving-and-responding#modal:
   * maximum number of components in a modal. The published specification says 40.
   */
  modalComponents: 5,
  /** Discord docs, components/reference#text-input: maximum length of a text input. */
  textInput: 4_000,
  /**
   * Discord docs, interactions/application-commands#registering-a-command: maximum number of global slash commands.
   * Each guild has the same limit for its own commands.
   */
  commands: 100,
  /**
   * Discord docs, interactions/application-commands#registering-a-command, and change log of 2026-03-03: maximum number
   * of global user commands and maximum number of global message commands. Each guild has the same limits for its own
   * commands.
   */
  menuCommands: 15,
  /**
   * Discord docs, interactions/application-commands#registering-a-command: maximum number of commands that an
   * application can create per day. Global commands and each guild have separate limits.
   */
  commandCreates: 200,
  /**
   * Discord docs, interactions/receiving-and-responding#create-followup-message: maximum number of follow-ups if the
   * app is installed for the user but not in the guild.
   */
  followUps: 5,
  /** Discord docs, resources/message#create-message, and error 30015: maximum number of attachments of one message. */
  attachments: 10,
  /**
   * Discord docs, reference#uploading-files:
   * maximum size of one file in bytes. Interactions contain this limit as `attachment_size_limit`.
   */
  attachmentBytes: 10 * 1024 * 1024,
} as const;
