/**
 * A figure of a group shows an item, such as a topic or a question, only if at least this many members have answered
 * it. The figures of smaller groups would reveal the answers of single members.
 */
export const fewestMembers = 3;
