/**
 * Decodes texts in legacy encodings. If a file is decoded with the wrong encoding, some letters of its text are
 * replaced by wrong letters.
 */
import { expect, test } from 'vitest';
import { decode } from '../../src/formats/encodings.ts';

/** The bytes of a text in a legacy encoding. Each character of the encoding has one or two bytes. */
function encoded(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytesOf = new Map<string, readonly number[]>();
  const add = (bytes: readonly number[]) => {
    const read = decoder.decode(Uint8Array.from(bytes));
    if (!bytesOf.has(read)) bytesOf.set(read, bytes);
  };
  for (let first = 0; first < 256; first++) add([first]);
  for (let first = 0x81; first < 255; first++) for (let second = 0x40; second < 255; second++) add([first, second]);
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const bytes = bytesOf.get(character);
      if (!bytes) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

test.each([
  ['windows-1255', 'מילה,תרגום\nבית,house\nכלב,dog\nחתול,cat\nמים,water'],
  ['windows-1255', 'שאלה,תשובה\nמהי בירת צרפת?,פריז\nמהי בירת ספרד?,מדריד\nסמל השקל?,₪'],
  ['windows-1251', 'дума,превод\nвръх,peak\nпръст,finger\nпърви,first\nъгъл,corner'],
  ['windows-1251', 'реч,превод\nпрст,finger\nврт,garden\nсрп,sickle\nкрв,blood'],
  ['windows-1251', 'Слово,Перевод\nвздох,sigh\nСССР,USSR\nсмерть,death'],
  ['windows-1251', 'ВОПРОС,ОТВЕТ\nСТОЛИЦА ФРАНЦИИ?,ПАРИЖ\nСТОЛИЦА ИТАЛИИ?,РИМ'],
  ['koi8-r', 'Вопрос,Ответ\nСтолица Франции?,Париж\nСтолица Италии?,Рим'],
  ['koi8-r', 'слово,перевод\nсмерть,death\nвода,water\nхлеб,bread\nдорога,road'],
  ['shift_jis', '漢字,よみ\n薔薇,ばら\n憂鬱,ゆううつ\n林檎,りんご\n蝙蝠,こうもり'],
  ['shift_jis', '単語,意味\n水,water\n火,fire\n木,tree\n山,mountain\n川,river'],
  ['shift_jis', '問題,解答\nポルトガルの首都は？,リスボン\nフランスの首都は？,パリ\n能の別名は？,能楽'],
  ['gb18030', '问题,答案\n中国的首都是哪里？,北京\n法国的首都是哪里？,巴黎\n《红楼梦》的作者是谁？,曹雪芹'],
  ['big5', '問題,答案\n中國的首都是哪裡？,北京\n法國的首都是哪裡？,巴黎\n水的化學式是什麼？,H2O'],
  ['euc-kr', '질문,답\n프랑스의 수도는?,파리\n물의 화학식은?,H2O\n이탈리아의 수도는?,로마'],
])('a text in %s is read as it was written: %s', (encoding, text) => {
  expect(decode(encoded(text, encoding)).text).toBe(text);
});
