// Which browser pages may send requests. The gateway uses no cookies, so if authentication is on, a page of another origin gains
// nothing. If authentication is off, every page that can reach the gateway could use it, so pages of other origins must be
// refused. Sources: Fetch (Origin), Fetch Metadata (Sec-Fetch-Site), RFC 9110 section 15.5.20 (421).
import { isLoopback } from '../../loopback.ts';
import { remembered } from '../remembered.ts';

/** The headers by which a browser names the page that caused a request. Other clients send `Host` alone. */
export interface PageHeaders {
  /** The origin of the page; for a sandboxed frame, `null` as a string. */
  readonly origin?: string | undefined;
  /** The name by which the client addressed the gateway, with its port. */
  readonly host?: string | undefined;
  /** How the page's site relates to the gateway's: `same-origin`, `same-site`, `cross-site` or `none`. */
  readonly 'sec-fetch-site'?: string | undefined;
}

/** Which pages may send requests. */
export interface OriginOptions {
  /** Origins such as `https://app.example.com`, compared exactly. */
  readonly allowedOrigins: readonly string[];
  /** Whether origins of localhost, on any port, are allowed too; default: no. */
  readonly localOrigins?: boolean | undefined;
  /** Whether the gateway serves GraphiQL or the live-rooms page; such a page (origin = `Host`) may send requests too. */
  readonly hasPage: boolean;
  /** The name by which operators set `allowedOrigins`, for the refusal; default: `GATEWAY_ALLOWED_ORIGINS`. */
  readonly originsName?: string | undefined;
}

/** Whether pages of `origin`, the value of the header `Origin`, may send requests and read answers. */
export function isAllowedOrigin(
  origin: string,
  { allowedOrigins, localOrigins = false }: Pick<OriginOptions, 'allowedOrigins' | 'localOrigins'>,
): boolean {
  if (allowedOrigins.includes(origin)) return true;
  const url = localOrigins ? URL.parse(origin) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === origin && isLoopbackName(url.host);
}

/**
 * Whether a page that may not send requests caused this one. Browsers send no `Origin` for an image, a script or a link of
 * a page, but they send `Sec-Fetch-Site`.
 */
function isForeign(headers: PageHeaders, options: OriginOptions): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin === undefined) return site === 'cross-site' || site === 'same-site';
  if (isAllowedOrigin(origin, options)) return false;
  return !options.hasPage || (origin !== `http://${headers.host}` && origin !== `https://${headers.host}`);
}

/**
 * Whether `Host` is a loopback name. DNS rebinding: a page can let its own domain resolve to 127.0.0.1 and then has the same
 * origin as the server there, so only the name in `Host` gives it away.
 */
function isLoopbackName(host: string | undefined): boolean {
  if (host === undefined) return true;
  const name = host.replace(/:\d+$/, '');
  // Browsers resolve these names to loopback themselves, without DNS.
  return isLoopback(name) || /\.localhost$/i.test(name);
}

/** Whether a value of `Host` is the authority of a URL. */
const isAuthority = remembered((host) => URL.canParse(`http://${host}`));

/** Why a request is refused before its body is read. */
export interface Refusal {
  /** The HTTP status. */
  readonly status: number;
  /** `extensions.code` of the GraphQL error in the answer. */
  readonly code: 'BAD_USER_INPUT' | 'FORBIDDEN' | 'INTERNAL' | 'UPSTREAM_UNAVAILABLE';
  /** For the client; repeats no header. */
  readonly message: string;
}

/**
 * Refuses requests with an invalid `Host` (400), requests caused by pages of other origins (403) and, with `loopbackOnly`,
 * any `Host` that is not a loopback name (421, against DNS rebinding). Null: not refused. With `isVisit` pages of other
 * origins may link here.
 */
export function refusalOfPage(
  headers: PageHeaders,
  options: OriginOptions & { readonly loopbackOnly: boolean; readonly isVisit: boolean },
): Refusal | null {
  if (headers.host !== undefined && !isAuthority(headers.host)) {
    return { status: 400, code: 'BAD_USER_INPUT', message: 'The Host header is not a valid host name.' };
  }
  if (options.loopbackOnly && !isLoopbackName(headers.host)) {
    return {
      status: 421,
      code: 'FORBIDDEN',
      message:
        'Without authentication this gateway accepts loopback names such as localhost only, and Host has another.',
    };
  }
  const { originsName = 'GATEWAY_ALLOWED_ORIGINS' } = options;
  // A link of another page may open GraphiQL, which sends no operation by itself.
  return !options.isVisit && isForeign(headers, options)
    ? {
        status: 403,
        code: 'FORBIDDEN',
        message: `Pages of this origin may not use the gateway: ${originsName} does not have it.`,
      }
    : null;
}
