// IP addresses, and ranges of them as `GATEWAY_TRUSTED_PROXIES` names them. An IPv4 address that is mapped into IPv6
// (`::ffff:192.0.2.7`) counts as the IPv4 address. Host names are not resolved.
import ipaddr from 'ipaddr.js';

/** An IPv4 or IPv6 address. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The ranges that have a name, by the classes of ipaddr.js that they consist of. */
const namedRanges: Readonly<Record<string, readonly string[]>> = {
  /** 127.0.0.0/8 and ::1. */
  loopback: ['loopback'],
  /** 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7. */
  private: ['private', 'uniqueLocal'],
};

/** The address that a text is; null if it is not an address, also for short forms such as `127.1`. */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : null;
}

/**
 * Whether an address is in the range that a text names: an address, a CIDR, `loopback` or `private`. Null if the text is none
 * of these. A CIDR with the prefix 0 is not accepted, because it holds every address.
 */
export function parseRange(text: string): ((address: Address) => boolean) | null {
  const classes = Object.hasOwn(namedRanges, text) ? namedRanges[text] : undefined;
  if (classes !== undefined) return (address) => classes.includes(address.range());
  const [head = '', prefix, ...more] = text.split('/');
  const network = parseAddress(head);
  if (network === null || more.length > 0) return null;
  const all = network.kind() === 'ipv4' ? 32 : 128;
  const bits = prefix === undefined ? all : /^\d{1,3}$/.test(prefix) ? Number(prefix) : 0;
  if (bits < 1 || bits > all) return null;
  return (address) => address.kind() === network.kind() && address.match(network, bits);
}
