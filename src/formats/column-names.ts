/**
 * The names that people give to the columns of a table of cards, in several languages. A column with any other name has
 * no known role.
 */
import type { ColumnRole } from '../core/material/material.ts';

const names: Readonly<Record<ColumnRole, string>> = {
  front: `front, front side, question, questions, term, terms, word, words, prompt, cue, expression, vocabulary, vocab, concept, statement, text, key, country, element, event, abbreviation, symbol,
    vorderseite, frage, fragen, begriff, begriffe, wort, vokabel, ausdruck, aufgabe, stichwort, fachbegriff, land, ereignis, abkürzung,
    вопрос, термин, слово, понятие, лицо, лицевая, лицевая сторона, выражение, задание, страна, событие,
    soru, kelime, sözcük, terim, kavram, ön yüz, ön, ülke, olay,
    پرسش, سؤال, سوال, واژه, کلمه, اصطلاح, لغت, رو, کشور, رویداد,
    سؤال, كلمة, مصطلح, مفردة,
    question, terme, mot, recto, expression, notion, pays, événement,
    pregunta, término, palabra, anverso, concepto, frente, país, evento, pergunta, termo, palavra,
    domanda, termine, parola, fronte, pytanie, słowo, pojęcie, питання, слово, термін,
    שאלה, מילה, מונח, ביטוי, 单词, 问题, 質問, 問題, 単語, 用語`,
  back: `back, back side, answer, answers, correct answer, right answer, correct, solution, definition, definitions, meaning, translation, response, description, value, capital,
    rückseite, antwort, antworten, richtige antwort, lösung, definition, bedeutung, übersetzung, erklärung, beschreibung, hauptstadt,
    ответ, правильный ответ, верный ответ, определение, значение, перевод, оборот, обратная, обратная сторона, решение, столица,
    cevap, yanıt, doğru cevap, doğru yanıt, tanım, anlam, anlamı, çeviri, karşılık, karşılığı, arka yüz, arka, başkent,
    پاسخ, پاسخ درست, جواب, معنی, معنا, تعریف, ترجمه, پشت, پایتخت, إجابة, معنى, ترجمة, تعريف,
    réponse, bonne réponse, définition, signification, traduction, verso, solution, capitale,
    respuesta, respuesta correcta, definición, significado, traducción, reverso, solución, resposta, definição, tradução,
    risposta, definizione, significato, traduzione, retro, odpowiedź, definicja, znaczenie, tłumaczenie, відповідь, переклад, визначення,
    תשובה, תרגום, הגדרה, פירוש, 意味, 答え, 解答, 回答, 正解, 訳, 意思, 答案, 释义`,
  wrong: `wrong, wrong answer, wrong answers, wrong option, distractor, distractors, incorrect, incorrect answer, incorrect answers, false answer, false answers, other options,
    falsch, falsche antwort, falsche antworten, distraktor, distraktoren, falschantwort, falschantworten,
    неправильный ответ, неправильные ответы, неверный ответ, неверные ответы, ошибочный ответ, дистрактор, дистракторы,
    yanlış, yanlış cevap, yanlış cevaplar, yanlış yanıt, yanlışlar, çeldirici, çeldiriciler,
    پاسخ نادرست, پاسخ‌های نادرست, پاسخ غلط, غلط, نادرست, گزینه نادرست, گزینه‌های نادرست,
    faux, mauvaise réponse, mauvaises réponses, fausse réponse, fausses réponses, distracteur, distracteurs,
    incorrecta, incorrectas, respuesta incorrecta, respuestas incorrectas, distractor, distractores, errada, falsa, falsas, errado,
    sbagliata, risposta sbagliata, risposte sbagliate, błędna odpowiedź, błędne odpowiedzi, неправильна відповідь`,
  tags: `tag, tags, topic, topics, category, categories, subject, chapter, unit, lesson, deck, section, group, theme, label, labels, set, continent,
    thema, themen, kapitel, kategorie, fach, lektion, einheit, schlagwort, schlagwörter, bereich, gruppe, stapel,
    тема, темы, раздел, глава, категория, тег, теги, метки, метка, предмет, урок, колода, группа,
    konu, konular, etiket, etiketler, bölüm, kategori, ders, ünite, deste,
    موضوع, برچسب, برچسب‌ها, دسته, فصل, درس, بخش,
    thème, sujet, chapitre, catégorie, étiquette, étiquettes, leçon, matière, unité, rubrique,
    tema, temas, capítulo, categoría, etiqueta, etiquetas, lección, unidad, materia, categoria, continente,
    argomento, capitolo, temat, kategoria, rozdział, تصنيف, وحدة, נושא, קטגוריה, פרק, 分野, 科目, カテゴリ, タグ, 主题, 类别`,
  date: `date, dates, year, when, day, datum, jahr, wann, tag der, дата, год, когда, tarih, yıl, ne zaman, تاریخ, سال, année, quand, fecha, año, cuándo, data, ano, anno, rok`,
  source: `source, sources, reference, references, ref, page, book, url, link, citation, where from,
    quelle, quellen, beleg, fundstelle, seite, buch, nachweis,
    источник, источники, ссылка, страница, книга,
    kaynak, kaynaklar, sayfa, منبع, مأخذ, صفحه, fuente, fuentes, página, libro, fonte, źródło, référence, page, livre, джерело`,
  extra: `extra, back extra, note, notes, comment, comments, remark, explanation, example, examples, hint, details, more, reading, pronunciation, kana, romaji, pinyin, transcription, example sentence,
    hinweis, anmerkung, anmerkungen, notiz, notizen, bemerkung, kommentar, beispiel, beispielsatz, zusatz, aussprache, lesung, erläuterung,
    примечание, примечания, комментарий, пояснение, пример, подсказка, заметка, заметки, транскрипция, чтение,
    not, notlar, açıklama, örnek, ipucu, okunuş, توضیح, توضیحات, یادداشت, مثال, نکته, تلفظ,
    remarque, commentaire, explication, exemple, prononciation, nota, notas, comentario, explicación, ejemplo, pronunciación, observaciones, nota bene, esempio, uwaga, przykład, примітка`,
  ignore: 'id, no, no., nr, nr., number, guid, #, №, numéro, número, nummer, номер, numara, شماره',
};

/**
 * Names of languages. A table whose columns have names of languages is a vocabulary list. The first of these columns is
 * the front.
 */
const languages = new Set(
  `english, german, french, spanish, italian, portuguese, russian, turkish, persian, farsi, arabic, hebrew, greek, latin, polish, dutch, swedish, norwegian, danish, finnish, chinese, korean, ukrainian, hindi,
  englisch, deutsch, französisch, spanisch, italienisch, portugiesisch, russisch, türkisch, persisch, arabisch, hebräisch, griechisch, latein, polnisch, niederländisch, schwedisch, norwegisch, dänisch, chinesisch, japanisch, ukrainisch,
  anglais, allemand, français, espagnol, italien, portugais, russe, turc, persan, arabe, hébreu, grec, polonais, chinois, japonais,
  inglés, alemán, francés, español, italiano, portugués, ruso, turco, persa, árabe, griego, latín, inglese, tedesco, francese, spagnolo, русский, английский, немецкий, французский, испанский, турецкий, персидский, арабский, латинский,
  türkçe, ingilizce, almanca, fransızca, ispanyolca, rusça, farsça, arapça, انگلیسی, فارسی, آلمانی, فرانسوی, روسی, عربی, ترکی, 日本語, 英語, 中文, 英文, 한국어, polski, angielski, niemiecki, українська, svenska, engelska, nederlands, engels`
    .split(',')
    .map(folded),
);

const roleByName: ReadonlyMap<string, ColumnRole> = new Map(
  Object.entries(names).flatMap(([role, list]) => list.split(',').map((name) => [folded(name), role as ColumnRole])),
);

/** A form of a name for comparisons: in lower case, and without punctuation. */
function folded(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\u200c\u200d]/g, ' ')
    .replaceAll(/[^\p{L}\p{M}\p{N}#№.]+/gu, ' ')
    .trim();
}

/**
 * The role of a column with this name. Undefined if the name is unknown.
 *
 * A known name may be followed by a number, as in "Wrong answer 2". If the name means a front or a back, it must not
 * have a number, for two reasons. "Question 1" may be the front of a card and not the name of a column. In a table with
 * the columns "answer 1" and "answer 2", usually only one of these columns contains the right answers.
 */
export function roleOfName(name: string): ColumnRole | undefined {
  const whole = folded(name);
  const known = roleByName.get(whole);
  if (known !== undefined) return known;
  // The Arabic article ال is removed from the beginning of the name.
  const withoutArticle = roleByName.get(whole.replace(/^ال/u, ''));
  if (withoutArticle !== undefined) return withoutArticle;
  const numbered = roleByName.get(whole.replace(/ ?[\d.]+$/, '').trim());
  return numbered === 'front' || numbered === 'back' ? undefined : numbered;
}

export const isLanguage = (name: string): boolean => languages.has(folded(name));

/**
 * Whether two columns of different tables contain the same kind of data. This is the case if the columns have the same
 * name, if they are both fronts of cards, or if they are both backs of cards.
 */
export function isSameColumn(name: string, other: string): boolean {
  const role = roleOfName(name);
  return folded(name) === folded(other) || ((role === 'front' || role === 'back') && role === roleOfName(other));
}
