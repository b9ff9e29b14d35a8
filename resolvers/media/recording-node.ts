// The Node `Recording`.
import { getRecording } from '../../src/rest/media/recordings.ts';
import { orNull, singleLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const recordingNode = roomOwnedNode(
  singleLoader((id, { client, call, catalog }) =>
    orNull(catalog.written.recordings.read(id, () => getRecording(client, id, call))),
  ),
);
