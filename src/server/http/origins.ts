// Pages of browsers that may talk to the gateway. No cookie is ever used, so a foreign page has no rights to borrow
// where callers show who they are; where they need not, reaching the gateway would be enough.
import { isLoopback } from '../../loopback.ts';

/** What a browser says of the page that a request comes from; other clients say nothing. */
export interface PageHeaders {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly 'sec-fetch-site'?: string | undefined;
}

export interface OriginOptions {
  readonly allowedOrigins: readonly string[];
  /** Whether the gateway serves a page of its own, which may talk to it. */
  readonly hasPage: boolean;
}

/**
 * Whether a request comes from a page that may not talk to the gateway. An image, a script or a link of a foreign page
 * sends no `Origin`; there the browser's `Sec-Fetch-Site` tells.
 */
function isForeign(headers: PageHeaders, options: OriginOptions): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin === undefined) return site === 'cross-site' || site === 'same-site';
  if (options.allowedOrigins.includes(origin)) return false;
  return !options.hasPage || (origin !== `http://${headers.host}` && origin !== `https://${headers.host}`);
}

/**
 * Whether a `Host` header names the machine itself. A foreign page can have its own name point to 127.0.0.1 and is
 * then of one origin with whatever listens there; only the name tells.
 */
function isLoopbackName(host: string | undefined): boolean {
  if (host === undefined) return true;
  const name = host.replace(/:\d+$/, '');
  // No browser asks anybody about these names.
  return isLoopback(name) || /\.localhost$/i.test(name);
}

/** Why a request is refused before anything of it is read. */
export interface Refusal {
  readonly status: number;
  readonly code: 'BAD_USER_INPUT' | 'FORBIDDEN';
  readonly message: string;
}

/**
 * Refuses what calls the gateway by a name that is none, and what foreign pages cause; with `loopbackOnly` also what does
 * not call the machine by its own name.
 */
export function refusalOfPage(
  headers: PageHeaders,
  options: OriginOptions & { readonly loopbackOnly: boolean; readonly isVisit: boolean },
): Refusal | null {
  if (headers.host !== undefined && !URL.canParse(`http://${headers.host}`)) {
    return { status: 400, code: 'BAD_USER_INPUT', message: 'The header Host names no host.' };
  }
  if (options.loopbackOnly && !isLoopbackName(headers.host)) {
    return {
      status: 421,
      code: 'FORBIDDEN',
      message: 'This gateway lets in whoever reaches it, so it answers to names such as localhost only.',
    };
  }
  // A link from elsewhere may lead to the gateway's own page, which does nothing by itself.
  return !options.isVisit && isForeign(headers, options)
    ? { status: 403, code: 'FORBIDDEN', message: 'Pages of this origin may not use the gateway.' }
    : null;
}
