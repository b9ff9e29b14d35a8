// For commands whose output is piped into a program that ends first, such as `head`: writing then fails with EPIPE, which is not
// a failure of the command.

/** From now on the process exits with code 0 when it writes to a stdout whose reader has ended. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
