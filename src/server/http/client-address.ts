// By which address a client is counted, where limits are those of an address.
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** Requests that come over no network. */
const IN_PROCESS = 'in-process';

/**
 * The address that a request comes from. Of IPv6 it is the first 64 bits: whoever has one address has all of them.
 * No header is believed, so behind a proxy it is the proxy's.
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
