// The Node `LiveStream`.
import { getLiveStream } from '../../src/rest/media/live-streams.ts';
import { orNull, singleLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const liveStreamNode = roomOwnedNode(
  singleLoader((id, { client, call, catalog }) =>
    orNull(catalog.written.liveStreams.read(id, () => getLiveStream(client, id, call))),
  ),
);
