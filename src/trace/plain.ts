// Strings out of files, as one line that no terminal takes for a command.

/** What ends a line or steers a terminal is written as an escape. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
