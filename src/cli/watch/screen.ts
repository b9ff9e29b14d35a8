// Shows one picture on a terminal and redraws it in place. It uses the alternate screen, so that the earlier content reappears at
// the end, and writes only the lines that have changed, so that the picture does not flicker. The terminal is restored however
// the process ends.
import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';

/** The alternate screen, no cursor, no wrapping of long lines. */
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l';
const LEAVE = '\u001B[?7h\u001B[?25h\u001B[?1049l';
/** Terminals that know these show everything between them at once. */
const [BEGIN, END] = ['\u001B[?2026h', '\u001B[?2026l'];

const STDOUT = 1;

/** The terminal, from `open` until `close` or the end of the process. */
export class Screen implements Disposable {
  readonly #output: WriteStream;
  readonly #input: ReadStream | null;
  #shown: readonly string[] = [];
  #isOpen = false;
  readonly #onExit = () => this[Symbol.dispose]();

  /** Without an input no keys are read. */
  constructor(output: WriteStream, input: ReadStream | null) {
    this.#output = output;
    this.#input = input;
  }

  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.#output.columns, rows: this.#output.rows };
  }

  open(): void {
    this.#isOpen = true;
    // Also when an error ends the process.
    process.on('exit', this.#onExit);
    this.#input?.setRawMode(true);
    this.#output.write(ENTER);
    this.redrawAll();
  }

  /** Shows the lines, from the top; each must be as wide as the terminal. */
  draw(lines: readonly string[]): void {
    const changed = lines.flatMap((line, row) =>
      line === this.#shown[row] ? [] : [`\u001B[${row + 1};1H\u001B[0m${line}`],
    );
    this.#shown = lines;
    if (changed.length > 0) this.#output.write(`${BEGIN}${changed.join('')}${END}`);
  }

  /** Clears the screen, so that the next `draw` writes all lines. Call after a change of the size. */
  redrawAll(): void {
    this.#shown = [];
    this.#output.write('\u001B[0m\u001B[2J');
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    process.off('exit', this.#onExit);
    try {
      // Not with the stream, which writes nothing more when the process exits.
      writeSync(STDOUT, LEAVE);
      this.#input?.setRawMode(false);
    } catch {
      // The terminal is gone.
    }
  }
}
