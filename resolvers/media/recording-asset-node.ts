// The Node `RecordingAsset`.
import { getRecordingAsset } from '../../src/rest/media/recording-assets.ts';
import { resourceLoader } from '../loaders.ts';
import { hexNode } from '../node.ts';

export const recordingAssetNode = hexNode(resourceLoader(getRecordingAsset));
