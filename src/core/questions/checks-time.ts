/**
 * Checks of dates, and of questions about the order of events. Most contradictions between the article and the editor's
 * notes are about dates.
 */
import type { Entry } from '../pack/pack.ts';
import type { QuestionCandidate } from './question-candidate.ts';
import type { CheckResult } from './checks-stem.ts';
import { asksRecord } from './question.ts';
import { datesAgree, amountIn, dateIn, datesIn, hasPhrase, dateSpan } from './text-comparison.ts';

const timeAsked =
  /^when\b|, when (did|was|were|does|do|had|is)\b|\b((which|what) (year|month|day|date|decade|season|period|century)|how many (days|weeks|months|years)|how (long|soon)|came (first|last)|before or after|earli(er|est)|in (which|what) order)\b/i;

/** Whether the question asks for a time. The words "when the article was written" do not ask for a time. */
function asksTime({ kind, ask }: QuestionCandidate): boolean {
  return (
    kind === 'year' ||
    kind === 'closest-year' ||
    kind === 'order' ||
    timeAsked.test(ask.replaceAll(/when the article was written/gi, ''))
  );
}

/**
 * The first date in the editor's notes that contradicts the article. If the article gives only a vague date, such as
 * "early 2000s", every date outside this period counts as a contradiction. If the article gives no date at all, every
 * date in the notes counts as a contradiction.
 */
function contradiction({ date, when, notes }: Entry): string | undefined {
  const span = when === undefined ? undefined : dateSpan(when);
  return notes
    .flatMap(({ date }) => (date === undefined ? [] : [date]))
    .find((noted) => {
      if (date !== undefined) return !datesAgree(date, noted);
      const within = span && dateSpan(noted);
      return !within || within[0] < span[0] || within[1] > span[1];
    });
}

export function conflictingDate(candidate: QuestionCandidate): CheckResult {
  const { about, ask, answer, wrong } = candidate;
  if (asksRecord(candidate)) return undefined;
  const said = [ask, answer.text, ...wrong.map(({ text }) => text)].flatMap(datesIn);
  for (const entry of about) {
    const noted = contradiction(entry);
    if (noted === undefined) continue;
    if (asksTime(candidate))
      return `about: the record gives ${noted} for "${entry.id}", not what the article says; ask for something else than its date`;
    const { date } = entry;
    if (date !== undefined && said.some((one) => datesAgree(one, date) && !datesAgree(one, noted)))
      return `ask: by the record the date of "${entry.id}" is ${noted}; take the date out`;
  }
  return undefined;
}

export function precision(candidate: QuestionCandidate): CheckResult {
  const { about, ask, answer, kind } = candidate;
  const first = about[0];
  if (!first || asksRecord(candidate) || kind === 'not-said') return undefined;
  if (kind === 'figure' || (kind === 'true-false' && amountIn(answer.text))) {
    const vague = first.kind === 'figure' && first.approximate;
    const softened =
      /\b(nearly|almost|about|around|roughly|approximately|over|more than|up to|expected|hundreds|thousands)\b/i;
    return vague && !softened.test(`${ask} ${answer.text}`)
      ? `ask: the article's number is approximate; keep its "nearly" or "more than"`
      : undefined;
  }
  const said = dateIn(answer.text);
  if (!asksTime(candidate) && !(kind === 'true-false' && said)) return undefined;
  if (kind === 'order') {
    const undated = about.find((entry) => !spanByArticle(entry));
    return undated && `about: the article does not date "${undated.id}"; leave it out of the sequence`;
  }
  // If the article gives a vague date, such as "early 2000s", an answer in the same words is precise enough. This does
  // not apply to typed years: they are always compared with the entry's `date`, which is never vague.
  if (kind !== 'closest-year' && first.when !== undefined && hasPhrase(first.when, answer.text)) return undefined;
  const wanted = /\b(day|date)\b/i.test(ask) ? 10 : /\bmonth\b/i.test(ask) ? 7 : 4;
  if (!first.date || first.date.length < Math.max(wanted, said?.length ?? 0))
    return `ask: the article dates "${first.id}" ${first.date ? `only as ${first.date}` : 'nowhere'}; ask no finer than that`;
  return said && datesAgree(first.date, said)
    ? undefined
    : `answer: the article writes ${first.date}; correct the answer`;
}

/**
 * A question that is answered by typing a year must ask for a year. The question must not contain another year, because
 * members could use the other year to guess the answer.
 */
export function yearAsked({ kind, ask, answer }: QuestionCandidate): CheckResult {
  if (kind !== 'closest-year') return undefined;
  const named = datesIn(ask).find((date) => date !== answer.text);
  if (named !== undefined) return `ask: "${named}" helps to guess the year; leave it out`;
  return /\bwhich year\b/i.test(ask) ? undefined : 'ask: no year is asked for; write "In which year, …"';
}

/**
 * In a question about the order of events, the order of `about` is the right answer. This order must agree both with
 * the article and with the editor's notes.
 */
export function orderHolds({ kind, about }: QuestionCandidate): CheckResult {
  if (kind !== 'order') return undefined;
  for (const [index, later] of about.entries()) {
    const earlier = about[index - 1];
    if (!earlier) continue;
    const [before, after] = [spanByArticle(earlier), spanByArticle(later)];
    if (!before || !after) continue;
    const [recordBefore, recordAfter] = [spanByRecord(earlier) ?? before, spanByRecord(later) ?? after];
    if (before[0] > after[1] || recordBefore[1] >= recordAfter[0])
      return `about: "${earlier.id}" is not surely earlier than "${later.id}" in both the article and the record; leave one out`;
  }
  return undefined;
}

function spanByArticle({ date, when }: Entry) {
  return dateSpan(when ?? '') ?? dateSpan(date ?? '');
}

function spanByRecord({ notes }: Entry) {
  const dates = notes.flatMap(({ date }) => (date === undefined ? [] : [date])).toSorted();
  const [first, last] = [dateSpan(dates[0] ?? ''), dateSpan(dates.at(-1) ?? '')];
  return first && last ? ([first[0], last[1]] as const) : undefined;
}

/** A wrong option must not be a date that the editor's notes give as the right date. */
export function recordOption({ about, answer, kind, wrong }: QuestionCandidate): CheckResult {
  if (asksRecord({ kind })) return undefined;
  const right = dateIn(answer.text);
  for (const { text } of wrong) {
    const offered = dateIn(text);
    if (offered === undefined) continue;
    const noted = about
      .flatMap(({ notes }) => notes)
      .find(({ date }) => date !== undefined && datesAgree(date, offered) && !(right && datesAgree(date, right)));
    if (noted) return `wrong, "${text}": by the record (${noted.date}) this is right; choose another`;
  }
  return undefined;
}
