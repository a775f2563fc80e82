/** The message flags that the emulation reads or sets. Discord docs, resources/message#message-object-message-flags. */
export const messageFlags = {
  suppressEmbeds: 1 << 2,
  /** Set if a thread was started from the message. */
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  /** Set for a deferred reply that has no content yet. */
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  isComponentsV2: 1 << 15,
} as const;
