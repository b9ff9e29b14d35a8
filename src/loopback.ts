// Tests whether a host is a loopback host. Only processes of the same machine can connect to it, so plain http is safe.

/** Whether a host, without its port, is `localhost`, in 127.0.0.0/8 or ::1 (with or without brackets). */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/i.test(host);
}
