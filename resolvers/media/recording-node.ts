// The Node `Recording`.
import { getRecording } from '../../src/rest/media/recordings.ts';
import { resourceLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const recordingNode = roomOwnedNode(resourceLoader(getRecording));
