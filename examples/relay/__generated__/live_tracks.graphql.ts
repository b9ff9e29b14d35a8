/**
 * @generated SignedSource<<bcc161faa54e6cbb49de1f628e6d41a2>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type TrackType = "AUDIO" | "OTHER" | "VIDEO" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type live_tracks$data = {
  readonly tracks: ReadonlyArray<{
    readonly muted: boolean;
    readonly type: TrackType;
  }> | null | undefined;
  readonly " $fragmentType": "live_tracks";
};
export type live_tracks$key = {
  readonly " $data"?: live_tracks$data;
  readonly " $fragmentSpreads": FragmentRefs<"live_tracks">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "live_tracks",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "Track",
      "kind": "LinkedField",
      "name": "tracks",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "type",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "muted",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Peer",
  "abstractKey": null
};

(node as any).hash = "31680b76a80a8817d54e8b3c9225878d";

export default node;
