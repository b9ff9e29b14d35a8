/**
 * @generated SignedSource<<26cfe16f6d1304251692903706e5c540>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type livePeersSubscription$variables = {
  after?: string | null | undefined;
  roomId: string;
};
export type livePeersSubscription$data = {
  readonly peerChanges: {
    readonly __typename: "PeerJoined";
    readonly at: string;
    readonly cursor: string;
    readonly peer: {
      readonly id: string;
      readonly name: string | null | undefined;
      readonly role: string | null | undefined;
    };
  } | {
    readonly __typename: "PeerLeft";
    readonly at: string;
    readonly cursor: string;
    readonly peer: {
      readonly id: string;
    };
  } | {
    readonly __typename: "PeerUpdated";
    readonly at: string;
    readonly cursor: string;
    readonly peer: {
      readonly id: string;
      readonly name: string | null | undefined;
      readonly role: string | null | undefined;
    };
  } | {
    readonly __typename: "PeersSnapshot";
    readonly asOf: string | null | undefined;
    readonly cursor: string;
    readonly peers: ReadonlyArray<{
      readonly id: string;
      readonly name: string | null | undefined;
      readonly role: string | null | undefined;
    }>;
    readonly session: {
      readonly id: string;
    } | null | undefined;
    readonly stale: boolean;
  } | {
    readonly __typename: "SessionEnded";
    readonly at: string;
    readonly cursor: string;
  } | {
    readonly __typename: "SessionStarted";
    readonly at: string;
    readonly cursor: string;
    readonly session: {
      readonly id: string;
    } | null | undefined;
  } | {
    // This will never be '%other', but we need some
    // value in case none of the concrete values match.
    readonly __typename: "%other";
  };
};
export type livePeersSubscription = {
  response: livePeersSubscription$data;
  variables: livePeersSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "after"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "roomId"
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "cursor",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v4 = [
  (v3/*:: as any*/)
],
v5 = {
  "alias": null,
  "args": null,
  "concreteType": "Session",
  "kind": "LinkedField",
  "name": "session",
  "plural": false,
  "selections": (v4/*:: as any*/),
  "storageKey": null
},
v6 = [
  (v3/*:: as any*/),
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "name",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "role",
    "storageKey": null
  }
],
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "at",
  "storageKey": null
},
v8 = [
  (v2/*:: as any*/),
  (v7/*:: as any*/),
  {
    "alias": null,
    "args": null,
    "concreteType": "Peer",
    "kind": "LinkedField",
    "name": "peer",
    "plural": false,
    "selections": (v6/*:: as any*/),
    "storageKey": null
  }
],
v9 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "after",
        "variableName": "after"
      },
      {
        "kind": "Variable",
        "name": "roomId",
        "variableName": "roomId"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "peerChanges",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          (v2/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "stale",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "asOf",
            "storageKey": null
          },
          (v5/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "Peer",
            "kind": "LinkedField",
            "name": "peers",
            "plural": true,
            "selections": (v6/*:: as any*/),
            "storageKey": null
          }
        ],
        "type": "PeersSnapshot",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v8/*:: as any*/),
        "type": "PeerJoined",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v8/*:: as any*/),
        "type": "PeerUpdated",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          (v2/*:: as any*/),
          (v7/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "Peer",
            "kind": "LinkedField",
            "name": "peer",
            "plural": false,
            "selections": (v4/*:: as any*/),
            "storageKey": null
          }
        ],
        "type": "PeerLeft",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          (v2/*:: as any*/),
          (v7/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "type": "SessionStarted",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          (v2/*:: as any*/),
          (v7/*:: as any*/)
        ],
        "type": "SessionEnded",
        "abstractKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "livePeersSubscription",
    "selections": (v9/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "livePeersSubscription",
    "selections": (v9/*:: as any*/)
  },
  "params": {
    "cacheID": "0e13d41360be8c2d90e3e483305a8e68",
    "id": null,
    "metadata": {},
    "name": "livePeersSubscription",
    "operationKind": "subscription",
    "text": "subscription livePeersSubscription(\n  $roomId: ID!\n  $after: String\n) {\n  peerChanges(roomId: $roomId, after: $after) {\n    __typename\n    ... on PeersSnapshot {\n      cursor\n      stale\n      asOf\n      session {\n        id\n      }\n      peers {\n        id\n        name\n        role\n      }\n    }\n    ... on PeerJoined {\n      cursor\n      at\n      peer {\n        id\n        name\n        role\n      }\n    }\n    ... on PeerUpdated {\n      cursor\n      at\n      peer {\n        id\n        name\n        role\n      }\n    }\n    ... on PeerLeft {\n      cursor\n      at\n      peer {\n        id\n      }\n    }\n    ... on SessionStarted {\n      cursor\n      at\n      session {\n        id\n      }\n    }\n    ... on SessionEnded {\n      cursor\n      at\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "d4d711908772d610f784a246b0d8bfaf";

export default node;
