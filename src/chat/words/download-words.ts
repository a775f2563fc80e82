/** Sentences about files that the bot does not fetch. */
export const downloadWords = {
  foreignHost: 'I fetch files only from Discord itself. Upload the file with the option `file`.',
  tooLarge: (maxBytes: number) =>
    `The file is larger than ${maxBytes / 1_048_576} MiB. Split it into smaller files and import each as a pack.`,
  refused: (status: number) => `Discord did not give me the file (status ${status}). Upload it again.`,
  tooSlow: (ms: number) => `The file did not arrive within ${ms / 1_000} seconds. Upload it again.`,
  failed: 'The file could not be fetched from Discord. Upload it again.',
} as const;
