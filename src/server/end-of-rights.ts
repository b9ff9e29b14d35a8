// Ends the streams and sockets of a caller whose rights end: because the key or token expires, or the key is revoked.
import type { GraphQLError } from 'graphql';
import type { Clock } from '../clock.ts';
import { callAt, type Appointment } from './call-at.ts';
import type { ServerCaller } from './entrance.ts';
import { expired, revoked } from './refusals.ts';

/**
 * Calls `callback` once, with the reason, when the caller's rights end. If they were already revoked, it is called as soon as
 * possible, but never before this function returns. Returns null if the rights cannot end.
 */
export function atEndOfRights(
  clock: Clock,
  { expiresAt, revocation }: ServerCaller,
  callback: (reason: GraphQLError) => void,
): Appointment | null {
  if (revocation === undefined) {
    return expiresAt === null ? null : callAt(clock, expiresAt, () => callback(expired()));
  }
  let hasEnded = false;
  const end = (reason: GraphQLError) => {
    if (hasEnded) return;
    hasEnded = true;
    cancel();
    callback(reason);
  };
  const removeListener = revocation.onRevoked(() => end(revoked()));
  const expiry = expiresAt === null ? null : callAt(clock, expiresAt, () => end(expired()));
  const cancelTimer = revocation.isRevoked ? clock.schedule(() => end(revoked()), 0) : null;
  const cancel = () => {
    removeListener();
    expiry?.cancel();
    cancelTimer?.();
  };
  return {
    keep() {
      if (revocation.isRevoked) end(revoked());
      return hasEnded || (expiry?.keep() ?? false);
    },
    cancel,
  };
}
