// Times and durations as the page writes them.
import { useNow } from '../hooks.ts';

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const shortClock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Hours, minutes and seconds in the visitor's time zone. */
export function timeOfDay(time: string | number): string {
  return clock.format(new Date(time));
}

export function hourAndMinute(time: string | number): string {
  return shortClock.format(new Date(time));
}

/** `4:05`, `1:04:05`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `just now`, `12 s ago`, `5 min ago`, `2 h ago`. */
export function formatAge(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 2) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}

/** How long ago something began, ticking each second. */
export function Ticking({ since }: { readonly since: string }) {
  const now = useNow();
  return (
    <time dateTime={since} className="ticking">
      {formatDuration(now - Date.parse(since))}
    </time>
  );
}

/** How long ago something was. */
export function Age({ of }: { readonly of: string }) {
  const now = useNow();
  return (
    <time dateTime={of} title={timeOfDay(of)}>
      {formatAge(now - Date.parse(of))}
    </time>
  );
}
