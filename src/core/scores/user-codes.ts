/**
 * Converts a user id to two numbers (codes) and back. Ids on Discord are decimal numbers of up to 20 digits, which are
 * too large for one number. Comparing the codes of two ids gives the same order as comparing the ids as strings.
 */

/**
 * Number of characters of an id that one code represents. A code is a number with ten digits in base 11: 0 stands for a
 * missing character, 1 to 10 stand for the digits 0 to 9. A double represents such a number exactly.
 */
const digitsPerCode = 10;
const firstDigit = '0'.charCodeAt(0);

/**
 * The code of ten characters of an id. `from` is the index of the first of these characters. A missing character sorts
 * before all digits. Returns -1 if one of the characters is not a digit.
 */
function codeFrom(user: string, from: number): number {
  let code = 0;
  for (let at = from; at < from + digitsPerCode; at++) {
    const digit = at < user.length ? user.charCodeAt(at) - firstDigit : -1;
    if (digit < 0 ? at < user.length : digit > 9) return -1;
    code = code * 11 + digit + 1;
  }
  return code;
}

/** The code of the first ten characters of an id. Returns -1 if the id is not a decimal number of at most 20 digits. */
export const firstCode = (user: string): number =>
  user.length > 2 * digitsPerCode || codeFrom(user, digitsPerCode) < 0 ? -1 : codeFrom(user, 0);
/** The code of the remaining characters of an id. The id must be a decimal number of at most 20 digits. */
export const secondCode = (user: string): number => codeFrom(user, digitsPerCode);

export const userOfCodes = (first: number, second: number): string => digitsOf(first) + digitsOf(second);

function digitsOf(code: number): string {
  let digits = '';
  for (let rest = code; rest > 0; rest = Math.floor(rest / 11)) {
    const digit = (rest % 11) - 1;
    if (digit >= 0) digits = digit + digits;
  }
  return digits;
}
