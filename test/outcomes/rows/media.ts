// Live streams, recordings, external streams and stream keys: what causes each outcome of their mutations.
import { inRoom } from '../../access/kinds.ts';
import { by, disabled, forbidden, MISSING, outcomes, type Cause } from '../row.ts';

const inNoRoom = `roomId: "${MISSING}"`;
const rtmpUrls = 'rtmpUrls: ["rtmp://live.example.com/app/k"]';
const hot = 'transcription: { summary: { temperature: 9 } }';
const busy = 'destination: "main"';

/** The template has two destinations of each kind, so that a start must name one. */
const undecided: Cause['before'] = ({ world, template }) => {
  const two = { one: { name: 'one', role: 'host' }, two: { name: 'two', role: 'host' } };
  world.templates.change(template, {
    destinations: { rtmpDestinations: two, hlsDestinations: two, browserRecordings: two },
  });
};

const ofNone = { NotFoundError: by(() => `id: "${MISSING}"`), RefusedError: forbidden };
const ofNoRoom = { NotFoundError: by(() => inNoRoom), RefusedError: forbidden };

outcomes({
  startLiveStream: {
    // No job runs in the other room of the cast.
    done: by(({ lockRoom }) => `roomId: "${lockRoom}"`),
    NotFoundError: by(() => inNoRoom),
    InvalidInputError: by((cast) => `${inRoom(cast)}, ${hot}`),
    ConflictError: by((cast) => `${inRoom(cast)}, ${busy}`),
    RefusedError: by(inRoom, undecided),
  },
  startRecording: {
    done: by(({ lockRoom }) => `roomId: "${lockRoom}"`),
    NotFoundError: by(() => inNoRoom),
    InvalidInputError: by((cast) => `${inRoom(cast)}, ${hot}`),
    ConflictError: by((cast) => `${inRoom(cast)}, ${busy}`),
    RefusedError: by(inRoom, undecided),
  },
  startExternalStream: {
    done: by(({ lockRoom }) => `roomId: "${lockRoom}", ${rtmpUrls}`),
    NotFoundError: by(() => `${inNoRoom}, ${rtmpUrls}`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, rtmpUrls: []`),
    ConflictError: by((cast) => `${inRoom(cast)}, ${rtmpUrls}, ${busy}`),
    RefusedError: by((cast) => `${inRoom(cast)}, ${rtmpUrls}`, undecided),
  },
  sendTimedMetadata: {
    ...ofNone,
    NotFoundError: by(() => `id: "${MISSING}", payload: "now", durationSeconds: 1`),
    InvalidInputError: by(
      ({ liveStream }) => `id: "${liveStream}", payload: "${'x'.repeat(101)}", durationSeconds: 1`,
    ),
  },
  stopLiveStream: ofNone,
  stopLiveStreams: ofNoRoom,
  pauseLiveStreamRecording: ofNone,
  resumeLiveStreamRecording: ofNone,
  stopRecording: ofNone,
  stopRecordings: ofNoRoom,
  pauseRecordings: ofNoRoom,
  resumeRecordings: ofNoRoom,
  stopExternalStream: ofNone,
  stopExternalStreams: ofNoRoom,
  createStreamKey: {
    done: by(({ lockRoom }) => `roomId: "${lockRoom}"`),
    NotFoundError: by(() => inNoRoom),
    // The room of the cast has an active key, which the vendor refuses with 400.
    RefusedError: by(inRoom),
  },
  disableStreamKey: { NotFoundError: by(() => inNoRoom), RefusedError: { before: disabled } },
});
