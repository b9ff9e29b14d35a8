// Shows the peers of a room before their tracks have been read: `@defer` with Apollo Client.
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { possibleTypes } from '@hms-gateway/client';
import { typePolicies } from '@hms-gateway/client/apollo';
import { RoomTracks, type ShowTracks } from '../peers/tracks.ts';

/** Options of `showTracks`, as those of ApolloClient. */
type Options = Partial<Pick<ApolloClient.Options, 'link' | 'incrementalHandler'>>;

/** Shows the peers of a room at `url` with their tracks. Resolves when all is shown. */
export function showTracks(
  url: string,
  roomId: string,
  show: ShowTracks,
  options: Options = {},
): Promise<void> {
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link: new HttpLink({ uri: `${url}/graphql` }),
    incrementalHandler: new Defer20220824Handler(),
    ...options,
  });
  const query = client.watchQuery({ query: RoomTracks, variables: { roomId } });
  return new Promise((resolve, reject) => {
    query.subscribe(({ data, dataState, error }) => {
      if (error !== undefined) reject(error);
      const edges = data?.room?.peers?.edges ?? [];
      show(edges.map((edge) => [edge?.node?.name ?? '', edge?.node?.tracks?.length ?? null]));
      if (dataState === 'complete') resolve();
    });
  });
}
