// Pauses and circuit breakers hold in the whole fleet: what one instance learns of the upstream is broadcast, and the others do
// the same as it. So a `Retry-After` is obeyed by all, and while a breaker is open the fleet sends one probe a period
// (src/rest/client/breaker.ts says who sends it).
//
// Why this is sound: news is a hint, never needed. An instance that misses one finds out by its own calls, as without a fleet;
// one that hears of an open breaker but has just had answers keeps its own closed until a call of its own fails.
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
