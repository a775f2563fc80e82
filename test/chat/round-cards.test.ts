/** Tests that cards of rounds are within Discord's limits and do not reveal the right answer of an open question. */
import { expect, test } from 'vitest';
import { escapeMarkdown } from '../../src/chat/message/escape-markdown.ts';
import { type Message, message, textDisplay } from '../../src/chat/message/message-components.ts';
import { lineCount } from '../../src/chat/message/message-length.ts';
import { resultsCard } from '../../src/chat/quiz/end-card.ts';
import { hostControlsCard } from '../../src/chat/quiz/host-controls-card.ts';
import { closedLobbyCard } from '../../src/chat/quiz/lobby-card.ts';
import { missedQuestionsCard } from '../../src/chat/quiz/missed-questions.ts';
import { closedQuestionCard } from '../../src/chat/quiz/question-card.ts';
import { resumedCard, roundCard } from '../../src/chat/quiz/round-card.ts';
import { roundLink, roundStatusCard } from '../../src/chat/quiz/round-status.ts';
import { asksRecord, type Question } from '../../src/core/questions/question.ts';
import { begin, type Phase, type Quiz } from '../../src/core/quiz/quiz.ts';
import { library } from '../support/caspian.ts';
import { closestYear, trueFalse } from '../support/questions.ts';
import { partsOf, refusals, textOf } from './discord.ts';

const start = Date.UTC(2026, 10, 23, 12);
const { questions } = library.bank;
/** Every question of the shipped pack, plus a true-false question and a typed-year question. */
const everyForm: readonly Question[] = [...questions, trueFalse, closestYear];
const nasty = '||*<@1>_[x](https://y.example)`\u202e'.repeat(10).slice(0, 200);
const host = { id: '1'.repeat(19), name: nasty };

function round(asked: readonly Question[], phase: Phase | undefined, mode: 'group' | 'solo' = 'group'): Quiz {
  const quiz = begin({
    id: 'AbCdEfGh',
    mode,
    scope: 'g',
    channel: 'c',
    host,
    topic: nasty,
    questions: asked,
    at: start,
  });
  return phase ? { ...quiz, phase } : quiz;
}
/** The same round with `count` players who all chose `option` in every question. */
function crowded(quiz: Quiz, count: number, option = 0): Quiz {
  const users = Array.from({ length: count }, (_, index) => `${10 ** 18 + index * 1_000}`);
  const answers = Object.fromEntries(users.map((user) => [user, { option, at: start }]));
  return {
    ...quiz,
    players: Object.fromEntries(users.map((user) => [user, { name: nasty, misses: 0 }])),
    answers: quiz.answers.map(() => answers),
  };
}
const asking = { name: 'asking', question: 0, message: 'm', opensAt: start, closesAt: start + 20_000 } as const;
const reveal = { name: 'reveal', question: 0, message: 'm', until: start + 7_000 } as const;
const ended = { name: 'ended', why: 'finished', shown: false } as const;
const card = (quiz: Quiz): Message => {
  const shown = roundCard(quiz);
  if (!shown) throw new Error(`nothing is shown while ${quiz.phase.name}`);
  return shown;
};

test('the cards of every question are within Discord’s limits, before and after the reveal', () => {
  expect(questions.length).toBeGreaterThan(50);
  for (const question of everyForm)
    for (const mode of ['group', 'solo'] as const) {
      const quiz = round([question], asking, mode);
      expect(refusals(card(quiz)), question.id).toEqual([]);
      expect(refusals(card({ ...crowded(quiz, 200), phase: reveal })), question.id).toEqual([]);
      expect(refusals(closedQuestionCard(quiz, 0)), question.id).toEqual([]);
    }
});

test('in a solo round, the button "End round" is not where the button "Next" of the previous card was, so that pressing "Next" twice does not end the round', () => {
  const lastRow = (phase: Phase) =>
    (
      partsOf(card(round(questions.slice(0, 2), phase, 'solo'))).findLast(({ type }) => type === 1)?.components ?? []
    ).map(({ label }) => label);
  const [asked, revealed] = [lastRow({ name: 'asking', question: 0, opensAt: start }), lastRow(reveal)];
  expect(asked.indexOf('End round')).toBe(0);
  expect(revealed.indexOf('Next')).toBeGreaterThan(0);
});

test('the card of an open question does not depend on which answer is right', () => {
  for (const question of everyForm) {
    const cards = [0, 1, 2, 3].flatMap((right) =>
      (['group', 'solo'] as const).flatMap((mode) => {
        const changed = { ...question, right, explanation: `It is ${right}.`, notes: [], label: `label ${right}` };
        const quiz = round([changed], mode === 'solo' ? { name: 'asking', question: 0, opensAt: start } : asking, mode);
        return {
          mode,
          text: JSON.stringify([
            card(quiz),
            closedQuestionCard(quiz, 0),
            roundStatusCard(quiz, start),
            closedLobbyCard(quiz),
          ]),
        };
      }),
    );
    expect(new Set(cards.map(({ mode, text }) => mode + text)).size, question.id).toBe(2);
  }
});

test('the card of an open question shows the number of answers, but not which options were chosen', () => {
  const [question] = questions;
  if (!question) throw new Error('the bank is empty');
  const of = (option: number) => card(crowded(round([question], asking), 7, option));
  expect(textOf(of(question.right))).toContain('7 answered');
  expect(of(question.right)).toEqual(of((question.right + 1) % 4));
});

test('the card of a revealed question shows the right answer and the number of answers per option', () => {
  for (const question of questions) {
    const text = textOf(card({ ...crowded(round([question], asking), 3, question.right), phase: reveal }));
    const letter = question.kind === 'true-false' ? '' : 'ABCD'[question.right];
    expect(text).toContain(`✔ **${letter ?? question.right}`);
    expect(text).toContain(question.kind === 'closest-year' ? `${question.right}, exact` : '3 (100 %)');
    expect(text).toMatch(/paragraphs? \d|from the public record, not from the article/);
  }
});

test('if the right answer is from the public record, the revealed question names the public record and links its source', () => {
  const { entries } = library.pack;
  const ofRecord = questions.filter(asksRecord);
  expect(new Set(ofRecord.map(({ kind }) => kind))).toEqual(new Set(['record', 'article-or-record']));
  for (const question of ofRecord)
    for (const mode of ['group', 'solo'] as const) {
      const entry = entries.find(({ id }) => id === question.about[0]);
      const [source] =
        entry?.kind === 'record-event'
          ? entry.statement.sources
          : (entry?.notes.find(({ date }) => date !== undefined)?.sources ?? []);
      const revealed = partsOf(card({ ...round([question], asking, mode), phase: reveal }));
      const text = revealed.find(({ content }) => content?.includes(`](<${source?.url}>)`))?.content ?? '';
      const said =
        question.kind === 'record'
          ? 'from the public record, not from the article'
          : 'Compared with: reported in the article · paragraph';
      expect(text, question.id).toContain(said);
      expect(text, question.id).not.toMatch(/^-# reported in the article/mu);
      expect(lineCount(message(textDisplay(text))), question.id).toBeLessThanOrEqual(4);
    }
});

test('the card of a revealed question shows the whole explanation of every question in the shipped pack', () => {
  for (const question of questions)
    expect(textOf(card(round([question], reveal))), question.id).toContain(escapeMarkdown(question.explanation));
});

test('if a question asks which event came first or last, the revealed question shows the year of every option', () => {
  const events = library.pack.entries.filter((entry) => entry.kind === 'record-event');
  const isEvent = (text: string) => events.some(({ title }) => title === text);
  const orders = questions.filter(({ kind, options }) => kind === 'record' && options.every(isEvent));
  expect(orders).toHaveLength(6);
  for (const question of orders) {
    const text = textOf(card({ ...round([question], asking), phase: reveal }));
    const possible = [...question.options, ...(library.bank.spares?.get(question.id) ?? [])];
    for (const { title, date } of events.filter((event) => possible.includes(event.title)))
      expect(text, `${question.id}: ${title}`).toContain(date.slice(0, 4));
  }
});

test('the colour of a revealed question shows a solo player’s result, and is always the same in a group round', () => {
  const colourOf = (mode: 'group' | 'solo', option: number | undefined) => {
    const quiz = round([trueFalse], reveal, mode);
    const answers = option === undefined ? {} : { [host.id]: { option, at: start } };
    const [box] = card({ ...quiz, answers: [answers] }).components;
    return box?.type === 17 ? box.accent_color : undefined;
  };
  const [right, wrong, none] = [trueFalse.right, 1 - trueFalse.right, undefined];
  expect(colourOf('solo', right)).not.toBe(colourOf('solo', wrong));
  expect(colourOf('solo', none)).toBe(colourOf('solo', wrong));
  const inGroup = [right, wrong, none].map((option) => colourOf('group', option));
  expect(new Set(inGroup).size).toBe(1);
  expect([colourOf('solo', right), colourOf('solo', wrong)]).not.toContain(inGroup[0]);
});

test.each([1, 10, 11, 200])(
  'lobby, status, podium and restart messages are within Discord’s limits with %d long names',
  (count) => {
    const all = questions.slice(0, 25);
    const cards = [
      card(crowded(round(all, undefined), count)),
      card(crowded(round(all, ended), count)),
      card(crowded(round(all, { ...ended, why: 'away' }, 'solo'), count)),
      roundStatusCard(crowded(round(all, asking), count), start),
      roundStatusCard(
        crowded(round(all, { name: 'paused', question: 24, since: start, retryAt: start }), count),
        start,
      ),
      closedLobbyCard(crowded(round(all, asking), count)),
      resumedCard(crowded(round(all, asking), count)),
      resumedCard(crowded(round(all, undefined), count)),
    ];
    for (const shown of cards) {
      expect(shown && refusals(shown)).toEqual([]);
      expect(shown && textOf(shown)).not.toMatch(/(?<!\\)<@1>|(?<!\\)\[x|\u202e/);
    }
  },
);

test('the podium lists ten players, and tied players share a rank', () => {
  const [easy] = questions.filter(({ difficulty }) => difficulty === 1);
  if (!easy) throw new Error('the bank has no easy question');
  const tied = textOf(card(crowded(round([easy], ended), 13, easy.right)));
  expect(tied.match(/^\u200e1\\?\. /gm)).toHaveLength(10);
  expect(tied).toContain('and 3 more');
  expect(textOf(card(round([easy], ended)))).toContain('Nobody has points this time.');
});

test.each([1, 200])(
  'the cards of results, missed questions, host controls and paused rounds are within Discord’s limits with %d long names',
  (count) => {
    const all = everyForm.slice(-25);
    const host1 = (quiz: Quiz): Quiz => ({ ...quiz, pace: 'host', style: 'first', changes: true, hold: true });
    const halted = { name: 'halted', question: 3, by: 'host', until: start } as const;
    const over = crowded(round(all, ended), count);
    const [first = ''] = Object.keys(over.players);
    const wrong: Quiz = {
      ...over,
      answers: all.map(({ right }) => ({ [first]: { option: right === 0 ? 1 : 0, at: start } })),
    };
    const pages = [0, 8, 16, 24].map((from) => missedQuestionsCard(wrong, first, from));
    const newHost = { ...reveal, newHost: true } as const;
    const cards = [
      ...pages,
      missedQuestionsCard(over, 'nobody', 0),
      resultsCard(over),
      resultsCard(crowded(round(all, reveal), count)),
      ...[asking, reveal, halted, ended].map((phase) =>
        hostControlsCard(host1(crowded(round(all, phase), count)), nasty),
      ),
      ...[asking, newHost, halted, undefined].map((phase) => card(host1(crowded(round(all, phase), count)))),
      card({ ...host1(crowded(round(all, reveal), count)), void: [0], idle: 2 }),
      roundStatusCard(crowded(round(all, halted), count), start),
    ];
    for (const shown of cards) expect(refusals(shown)).toEqual([]);
    for (const shown of cards.slice(0, 7)) expect(textOf(shown)).not.toMatch(/(?<!\\)<@1>|(?<!\\)\[x|\u202e/);
    const told = pages.map(textOf).join('\n');
    for (const { ask } of all) expect(told).toContain(escapeMarkdown(ask));
  },
);

test('results during a round do not reveal the answer of the open question', () => {
  const [first, second] = questions;
  if (!first || !second) throw new Error('the bank is too small');
  const quiz = crowded(round([first, second], { ...asking, question: 1 }), 3, 0);
  const other = crowded(
    round([first, { ...second, right: second.right === 0 ? 1 : 0 }], { ...asking, question: 1 }),
    3,
    0,
  );
  expect(resultsCard(quiz)).toEqual(resultsCard(other));
  const [user = ''] = Object.keys(quiz.players);
  expect(missedQuestionsCard(quiz, user, 0)).toEqual(missedQuestionsCard(other, user, 0));
});

test('the link to a round opens the message of the open question, or the lobby message if no question is open', () => {
  const quiz = round(questions.slice(0, 3), undefined);
  expect(roundLink(quiz)).toBeUndefined();
  expect(roundLink({ ...quiz, lobby: 'l' })).toMatchObject({ url: 'https://discord.com/channels/g/c/l' });
  const threaded = { ...quiz, lobby: 'l', parent: 'c', channel: 't' };
  expect(roundLink(threaded)).toMatchObject({ url: 'https://discord.com/channels/g/c/l' });
  expect(roundLink({ ...threaded, phase: asking })).toMatchObject({ url: 'https://discord.com/channels/g/t/m' });
});

test('every answer button has a unique custom_id with the round, question and option', () => {
  const choices = questions.filter(({ options }) => options.length === 4);
  const quiz = round(choices.slice(0, 25), { ...asking, question: 24 });
  const ids = partsOf(card(quiz)).flatMap(({ custom_id }) => custom_id ?? []);
  expect(ids).toEqual([0, 1, 2, 3].map((slot) => `quiz:answer:AbCdEfGh:24:${slot}`));
});

test('a round that posts new messages has no card while its question cannot be posted; after a restart, solo rounds and rounds with a revealed question get no message that the round continues', () => {
  const paused = round(questions.slice(0, 3), { name: 'paused', question: 0, since: start, retryAt: start });
  expect(roundCard(paused)).toBeUndefined();
  expect(resumedCard(round(questions.slice(0, 3), reveal))).toBeUndefined();
  expect(resumedCard(round(questions.slice(0, 3), asking, 'solo'))).toBeUndefined();
});

test('a revealed question has a button "Report" only if the round is in a server and the pack id is stored with the round', () => {
  const [first] = questions;
  if (!first) throw new Error('there is no question');
  const reportsOn = (mode: 'group' | 'solo', more: Partial<Quiz>) => {
    const revealed = { ...round([first], { name: 'reveal', question: 0 }, mode), pack: 'p', ...more };
    const card = roundCard(revealed) ?? { components: [] };
    return partsOf(card).filter(({ custom_id }) => custom_id?.startsWith('pack:report:')).length;
  };
  for (const mode of ['group', 'solo'] as const) {
    expect(reportsOn(mode, {})).toBe(1);
    expect(reportsOn(mode, { scope: 'dm:1' })).toBe(0);
    expect(reportsOn(mode, { pack: '' })).toBe(0);
  }
});

test('in a right-to-left question, the letter (A to D) of each option stands to the right of the option, even if the option is in Latin script', () => {
  const options = ['تهران', 'مسکو', 'London', 'آنکارا'];
  const ofText = (ask: string, phase: Phase) =>
    textOf(card(round([{ ...everyForm[0], kind: 'what', ask, options, right: 1 } as Question], phase)));
  for (const phase of [asking, reveal]) {
    const [rightToLeft, leftToRight] = [ofText('پایتخت کدام است؟', phase), ofText('Which one is it?', phase)];
    for (const letter of ['A', 'B', 'C', 'D']) {
      expect(rightToLeft).toContain(`\u200f**${letter}**\u200f `);
      expect(leftToRight).not.toContain(`\u200f**${letter}**`);
    }
  }
});
