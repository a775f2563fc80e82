/** Generates thousands of players with realistic scores. The same player number always gives the same scores. */
import { dice } from '../../src/core/dice.ts';
import { type Member } from '../../src/core/scores/member.ts';
import { applyResult } from '../../src/core/scores/apply-result.ts';
import { questionKinds } from '../../src/core/questions/question.ts';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import { dayNumber } from '../../src/core/scores/time-windows.ts';

/** The fixed current time of all measurements. It is a Wednesday. */
export const now = Date.UTC(2026, 10, 25, 18);
const dayMs = 86_400_000;
const topics = ['diplomacy', 'nuclear', 'islands', 'syria', 'trade', 'corridor', 'arms'] as const;
const days = 20;
const models = 500;

export const userOf = (player: number): string => String(100_000_000_000_000_000n + BigInt(player) * 7_919n);
export const homeOf = (server: number): string => String(900_000_000_000_000_000n + BigInt(server));
export const nameOf = (player: number): string => `Player ${player}`;

/** Creates the result of one question in a round of ten questions. */
export const resultOf = (scope: string, player: number, round: string, question: number, at: number): AnswerResult => ({
  round,
  question,
  questionId: `written-question-${(question * 31) % 280}`,
  kind: questionKinds[question % questionKinds.length] ?? 'who',
  about: [`entry-of-the-pack-${(player + question) % 150}`],
  scope,
  channel: '800000000000000000',
  user: userOf(player),
  name: nameOf(player),
  right: (player + question) % 3 > 0,
  points: (player + question) % 3 > 0 ? ([10, 15, 20][question % 3] ?? 0) : 0,
  at,
});

/**
 * Creates the scores of sample members. Each member has played one to six rounds of ten questions in the last three
 * weeks.
 */
function modelValues(): readonly Member[] {
  const chance = dice(1);
  return Array.from({ length: models }, (_, model) => {
    let member: Member | undefined;
    const rounds = 1 + chance.below(6);
    for (let round = 0; round < rounds; round++) {
      const at = now - chance.below(days) * dayMs;
      for (let question = 0; question < 10; question++) {
        const result = resultOf('', model + chance.below(90), `round-${chance.below(9_999)}`, question, at);
        const topic = topics[chance.below(topics.length)] ?? 'trade';
        member = applyResult(
          member,
          { ...result, round: `round-${model}-${round}` },
          { day: dayNumber(at, 'UTC'), topics: [topic] },
        );
      }
    }
    if (!member) throw new Error('no rounds were played');
    return member;
  });
}

/** Returns a function from the number of a player to the scores of the player. Few players have the same points. */
export function valuesOfPlayers(): (player: number) => Member {
  const values = modelValues();
  return (player) => {
    const model = values[(player * 7) % values.length];
    if (!model) throw new Error('there are no models');
    const more = (player * 37) % 1_009;
    const windows = Object.entries(model.windows).map(([id, span]) => {
      const [points, right, answered] = span.all;
      return [id, { ...span, all: [points + more, right, answered] as const }] as const;
    });
    return { ...model, name: nameOf(player), windows: Object.fromEntries(windows) as unknown as Member['windows'] };
  };
}
