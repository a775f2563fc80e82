/**
 * Converts Cyrillic and Arabic script to Latin letters, so that Дунай, دانوب and Danube become similar.
 *
 * The letters follow the common English spelling of names (kh, sh, zh), not a scholarly system. This spelling is
 * sufficient, because typed and stored texts are converted in the same way. Persian does not write short vowels, and
 * this function does not add the missing vowels. The consonant skeletons of `sounds.ts` ignore vowels for this reason.
 *
 * Names are not translated. Authors list the names of an entry in other languages as its aliases.
 */

/**
 * Letter → Latin spelling. The letters are in lower case and without combining marks. The caller has removed the marks:
 * й has become и, and ё has become е.
 */
const pairs = `
  а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch
  ъ= ы=y ь= э=e ю=yu я=ya
  і=i є=ye ґ=g ғ=gh қ=q ҳ=h ҷ=j ә=a ң=ng ө=o ұ=u ү=u һ=h
  ا=a ب=b پ=p ت=t ث=s ج=j چ=ch ح=h خ=kh د=d ذ=z ر=r ز=z ژ=zh س=s ش=sh ص=s ض=z ط=t ظ=z ع= غ=gh ف=f ق=q ک=k ك=k گ=g
  ل=l م=m ن=n و=u ه=h ہ=h ة=e ی=i ي=i ى=i ء= ٱ=a
  ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ı=i ə=a
  ٠=0 ١=1 ٢=2 ٣=3 ٤=4 ٥=5 ٦=6 ٧=7 ٨=8 ٩=9
  ۰=0 ۱=1 ۲=2 ۳=3 ۴=4 ۵=5 ۶=6 ۷=7 ۸=8 ۹=9`;

const letters: ReadonlyMap<string, string> = new Map(
  pairs
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 1), pair.slice(2)]),
);

const letter = new RegExp(`[${[...letters.keys()].join('')}]`, 'gu');

/** Patterns for Arabic letters whose sound depends on their position in the word. */
const placed: readonly (readonly [RegExp, string])[] = [
  // In Arabic, "and" and "for" are written together with the article that follows: والنفط, للنفط. Both words are
  // removed, and the article is kept.
  [/(?<!\p{L})[وف](?=ال\p{L}{2})/gu, ''],
  [/(?<!\p{L})لل(?=\p{L}{2})/gu, 'ال'],
  // An alef is silent before a long vowel at the beginning of a word: ایتالیا, اوگاندا.
  [/(?<!\p{L})ا(?=[یيى])[یيى]/gu, 'i'],
  [/(?<!\p{L})او/gu, 'u'],
  // Waw and yeh are consonants at the beginning of a word.
  [/(?<!\p{L})و/gu, 'v'],
  [/(?<!\p{L})[یي]/gu, 'y'],
  // A heh at the end of a word is a vowel: ترکیه, خانه.
  [/(?<=\p{L})[هہ](?!\p{L})/gu, 'e'],
];

/**
 * Replaces every known letter with letters from a-z and every known digit with a digit from 0-9. `text` must be in
 * lower case and without marks.
 */
export function romanise(text: string): string {
  let latin = text;
  for (const [pattern, sound] of placed) latin = latin.replace(pattern, sound);
  return latin.replace(letter, (found) => letters.get(found) ?? found);
}
