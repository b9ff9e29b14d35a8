// The rows of the access table for live rooms and their peers: the scopes that their fields need.
import { byArgument, inRoom, mutation } from '../kinds.ts';
import { access, row } from '../row.ts';
import { linkRows, open, PAGE, peerWay, roomWay } from '../ways.ts';

const change = { rooms: 'argument', participants: 'changeRole' } as const;
const remove = { rooms: 'argument', participants: 'removeOthers' } as const;
const onlySelf = { rooms: 'argument', participants: 'themselves' } as const;

access({
  nodes: [
    {
      name: 'Peer',
      scope: 'peers:read',
      rooms: 'object',
      localId: ({ room, peer }) => `${room}:${peer}`,
      reads: ['getActivePeer'],
    },
  ],
  rows: [
    row(
      'Query.peer',
      'peers:read',
      { rooms: 'argument' },
      ({ room, peer }) => `{ peer(roomId: "${room}", id: "${peer}") { name } }`,
    ),
    ...linkRows(roomWay, [
      ['peers', 'peers:read', PAGE, open],
      ['peerCount', 'peers:read', '', open],
    ]),
    ...linkRows(peerWay, [
      ['templateRole', 'templates:read', '{ name }'],
      ['session', 'sessions:read', '{ hmsId }', open],
      ['room', 'rooms:read', '{ name }', open],
    ]),
    mutation(
      'updatePeer',
      'peers:write',
      { ...onlySelf, about: 'own name' },
      (cast) => `${inRoom(cast)}, peerId: "${cast.self}", name: "I"`,
    ),
    mutation(
      'updatePeer',
      'peers:write',
      { ...byArgument, about: "another's name" },
      (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", name: "You"`,
    ),
    mutation(
      'updatePeer',
      'peers:write',
      { ...byArgument, about: "another's metadata" },
      (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", metadata: "{}"`,
    ),
    mutation(
      'updatePeer',
      'peers:write',
      { ...change, about: "another's role" },
      (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", role: "host"`,
    ),
    mutation(
      'updatePeer',
      'peers:write',
      { ...byArgument, about: "another's role and name" },
      (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", role: "host", name: "You"`,
    ),
    mutation(
      'updatePeers',
      'peers:write',
      { ...onlySelf, about: 'own metadata' },
      (cast) => `${inRoom(cast)}, updates: [{ peerId: "${cast.self}", metadata: "{}" }]`,
    ),
    mutation(
      'updatePeers',
      'peers:write',
      { ...byArgument, about: "own and another's name" },
      (cast) =>
        `${inRoom(cast)}, updates: [{ peerId: "${cast.self}", name: "I" }, { peerId: "${cast.peer}", name: "You" }]`,
    ),
    mutation(
      'updatePeers',
      'peers:write',
      { ...change, about: "own name and another's role" },
      (cast) =>
        `${inRoom(cast)}, updates: [{ peerId: "${cast.self}", name: "I" }, { peerId: "${cast.peer}", role: "guest" }]`,
    ),
    mutation('sendMessage', 'peers:write', byArgument, (cast) => `${inRoom(cast)}, message: "Hello"`),
    mutation(
      'sendMessages',
      'peers:write',
      byArgument,
      (cast) => `${inRoom(cast)}, messages: [{ message: "Hello" }]`,
    ),
    mutation('removePeer', 'peers:write', remove, (cast) => `${inRoom(cast)}, peerId: "${cast.second}"`),
    mutation('removePeers', 'peers:write', remove, (cast) => `${inRoom(cast)}, peerIds: ["${cast.third}"]`),
    mutation('removePeersByRole', 'peers:write', remove, (cast) => `${inRoom(cast)}, role: "guest"`),
    mutation(
      'endRoom',
      'sessions:write',
      { rooms: 'argument', participants: 'endRoom', isLast: true },
      inRoom,
    ),
    mutation(
      'endRoom',
      'rooms:write',
      { ...byArgument, isLast: true, about: 'and lock it', way: ['sessions:write'] },
      ({ lockRoom }) => `roomId: "${lockRoom}", lock: true`,
    ),
    row(
      'Subscription.peerChanges',
      'peers:read',
      { rooms: 'argument', participants: 'open' },
      ({ room }) => `subscription { peerChanges(roomId: "${room}") { __typename } }`,
    ),
    row(
      'Subscription.trackChanges',
      'peers:read',
      { rooms: 'argument' },
      ({ room }) => `subscription { trackChanges(roomId: "${room}") { __typename } }`,
    ),
  ],
});
