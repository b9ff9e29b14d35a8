// The map of the graph: every noun in one line, with the value that stands behind it. Fields are given to each in
// the file of its noun; those files import these references and not one another, so there are no circles.
import type { Connection, CountedConnection, Edge } from '../resolvers/connection.ts';
import type { PeerFilter as PeerFilterValue, PeerView } from '../resolvers/peers.ts';
import type { StorageInput as StorageInputValue } from '../resolvers/room-mutations.ts';
import type { RoomFilter as RoomFilterValue } from '../resolvers/rooms.ts';
import type { SessionFilter as SessionFilterValue, SessionView } from '../resolvers/sessions.ts';
import type { RoleOfTemplate, StorageLocation as StorageLocationValue } from '../resolvers/templates.ts';
import type {
  TemplateDestinations as DestinationsResource,
  Thumbnails as ThumbnailsResource,
} from '../src/openapi/types.ts';
import type { TrackResource } from '../src/rest/peers.ts';
import type { RoomCodeResource } from '../src/rest/room-codes.ts';
import type { RoomResource } from '../src/rest/rooms.ts';
import type { RecordingConfigResource, TemplateResource } from '../src/rest/templates.ts';
import { builder } from './builder.ts';

export const Room = builder.objectRef<RoomResource>('Room');
export const RoomEdge = builder.objectRef<Edge<RoomResource>>('RoomEdge');
export const RoomConnection = builder.objectRef<Connection<RoomResource>>('RoomConnection');
export const RoomFilter = builder.inputRef<RoomFilterValue>('RoomFilter');

export const Session = builder.objectRef<SessionView>('Session');
export const SessionEdge = builder.objectRef<Edge<SessionView>>('SessionEdge');
export const SessionConnection = builder.objectRef<Connection<SessionView>>('SessionConnection');
export const SessionFilter = builder.inputRef<SessionFilterValue>('SessionFilter');

export const Peer = builder.objectRef<PeerView>('Peer');
export const PeerEdge = builder.objectRef<Edge<PeerView>>('PeerEdge');
export const PeerConnection = builder.objectRef<CountedConnection<PeerView>>('PeerConnection');
export const PeerFilter = builder.inputRef<PeerFilterValue>('PeerFilter');
export const Track = builder.objectRef<TrackResource>('Track');

export const Template = builder.objectRef<TemplateResource>('Template');
export const TemplateEdge = builder.objectRef<Edge<TemplateResource>>('TemplateEdge');
export const TemplateConnection = builder.objectRef<Connection<TemplateResource>>('TemplateConnection');
export const Role = builder.objectRef<RoleOfTemplate>('Role');

export const TemplateDestinations = builder.objectRef<DestinationsResource>('TemplateDestinations');
export const Thumbnails = builder.objectRef<ThumbnailsResource>('Thumbnails');
export const RecordingConfig = builder.objectRef<RecordingConfigResource>('RecordingConfig');

export const RoomCode = builder.objectRef<RoomCodeResource>('RoomCode');

/** A bucket of the customer's own, as rooms and templates name it. */
export const StorageLocation = builder.objectRef<StorageLocationValue>('StorageLocation');
export const StorageInput = builder.inputRef<StorageInputValue>('StorageInput');
