// Which hosts are this machine itself: there plain http is safe, and nobody else can come in.

/** Whether a host, as a URL or a listener has it (without a port), can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/i.test(host);
}
