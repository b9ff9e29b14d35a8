// The Node `ExternalStream`.
import { getExternalStream } from '../../src/rest/media/external-streams.ts';
import { orNull, singleLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const externalStreamNode = roomOwnedNode(
  singleLoader((id, { client, call, catalog }) =>
    orNull(catalog.written.externalStreams.read(id, () => getExternalStream(client, id, call))),
  ),
);
