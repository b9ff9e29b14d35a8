// Names of request headers that HTTP clients, browsers or proxies set themselves, so a secret cannot be sent in them. Sources:
// RFC 9110, RFC 9111, RFC 9112, RFC 7239 and the Fetch standard. `authorization` is not listed, because it is meant for secrets.

/** In lower case. */
export const standardHeaders: ReadonlySet<string> = new Set(
  [
    // They concern one connection.
    'connection keep-alive proxy-authenticate proxy-authorization proxy-connection te',
    'trailer transfer-encoding upgrade http2-settings expect host',
    // They describe the body.
    'content-length content-type content-encoding content-language content-location',
    'content-range content-md5 content-disposition digest content-digest',
    // They describe the request and its sender.
    'accept accept-charset accept-encoding accept-language access-control-request-headers',
    'access-control-request-method cookie date from origin referer user-agent',
    'sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-websocket-key',
    'cache-control pragma if-match if-modified-since if-none-match if-range',
    'if-unmodified-since max-forwards range dnt upgrade-insecure-requests',
    // Proxies and tracing write them.
    'forwarded via x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto',
    'x-real-ip x-request-id traceparent tracestate',
  ].flatMap((names) => names.split(' ')),
);
