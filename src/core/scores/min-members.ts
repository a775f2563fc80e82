/**
 * Statistics of a group contain an item, such as a topic or a question, only if at least this many members have
 * answered it. With fewer members, the statistics would reveal the answers of individual members.
 */
export const minMembers = 3;
