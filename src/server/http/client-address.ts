// The address by which limits count a client: of wrong tokens, of sockets, and of points where authentication is off.
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** The address of requests made in process, which have no socket. */
const IN_PROCESS = 'in-process';

/**
 * The client's IP address. IPv6: its first 64 bits, because a client that has one address of such a network usually has
 * all of them. IPv4 mapped into IPv6 is IPv4. Headers such as `X-Forwarded-For` are ignored, so behind a proxy it is the
 * proxy's address.
 */
export function addressOf(request: IncomingMessage | undefined): string {
  const address = request?.socket.remoteAddress;
  if (address === undefined) return IN_PROCESS;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::');
  const first = groupsOf(head);
  const last = groupsOf(tail ?? '');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::`;
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':');
}
