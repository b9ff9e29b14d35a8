// Rows of text in columns, for lists that are printed once.
import { widthOf } from './text.ts';

/** The rows as lines: each column as wide as its widest text, two blanks between columns, none at the end of a line. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const padded = (text: string, column: number) => text + ' '.repeat((widths[column] ?? 0) - widthOf(text));
  return rows.map((row) => `${row.map(padded).join('  ').trimEnd()}\n`).join('');
}
