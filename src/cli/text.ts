// Prints untrusted text on a terminal: anyone can choose names, roles and metadata. Characters that could move the cursor, change
// the terminal or reverse the text direction are replaced. Widths are counted in columns; a Chinese character takes two.
import measure from 'fast-string-truncated-width';

/** Control and format characters, separators of lines, lone surrogates, private and unassigned characters. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
/** Marks beyond the fourth on one character, which would reach into the lines above; and selectors that change its width. */
const STACKED = /(?<=\p{M}{4})\p{M}+|[\uFE0E\uFE0F]/gu;

/** The text in one line, without characters that a terminal would obey; a replacement character stands for each of them. */
export function harmless(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(HARMFUL, '\uFFFD').replaceAll(STACKED, '');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const ASCII = /^[ -~]*$/;

/** How many columns of a terminal a harmless text takes. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  return [...graphemes.segment(text)].reduce((width, { segment }) => width + measure(segment).width, 0);
}

/** An upper bound of the UTF-16 units in one column of a harmless text: a letter and four marks have at most two units each. */
const MAX_UNITS = 12;

/** A harmless text in exactly so many columns: cut with an ellipsis, or filled with blanks. */
export function fit(whole: string, columns: number): string {
  // Metadata may be long, so only the part that can reach the last column is measured.
  const text = whole.slice(0, MAX_UNITS * (columns + 1));
  const width = widthOf(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  if (columns <= 0) return '';
  // The ellipsis takes the last column.
  let [cut, left] = ['', columns - 1];
  for (const { segment } of graphemes.segment(text)) {
    if (widthOf(segment) > left) break;
    cut += segment;
    left -= widthOf(segment);
  }
  return `${cut}…${' '.repeat(left)}`;
}

/** A value as JSON in one line, which a terminal can show: characters that it would obey are escaped. */
export function jsonLine(value: unknown): string {
  const escape = (character: string) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join('');
  return `${JSON.stringify(value).replaceAll(HARMFUL, escape)}\n`;
}
