// Shows the peers of a room before their tracks have been read: `@defer` with Relay. The documents are in live.ts.
import { acceptParts, payloadOf, type Part } from '@hms-gateway/client/relay';
import { meros } from 'meros/browser';
import * as Relay from 'relay-runtime';
import RoomTracks, { type liveTracksQuery } from './__generated__/liveTracksQuery.graphql.ts';
import PeerTracks, {
  type live_tracks$data,
  type live_tracks$key,
} from './__generated__/live_tracks.graphql.ts';
import type { ShowTracks } from '../peers/tracks.ts';

/** The network of a gateway at `url`. */
function fetchFrom(url: string): Relay.FetchFunction {
  return ({ text: query }, variables) =>
    Relay.Observable.create((sink) => {
      const leaving = new AbortController();
      const read = async () => {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: acceptParts },
          body: JSON.stringify({ query, variables }),
          signal: leaving.signal,
        });
        const parts = await meros<Part>(response);
        if (parts instanceof Response) sink.next(payloadOf((await parts.json()) as Part));
        else for await (const { body } of parts) sink.next(payloadOf(body as Part));
        sink.complete();
      };
      read().catch((error: Error) => sink.error(error));
      return () => leaving.abort();
    });
}

/** Shows the peers of a room at `url` with their tracks. Resolves when all is shown. */
export async function showTracks(url: string, roomId: string, show: ShowTracks): Promise<void> {
  const environment = new Relay.Environment({
    network: Relay.Network.create(fetchFrom(url)),
    store: new Relay.Store(new Relay.RecordSource()),
  });
  const operation = Relay.createOperationDescriptor(RoomTracks, { roomId });
  const tracksOf = (peer: live_tracks$key) => {
    const selector = Relay.getSingularSelector(PeerTracks, peer);
    if (selector == null) return null;
    const { tracks } = environment.lookup(selector).data as live_tracks$data;
    return tracks?.length ?? null;
  };
  const draw = () => {
    const { room } = environment.lookup(operation.fragment).data as liveTracksQuery['response'];
    show(room?.peers?.edges.map(({ node }) => [node.name ?? '', tracksOf(node)]) ?? []);
  };
  await new Promise<void>((resolve, reject) => {
    environment.execute({ operation }).subscribe({ next: draw, complete: resolve, error: reject });
  });
}
