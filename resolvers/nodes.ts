// Every Node type of the graph, by its name in the schema. A test compares this list with the schema.
import { externalStreamNode } from './media/external-stream-node.ts';
import { liveStreamNode } from './media/live-stream-node.ts';
import { recordingAssetNode } from './media/recording-asset-node.ts';
import { recordingNode } from './media/recording-node.ts';
import type { NodeDeclaration } from './node.ts';
import { peerNode } from './peers/peer-node.ts';
import { pollNode } from './polls/poll-node.ts';
import { roomCodeNode } from './rooms/room-code-node.ts';
import { roomNode } from './rooms/room-node.ts';
import { sessionNode } from './sessions/session-node.ts';
import { layoutNode } from './templates/layout-node.ts';
import { roleNode } from './templates/role-node.ts';
import { templateNode } from './templates/template-node.ts';

export const nodes = {
  Room: roomNode,
  Session: sessionNode,
  Template: templateNode,
  Peer: peerNode,
  Role: roleNode,
  RoomLayout: layoutNode,
  LiveStream: liveStreamNode,
  Recording: recordingNode,
  RecordingAsset: recordingAssetNode,
  ExternalStream: externalStreamNode,
  Poll: pollNode,
  RoomCode: roomCodeNode,
} as const satisfies Readonly<Record<string, NodeDeclaration>>;

type Nodes = typeof nodes;

/** The names of the types that a global id can name. */
export type NodeTypeName = keyof Nodes;

/** Types whose local id is the vendor's id of 24 hexadecimal digits. */
export type HexIdTypeName = {
  [Name in NodeTypeName]: Nodes[Name]['localId']['kind'] extends 'hex' ? Name : never;
}[NodeTypeName];

/** Types whose objects belong to a room that is known only once the object has been read. */
export type RoomOwnedTypeName = {
  [Name in NodeTypeName]: Nodes[Name] extends { readonly roomIdOf: unknown } ? Name : never;
}[NodeTypeName];
