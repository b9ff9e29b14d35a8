// The Node `RecordingAsset`.
import { getRecordingAsset } from '../../src/rest/media/recording-assets.ts';
import { resourceLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const recordingAssetNode = roomOwnedNode(resourceLoader(getRecordingAsset));
