// The Node `LiveStream`.
import { getLiveStream } from '../../src/rest/media/live-streams.ts';
import { resourceLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const liveStreamNode = roomOwnedNode(resourceLoader(getLiveStream));
