// The enums that both the answers and the inputs of templates use. Source: the vendor's Policy (templates) API.
import { openEnum } from '../enums.ts';

export const PlaylistType = openEnum(
  'PlaylistType',
  'How far back viewers of a live stream can rewind.',
  'A kind of playlist',
  {
    EVENT: { value: 'event', description: 'Viewers can rewind to the beginning of the stream.' },
    LIVE: { value: 'live', description: 'Viewers can see only the last `numPlaylistSegments` segments.' },
  },
);

export const SimulcastRid = openEnum('SimulcastRid', 'The names of simulcast layers.', 'A layer', {
  F: { value: 'f', description: 'The full resolution; the first layer of a list.' },
  H: { value: 'h', description: 'A medium resolution; the second layer of a list.' },
  Q: { value: 'q', description: 'The lowest resolution; the third layer of a list.' },
});

export const PublishKind = openEnum(
  'PublishKind',
  'The kinds of media that a role can be allowed to publish.',
  'A kind of media',
  {
    AUDIO: { value: 'audio', description: 'The audio of a microphone.' },
    VIDEO: { value: 'video', description: 'The video of a camera.' },
    SCREEN: { value: 'screen', description: 'The video of a shared screen.' },
    SIMULCAST: { value: 'simulcast', description: 'Videos in several qualities at the same time.' },
  },
);
