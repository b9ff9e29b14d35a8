// The forms of values, each with the message that tells the operator what is wrong.
import * as v from 'valibot';
import { isIP } from 'node:net';
import { parseRange } from '../address-ranges.ts';
import { parseRedisUrl } from '../fleet/redis-url.ts';
import { isLoopback } from '../loopback.ts';
import { standardHeaders } from './standard-headers.ts';

/** The base URL of an API. https only, because each request has a token that acts for the whole workspace. */
export const apiUrl = v.pipe(
  v.string(),
  v.check(
    isApiUrl,
    "must be an https URL that ends with the API's version, such as https://api.100ms.live/v2, without a user, password, query or fragment (http is for loopback addresses alone)",
  ),
);

function isApiUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || /[?#]/.test(text)) return false;
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return isSafe && /\/v\d+\/*$/.test(url.pathname);
}

/** A host name or an address on which a server can listen. */
export const host = v.pipe(
  v.string(),
  v.check(
    (text) => isIP(text) !== 0 || /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(text),
    'must be an IP address (IPv6 without brackets) or the name of a host, without a port',
  ),
);

/** The URL of a Redis or Valkey; src/fleet/redis-url.ts parses it. */
export const redisUrl = v.pipe(
  v.string(),
  v.check(
    (text) => parseRedisUrl(text) !== null,
    'must be redis://[[user][:password]@]host[:port][/database], or the same with rediss, its parts percent-encoded, without a query or fragment',
  ),
);

const SECRET = /^[\x21-\x7e]+$/;
const NOT_A_SECRET = 'must consist of visible ASCII characters, without blanks';

/** A secret, or the key that belongs to it. */
export const secret = v.pipe(v.string(), v.regex(SECRET, NOT_A_SECRET));

/** A whole number between two bounds, written in decimal digits. */
export function wholeNumber(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, message),
    v.transform(Number),
    v.check((value) => value >= minimum && value <= maximum, message),
  );
}

/** A switch: `on` or `off`, as a Boolean. */
export const onOff = v.pipe(
  v.picklist(['on', 'off'], 'must be `on` or `off`'),
  v.transform((value) => value === 'on'),
);
/** A TCP port; 0: any free one. */
export const port = wholeNumber(0, 65_535);
/** An interval in milliseconds: 50 ms to an hour. */
export const interval = wholeNumber(50, 3_600_000);

const commaList = v.pipe(
  v.string(),
  v.transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  ),
  v.check((entries) => entries.length > 0, 'must have at least one entry'),
);

/** A comma list of secrets, of which several are accepted during a rotation. */
export const secrets = v.pipe(
  commaList,
  v.check(
    (entries) => entries.every((entry) => SECRET.test(entry)),
    `${NOT_A_SECRET} in each of its secrets`,
  ),
);

/** The name of a header whose value senders can choose; in lower case. */
export const secretHeader = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9-]+$/, 'must be the name of an HTTP header'),
  v.transform((name) => name.toLowerCase()),
  v.check(
    (name) => !standardHeaders.has(name),
    'must be a header of its own such as x-webhook-secret, not one that HTTP or proxies use',
  ),
);

/** The places, counted from 1, of the entries that do not have the form in which browsers send origins. */
function placesOfFaults(entries: readonly string[]): readonly number[] {
  const places = entries.map((entry, index) => (URL.parse(entry)?.origin === entry ? 0 : index + 1));
  return places.filter((place) => place > 0);
}

/** A comma list of origins. */
export const origins = v.pipe(
  commaList,
  v.check(
    (entries) => placesOfFaults(entries).length === 0,
    // Entries are not quoted, because one may contain a password.
    ({ input }) =>
      `must be a comma list of origins such as https://app.example.com, each with its scheme and without a path or a final slash; wrong: ${placesOfFaults(
        input,
      )
        .map((place) => `entry ${place}`)
        .join(', ')}`,
  ),
);

/** A comma list of request headers; in lower case. */
export const headerNames = v.pipe(
  commaList,
  v.check(
    (entries) => entries.every((entry) => /^[\w-]+$/.test(entry)),
    'must be a comma list of names of HTTP headers such as x-tenant',
  ),
  v.transform((entries) => entries.map((entry) => entry.toLowerCase())),
);

/** A comma list of address ranges; src/address-ranges.ts parses them. */
export const proxyRanges = v.pipe(
  commaList,
  v.check(
    (entries) => entries.every((entry) => parseRange(entry) !== null),
    'must be a comma list of addresses, CIDRs such as 10.0.0.0/8 (not /0), `loopback` and `private`',
  ),
);
