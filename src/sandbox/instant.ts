// Points in time and their text form, whose precision (s, ms or ns) differs between the vendor's endpoints.
// Trailing zeros of the fraction are dropped (`.65Z`); a whole second has no fraction.

/** A point in time: milliseconds since the epoch and the nanoseconds (0 to 999999) beyond them. */
export interface Instant {
  readonly ms: number;
  readonly nanos: number;
}

/** The vendor's value for a time that is not set (the zero value of Go's `time.Time`). */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** Room codes when just created, webhook envelopes: `2026-03-12T16:00:05Z`. */
export function inSeconds({ ms }: Instant): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Rooms, sessions, templates: `2026-03-12T16:00:05.118Z`. */
export function inMillis({ ms }: Instant): string {
  return withDigits(ms, '');
}

/** Active rooms and the data of webhooks: `2026-03-12T16:00:05.118273645Z`. */
export function inNanos({ ms, nanos }: Instant): string {
  return withDigits(ms, String(nanos).padStart(6, '0'));
}

/** With the milliseconds and further digits. */
function withDigits(ms: number, digits: string): string {
  const text = new Date(ms).toISOString();
  const fraction = `${text.slice(20, 23)}${digits}`.replace(/0+$/, '');
  return `${text.slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`;
}
