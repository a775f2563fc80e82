/**
 * Converts user ids to two numbers and back. Ids on Discord are decimal numbers of up to 20 digits, which are too large
 * for one number. The numbers of two ids compare in the same order as the ids.
 */

/** Number of characters in each of the two numbers. 11 to the power of 10 is exact in a double. */
const digitsPerCode = 10;
const firstDigit = '0'.charCodeAt(0);

/**
 * Returns the code of the characters of an id from `from` on. A missing character counts as less than all digits.
 * Returns -1 if one of the characters is not a digit.
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

/** The code of the beginning of an id, or -1 if the id is not a decimal number of at most 20 digits. */
export const firstCode = (user: string): number =>
  user.length > 2 * digitsPerCode || codeFrom(user, digitsPerCode) < 0 ? -1 : codeFrom(user, 0);
/** The code of the rest of an id that has a {@link firstCode}. */
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
