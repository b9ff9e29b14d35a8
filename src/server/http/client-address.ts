// Determines the address of a client, for which some limits are counted: wrong tokens, sockets and, while authentication is off,
// points. Only this file reads `Forwarded` (RFC 7239) and `X-Forwarded-For`. Clients can send both headers themselves, so an
// entry counts only if a trusted proxy has written it: each proxy appends the address of its own client at the right.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import parseForwarded from 'forwarded-parse';
import { parseAddress, parseRange, type Address } from '../../address-ranges.ts';

/** Returns the address for which limits count a request; `in-process` for a request without a socket. See `createAddressOf`. */
export type AddressOf = (request: IncomingMessage | undefined) => string;

/** The address of requests made in process, which have no socket. */
const IN_PROCESS = 'in-process';

/**
 * `trustedProxies`: ranges as `parseRange` reads them; others are ignored. The returned function gives the client's IP
 * address: the socket's, or, while that address is of a trusted proxy, the entry that this proxy added to the headers, and so
 * on from right to left. If an entry is not an address, the proxy that wrote it is counted. If both headers are present and
 * lead to different addresses, the socket's address is counted: the proxy writes only one of the headers, and the client could
 * have invented the other. IPv6 addresses are cut to their first 64 bits, because a client that has one address of such a
 * network usually has all of them.
 */
export function createAddressOf(trustedProxies: readonly string[]): AddressOf {
  const ranges = trustedProxies.map(parseRange).filter((range) => range !== null);
  const isTrusted = (address: Address) => ranges.some((isInRange) => isInRange(address));
  /** Known addresses of clients that are not trusted proxies. The address of a socket does not change. */
  const known = new WeakMap<Socket, string>();
  return (request) => {
    if (request === undefined) return IN_PROCESS;
    const found = known.get(request.socket);
    if (found !== undefined) return found;
    const peer = parseAddress(request.socket.remoteAddress ?? '');
    if (peer === null) return IN_PROCESS;
    if (!isTrusted(peer)) {
      known.set(request.socket, counted(peer));
      return counted(peer);
    }
    const [first, second = first] = chainsOf(request).map((chain) => counted(walk(peer, chain, isTrusted)));
    return first === undefined || first !== second ? counted(peer) : first;
  };
}

/** The address that the proxies vouch for, from the right end of `chain`. */
function walk(peer: Address, chain: readonly string[], isTrusted: (address: Address) => boolean): Address {
  let address = peer;
  for (const entry of chain.toReversed()) {
    const next = isTrusted(address) ? parseEntry(entry) : null;
    if (next === null) return address;
    address = next;
  }
  return address;
}

/** For each of the two headers that is present, its entries from left to right. */
function chainsOf({ headers }: IncomingMessage): (readonly string[])[] {
  const { forwarded, 'x-forwarded-for': xForwardedFor } = headers;
  return [
    ...(forwarded === undefined ? [] : [entriesOfForwarded(forwarded)]),
    ...(xForwardedFor === undefined ? [] : [[xForwardedFor].flat().join(',').split(',')]),
  ];
}

/** The parameter `for` of each element; no entries if the header is invalid. */
function entriesOfForwarded(header: string): string[] {
  try {
    return parseForwarded(header).map((element) => element['for'] ?? '');
  } catch {
    return [];
  }
}

/** An address, which may have a port; IPv6 may be in brackets and must be with a port. */
function parseEntry(entry: string): Address | null {
  const text = entry.trim();
  const [, inBrackets, beforePort] = /^(?:\[(.+)\]|([\d.]+))(?::[\w.-]+)?$/.exec(text) ?? [];
  return parseAddress(inBrackets ?? beforePort ?? text);
}

function counted(address: Address): string {
  if (!('parts' in address)) return address.toString();
  const network = address.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::`;
}
