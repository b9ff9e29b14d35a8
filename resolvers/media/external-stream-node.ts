// The Node `ExternalStream`.
import { getExternalStream } from '../../src/rest/media/external-streams.ts';
import { resourceLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const externalStreamNode = roomOwnedNode(resourceLoader(getExternalStream));
