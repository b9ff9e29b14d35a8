// What happens when the reader of stdout ends first, as `head` does: it has what it wants, so this is no failure.

/** From now on the process ends with the exit code 0 once nobody reads its stdout any more. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
