/** Checks for questions about what the article does not say, and for questions about the public record. */
import { isFromRecord } from '../pack/pack.ts';
import type { CheckResult } from './checks-stem.ts';
import { type PackIndex, type QuestionCandidate, proseOf } from './question-candidate.ts';
import { asksRecord } from './question.ts';
import { contentWords, dateIn, datesAgree, datesIn, hasPhrase, sameStem } from './text-comparison.ts';

/**
 * An entry counts as making a statement if it contains at least this fraction of the statement's content words. The
 * fraction is 0.9 instead for the right answer of a `not-said` question, which the article must not say anywhere.
 */
const saidShare = 0.6;

/**
 * In a question about what the article does not say, each wrong option must be a statement from one of the paragraphs
 * that the question is about. The right answer must be something that the article says nowhere.
 */
export function unsaid({ about, answer, kind, wrong }: QuestionCandidate, { pack }: PackIndex): CheckResult {
  if (kind !== 'not-said') return undefined;
  const fromArticle = pack.entries.filter((entry) => !isFromRecord(entry));
  const numbers = new Set(about.flatMap(({ paragraphs }) => paragraphs));
  const near = fromArticle.filter(({ paragraphs }) => paragraphs.some((number) => numbers.has(number)));
  const invented = wrong.find(({ text }) => !near.some((entry) => says(proseOf(entry), text)));
  if (invented) return `wrong, "${invented.text}": the article says nothing like it there; write what it does say`;
  const saying = fromArticle.find((entry) => says(proseOf(entry), answer.text, 0.9));
  return saying && `answer: "${saying.id}" says something like it; write what the article says nowhere`;
}

function says(prose: string, statement: string, share = saidShare): boolean {
  const words = contentWords(statement);
  const there = contentWords(prose);
  const found = words.filter((word) => there.some((other) => sameStem(word, other)));
  return found.length >= share * words.length;
}

/**
 * A question about the public record must mention the record. Every entry that the question is about must be listed
 * under `askRecord`. In a question of kind `record`, the first of these entries must confirm the answer. If the answer
 * is a date, it must agree with the entry's date. Any other answer must be in the entry's text.
 */
export function byRecord(candidate: QuestionCandidate, { askRecord }: PackIndex): CheckResult {
  const { about, answer, ask, kind, wrong } = candidate;
  const [first] = about;
  if (!asksRecord(candidate) || !first) return undefined;
  if (!/\brecord\b/i.test(ask)) return 'ask: the public record is not named; write "By the public record, …"';
  const closed = about.find(({ id }) => !askRecord.includes(id));
  if (closed) return `about: "${closed.id}" is not under askRecord; list it there or ask about another entry`;
  if (kind === 'record' && !isFromRecord(first))
    return `about: "${first.id}" is told by the article; ask about an entry that only the record has`;
  if (kind === 'article-or-record') return isFromRecord(first) ? notFromArticle(first.id) : undefined;
  if (/\barticle\b/i.test(ask)) return 'ask: the article says nothing of this; name the public record alone';
  const date = dateIn(answer.text);
  const right = date === undefined ? hasPhrase(proseOf(first), answer.text) : datesAgree(first.date ?? '', date);
  if (!right) return `answer: the record statement does not bear out "${answer.text}"; correct the answer`;
  const twin = wrong.find(({ text }) =>
    datesIn(text).some((one) => first.date !== undefined && datesAgree(first.date, one)),
  );
  return twin && `wrong, "${twin.text}": by the record this is right; choose another`;
}

const notFromArticle = (id: string): string => `about: "${id}" is not in the article; ask it as kind record`;
