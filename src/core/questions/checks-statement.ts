/**
 * Checks of true-false questions. The question must contain only one statement, and this statement must begin with its
 * source. In a false statement, exactly one part of the true statement must be replaced.
 */
import { speakerOf } from '../pack/voice.ts';
import type { QuestionCandidate, PackIndex } from './question-candidate.ts';
import { namesOf, proseOf } from './question-candidate.ts';
import type { CheckResult } from './checks-stem.ts';
import { contentWords, datesIn, sameStem } from './text-comparison.ts';

/** The statement must begin with its source, because members are asked what the source says, not what is true. */
export function sourceSpeaks({ statement, voice }: QuestionCandidate): CheckResult {
  if (!statement) return undefined;
  const { says } = statement;
  if (voice === 'reported')
    return /^The article \w+/.test(says) ? undefined : 'says: begin with the source; write "The article says that …"';
  if (speakerOf(voice) === undefined)
    return /^(In the author['’]s view, |The author )/.test(says)
      ? undefined
      : 'says: begin with whose view it is; write "In the author\'s view, …"';
  return /^According to [^,]+, as the article reports\b/.test(says)
    ? undefined
    : 'says: begin with whose claim it is; write "According to …, as the article reports, …"';
}

const joint =
  /;|\b(but|while|whereas|although|though|because|since|so that)\b|, (and|or|which|who|where)\b|\band (that|then|was|were|is|are|had|has|did|would|will|\w+ed)\b/i;

export function oneStatement({ statement, ask }: QuestionCandidate): CheckResult {
  const found = statement && joint.exec(ask)?.[0];
  return found && `says: "${found}" joins two statements, of which one may be true; keep one of them`;
}

export function oneSubstitution({ statement, answer }: QuestionCandidate): CheckResult {
  if (!statement) return undefined;
  const times = statement.says.split(answer.text).length - 1;
  if (times === 1) return undefined;
  return `part: "${answer.text}" stands ${times === 0 ? 'nowhere' : `${times} times`} in says; give words that stand there once`;
}

/**
 * If a statement contains a date or number, the entries that the question is about must not have editor's notes. A note
 * may contradict the date or number.
 */
export function disputedNumber({ statement, about, ask }: QuestionCandidate): CheckResult {
  if (!statement || !(/\d/.test(ask) || datesIn(ask).length > 0)) return undefined;
  const noted = about.find(({ notes }) => notes.length > 0);
  return noted && `says: the editor's notes on "${noted.id}" qualify its dates and numbers; state something else`;
}

const introducing = new Set(['says', 'reports', 'author', 'view']);

/** Minimum fraction of a statement's words that must occur in the entries that the question is about. */
const backedShare = 0.5;

/**
 * At least half of a statement's words must occur in the entries that the question is about. Otherwise the statement
 * could be invented. The part of the statement that is replaced in a false statement is ignored.
 */
export function backed({ statement, about, answer }: QuestionCandidate, packIndex: PackIndex): CheckResult {
  if (!statement) return undefined;
  const named = about.flatMap((entry) => [
    ...namesOf(entry),
    ...entry.links.flatMap((id) => packIndex.entry(id)?.title ?? []),
    packIndex.entry(speakerOf(entry.voice) ?? '')?.title ?? '',
  ]);
  const known = [...about.map(proseOf), ...named].flatMap(contentWords);
  // The part that is replaced in a false statement is removed here, because the check `supported` covers it.
  const words = contentWords(statement.says.replace(answer.text, ' ')).filter((word) => !introducing.has(word));
  const missing = words.filter((word) => !known.some((other) => sameStem(word, other)));
  if (missing.length <= (1 - backedShare) * words.length) return undefined;
  return `says: the asked entries say nothing of "${missing.slice(0, 4).join('", "')}"; keep to what they say`;
}
