// Text in lines of a given width. Words that are longer than a person reads are cut.

const WORD_MAX = 60;

/** The lines; none for an empty text. A word that does not fit into a line has one of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const short = word.length > WORD_MAX ? `${word.slice(0, WORD_MAX - 3)}...` : word;
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + short.length > width) lines.push(short);
    else lines[lines.length - 1] = `${last} ${short}`;
  }
  return lines;
}
