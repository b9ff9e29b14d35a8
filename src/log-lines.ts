// Lines of the log as bytes. They are put into memory that is used again for later lines, so a line of a request leaves no garbage,
// and a scavenge finds nothing of it to copy.

/** Bytes of lines, one after another. */
export class LogLines {
  /** Of these the first `length` are lines. */
  readonly bytes: Buffer;
  length = 0;

  /** `capacity`: how many bytes the lines may have together; more are cut off. */
  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Whether `more` bytes can be added. */
  hasRoom(more: number): boolean {
    return this.length + more <= this.bytes.length;
  }

  addBytes(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  addText(text: string): void {
    this.length += this.bytes.write(text, this.length);
  }

  /** Adds ASCII characters. */
  addAscii(text: string): void {
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  /** Adds a number as JSON writes it. */
  addNumber(value: number): void {
    if (value >= 0 && value < 10 && Number.isInteger(value)) this.bytes[this.length++] = ZERO + value;
    else this.addAscii(String(value));
  }

  /** How many lines there are. */
  count(): number {
    let count = 0;
    for (const byte of this.bytes.subarray(0, this.length)) if (byte === NEWLINE) count += 1;
    return count;
  }

  toString(): string {
    return this.bytes.toString('utf8', 0, this.length);
  }
}

const ZERO = 0x30;
const NEWLINE = 0x0a;
