/**
 * The names of the twelve months, starting with January. Each month has its English name and all other spellings that
 * members may type in a search.
 */

/**
 * The first item of each row is the English name. The other items are abbreviations and the Russian and Persian names.
 */
export const monthSpellings: readonly (readonly [english: string, ...others: string[]])[] = [
  ['January', 'jan', 'январь', 'января', 'ژانویه'],
  ['February', 'feb', 'февраль', 'февраля', 'فوریه'],
  ['March', 'mar', 'март', 'марта', 'مارس'],
  ['April', 'apr', 'апрель', 'апреля', 'آوریل'],
  ['May', 'май', 'мая', 'مه', 'می'],
  ['June', 'jun', 'июнь', 'июня', 'ژوئن'],
  ['July', 'jul', 'июль', 'июля', 'ژوئیه', 'جولای'],
  ['August', 'aug', 'август', 'августа', 'اوت', 'آگوست'],
  ['September', 'sept', 'sep', 'сентябрь', 'сентября', 'سپتامبر'],
  ['October', 'oct', 'октябрь', 'октября', 'اکتبر'],
  ['November', 'nov', 'ноябрь', 'ноября', 'نوامبر'],
  ['December', 'dec', 'декабрь', 'декабря', 'دسامبر'],
];

export const monthNames: readonly string[] = monthSpellings.map(([english]) => english);
