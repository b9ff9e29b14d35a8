// The place of a fault in a mutation's input, from its place in the request body that the gateway has made of the input. A body has
// the vendor's keys, maps where the graph has lists of named elements, and levels that the graph does not have.
import { graphNameOf } from './inputs.ts';

/**
 * Where parts of a body are in the input: keys of the body in camel case, and the fields that they come from. Longer sequences
 * come before shorter ones that begin alike. A key that is not listed has its own name, or the one of `unitNames`.
 */
const moved: readonly (readonly [keys: string, fields: string])[] = [
  ['recordingInfo.uploadInfo', 'recording.storage'],
  ['recordingInfo', 'recording'],
  ['recording.upload', 'recordingStorage'],
  ['credentials.secretKey', 'credentials.secret'],
  ['options.region', 'region'],
  ['polls', 'pollIds'],
  ['publishParams.simulcast.video.layers', 'publishParams.videoLayers'],
  ['publishParams.simulcast.screen.layers', 'publishParams.screenLayers'],
  ['rtmpDestinations', 'rtmp'],
  ['hlsDestinations', 'hls'],
  ['translation.enabled', 'translationEnabled'],
  ['translation.roleLanguages', 'translationLanguages'],
  ['whiteboard.permissions', 'whiteboard'],
  ['transcriptions.permissions.admin', 'captionAdmins'],
  ['compositeRecording.browserComposite', 'browserComposite'],
  ['compositeRecording.customComposite.enabled', 'customCompositeEnabled'],
  ['trackRecording.enabled', 'trackRecordingEnabled'],
  ['eventNames', 'events'],
];
const movedKeys = moved.map(([keys, fields]) => ({ keys: keys.split('.'), fields: fields.split('.') }));

/** Keys of a body whose value is a map: the step after them is the name of an element, which stays as it is. */
const maps: ReadonlySet<string> = new Set([
  'headers',
  'hlsDestinations',
  'roleLanguages',
  'roles',
  'rtmpDestinations',
  'transcriptions',
]);

/** The path in the input of a path in the body: names of fields, and indices or names of elements. */
export function pathInInput(pathInBody: readonly string[]): string[] {
  const path: string[] = [];
  // A body can be a list, but an input is an object.
  let at = /^\d+$/.test(pathInBody[0] ?? '') ? 1 : 0;
  while (at < pathInBody.length) {
    const { keys, fields } = movedAt(pathInBody, at);
    path.push(...fields);
    at += keys.length;
    const element = pathInBody[at];
    if (element === undefined || !maps.has(keys.at(-1) ?? '')) continue;
    path.push(element);
    at += 1;
  }
  return path;
}

/** The longest known sequence of keys at a place of a path, or else the key there. */
function movedAt(path: readonly string[], at: number): (typeof movedKeys)[number] {
  const known = movedKeys.find(({ keys }) => keys.every((key, index) => key === camelCase(path[at + index])));
  if (known !== undefined) return known;
  const key = camelCase(path[at]);
  return { keys: [key], fields: [graphNameOf(key)] };
}

/** `max_duration_seconds` is `maxDurationSeconds`. */
function camelCase(key = ''): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
