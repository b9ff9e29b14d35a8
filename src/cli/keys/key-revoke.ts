// The subcommand `key revoke`: removes the line of a key from the file. A running gateway reads the file again, refuses the key,
// and ends its streams and sockets.
import { CommandFault } from '../fault.ts';
import { readKeyLines, replaceKeyLines, type KeyFileOptions } from './key-lines.ts';

/** Removes the key of this name from the file, and leaves all other lines as they are. */
export async function revokeKey(name: string, options: KeyFileOptions): Promise<number> {
  const { path, text, keys } = await readKeyLines(options);
  const revoked = keys.find((key) => key.name === name);
  if (revoked === undefined) {
    const names = keys.map((key) => key.name).join(', ');
    throw new CommandFault(1, [`${path} has no key of this name; it has ${names}`]);
  }
  if (keys.length === 1) {
    throw new CommandFault(1, [
      `${path} was not changed: it has no other key, and a gateway that finds no key keeps the earlier ones in use`,
      'create another key first, or stop the gateway',
    ]);
  }
  const lines = text.split('\n');
  await replaceKeyLines(path, lines.toSpliced(revoked.line - 1, 1).join('\n'));
  process.stdout.write(`Revoked ${name}; ${path} has ${keys.length - 1} more\n`);
  return 0;
}
