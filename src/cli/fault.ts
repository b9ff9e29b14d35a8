// How a command fails: one line on stderr for each fault, and an exit code. 0: success. 1: failure. 2: wrong arguments.

/** Ends the command with `exitCode`; each fault is printed as a line of its own. */
export class CommandFault extends Error {
  readonly exitCode: 1 | 2;
  readonly faults: readonly string[];

  constructor(exitCode: 1 | 2, faults: readonly string[]) {
    super(faults.join('\n'));
    this.exitCode = exitCode;
    this.faults = faults;
  }
}

/** The message of what was thrown, which may be anything. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
