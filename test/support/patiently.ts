/** Options of `vi.waitFor`, whose default of one second is too short while other programs use the processors. */
export const patiently = { interval: 5, timeout: 30_000 } as const;
