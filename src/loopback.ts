// Which hosts are loopback: only processes of this machine can connect to them, so plain http is safe there.

/** Whether a host, without its port, is `localhost`, in 127.0.0.0/8 or ::1 (with or without brackets). */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/i.test(host);
}
