/** Options for `vi.waitFor`. Its default timeout of one second is too short if other programs use the processors. */
export const patiently = { interval: 5, timeout: 30_000 } as const;
