/**
 * Discord's limits that the emulation enforces, each with its source. The bot has a list of its own in src/chat, so that
 * a wrong number there fails here. Absent: the gateway's numbers (gateway-rules.ts) and rate limits (rate-limits.ts).
 * "docs" is https://discord.com/developers/docs; where docs and the published specification differ, the docs win.
 */
export const discordLimits = {
  /** docs, interactions/receiving-and-responding: the first response must come within 3 seconds. */
  acknowledgeMs: 3_000,
  /** docs, interactions/receiving-and-responding: an interaction token is valid for 15 minutes. */
  tokenMs: 15 * 60_000,
  /** docs, components/overview: components of one Components V2 message, nested ones included. */
  components: 40,
  /** discord-api-docs pull request 8562: characters of all text in one Components V2 message. */
  textCharacters: 4_000,
  /** discord-api-docs issue 8554: UTF-8 bytes of all text plus 12 for each text display. Above it Discord answers 500. */
  textBytes: 10_170,
  textBytesEach: 12,
  /** docs, components/reference#action-row. */
  rowButtons: 5,
  /** docs, interactions/application-commands. */
  choices: 25,
  choiceName: 100,
  commandDescription: 100,
  commandOptions: 25,
  commandSize: 8_000,
  /** docs, resources/message#create-message: characters of a nonce. */
  nonce: 25,
  /** docs, resources/message#create-message: a nonce is remembered for "the past few minutes". */
  nonceMs: 5 * 60_000,
  /** docs, resources/message#create-message: characters of `content`. */
  content: 2_000,
  /** docs, components/overview#legacy-message-component-behavior: action rows without Components V2. */
  rows: 5,
  /** docs, resources/message#embed-object-embed-limits: characters of all embeds of one message. */
  embedCharacters: 6_000,
  /** docs, interactions/receiving-and-responding#modal (the published specification says 40). */
  modalComponents: 5,
  /** docs, components/reference#text-input. */
  textInput: 4_000,
  /** docs, interactions/application-commands#registering-a-command: slash commands in each scope. */
  commands: 100,
  /** The same page, and change log of 2026-03-03: user commands, and message commands, in each scope. */
  menuCommands: 15,
  /** The same page: new commands of each scope in a day. Changing a command does not count. */
  commandCreates: 200,
  /** docs, interactions/receiving-and-responding#create-followup-message: for an app only the user has installed. */
  followUps: 5,
  /** docs, resources/message#create-message, and error 30015. */
  attachments: 10,
  /** docs, reference#uploading-files: bytes of one file; interactions name it as `attachment_size_limit`. */
  attachmentBytes: 10 * 1024 * 1024,
} as const;
