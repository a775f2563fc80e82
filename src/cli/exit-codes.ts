/**
 * The exit codes of the process and their meanings. Most codes are from sysexits.h. The README contains the same table,
 * and a test checks that the two tables are equal.
 */
export const exitCodes = {
  stopped: 0,
  failed: 1,
  usage: 64,
  noInput: 66,
  unreachable: 69,
  software: 70,
  later: 75,
  shared: 76,
  refused: 77,
  config: 78,
  lost: 79,
} as const satisfies Record<string, number>;

export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  stopped: 'stopped as it was told, or the command is done',
  failed: 'something could not be stopped or saved; `pack:check` found mistakes',
  usage: 'wrong arguments; the right ones are printed',
  noInput: '`pack:check` cannot read the folder',
  unreachable: 'Discord or the database could not be reached for five minutes; starting again later helps',
  software: 'a mistake in the bot; the log has a reference',
  later: 'Discord allows no new session for now; the message says when to start again',
  shared: 'another process uses the same token, database or shards; stop one of the two',
  refused: 'Discord refuses the bot (shard, intent, version of its gateway); starting again does not help',
  config: 'the token, a setting, a file, the folder or the database needs a correction; starting again does not help',
  lost: 'another process has taken the shards of this one, or the database did not confirm them in time; starting again helps',
};
