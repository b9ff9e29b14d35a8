// Pauses and circuit breakers apply to the whole fleet: when one instance pauses calls or opens a breaker, it broadcasts this,
// and the others do the same. So all instances obey a `Retry-After`, and while a breaker is open the fleet sends one probe in
// each period (src/rest/client/breaker.ts says who sends it).
//
// Why this is correct: these messages are only hints. An instance that misses one learns the same by its own calls, as without a
// fleet. An instance that has just had answers keeps its breaker closed in spite of such a message, until a call of its own
// fails.
import type { ClientNews } from '../../rest/client/client-news.ts';
import type { Fleet } from '../fleet.ts';

const KIND = 'upstream';

interface Message {
  readonly host: string;
  readonly news: ClientNews;
}

/** Tells the others what the client of a host has learnt. Nothing is told while Redis is away. */
export function tellNews(fleet: Fleet, host: string, news: ClientNews): void {
  if (!fleet.isConnected) return;
  const message: Message = { host, news };
  fleet.broadcast(KIND, message).catch(() => undefined);
}

/** Calls `hear` with what the others tell of a host. The returned function ends it. */
export function hearNews(fleet: Fleet, host: string, hear: (news: ClientNews) => void): () => void {
  return fleet.onBroadcast(KIND, (data) => {
    // Sent by `tellNews` of this or another version.
    const { host: from, news } = data as Message;
    if (from === host) hear(news);
  });
}
