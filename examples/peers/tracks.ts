// Shared by the examples of answers in parts: their document, and the form of the list that they show.
import { graphql } from '../generated/nodes/gql.ts';

/** Each `@defer` has a label of its own: Apollo Client would add labels, and the text would not be that of a manifest any more. */
export const RoomTracks = graphql(/* GraphQL */ `
  query RoomTracks($roomId: ID!) {
    room(id: $roomId) {
      id
      peers(first: 100) {
        edges {
          node {
            id
            name
            ... @defer(label: "tracks") {
              tracks {
                type
                muted
              }
            }
          }
        }
      }
    }
  }
`);

/** Called whenever more is known: each peer's name with the number of its tracks; null: not known yet. */
export type ShowTracks = (peers: readonly (readonly [name: string, tracks: number | null])[]) => void;
