// The time by the gateway's clock, to the second. The visitor's clock may be off by minutes, and a session's age is the
// difference between times that the gateway told and now.
import { createStore, type Store } from './store.ts';

let offsetMs: number | null = null;

/** Learns the difference of the clocks from an event that has just arrived. The event with the least delay is the best. */
export function learnClock(at: string): void {
  const difference = Date.now() - Date.parse(at);
  if (!Number.isNaN(difference)) offsetMs = Math.min(offsetMs ?? difference, difference);
}

/** Milliseconds since the epoch by the gateway's clock. */
export function gatewayNow(): number {
  return Date.now() - (offsetMs ?? 0);
}

const clock = createStore(gatewayNow(), () => {
  clock.set(gatewayNow());
  const timer = setInterval(() => clock.set(gatewayNow()), 1000);
  return () => clearInterval(timer);
});

/** `gatewayNow`, each second. */
export const seconds: Store<number> = clock;
