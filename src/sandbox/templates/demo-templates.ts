// The templates of the demo data, in the vendor's format. They contain invented storage and stream secrets on purpose: the REST
// API returns such secrets, and the gateway's tests must show that the gateway does not pass them on.
import type { RecordingConfig, TemplateInput, TemplateRole } from '../../openapi/types.ts';

const MODERATION = { endRoom: true, removeOthers: true, mute: true, unmute: true, changeRole: true };

const PUBLISHES_ALL: TemplateRole = {
  publishParams: {
    allowed: ['audio', 'video', 'screen'],
    video: { bitRate: 700, codec: 'vp8', frameRate: 25, width: 1280, height: 720 },
    simulcast: {
      video: {
        layers: [
          { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 700, maxFramerate: 25 },
          { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 300, maxFramerate: 25 },
        ],
      },
      screen: {},
    },
  },
};

const CLASSROOM: TemplateInput = {
  name: 'classroom',
  roles: {
    teacher: {
      ...PUBLISHES_ALL,
      subscribeParams: { subscribeToRoles: ['teacher', 'student'] },
      permissions: { ...MODERATION, pollRead: true, pollWrite: true },
      priority: 1,
    },
    student: {
      publishParams: { allowed: ['audio', 'video'] },
      subscribeParams: { subscribeToRoles: ['teacher', 'student'] },
      permissions: { pollRead: true },
      priority: 2,
      maxPeerCount: 40,
    },
    listener: { subscribeParams: { subscribeToRoles: ['teacher', 'student'] }, priority: 3 },
  },
  settings: {
    region: 'eu',
    recording: {
      enabled: true,
      upload: {
        type: 's3',
        location: 'school-recordings',
        prefix: 'classes',
        options: { region: 'eu-west-1' },
        credentials: { key: 'DEMO-STORAGE-KEY', secretKey: 'demo-storage-secret' },
      },
    },
    roomState: { messageInterval: 10, sendPeerList: true, enabled: true },
  },
};

const STAGE: TemplateInput = {
  name: 'stage',
  roles: {
    host: {
      ...PUBLISHES_ALL,
      subscribeParams: { subscribeToRoles: ['host', 'speaker', 'stage'] },
      permissions: { ...MODERATION, sendRoomState: true, pollRead: true, pollWrite: true },
      priority: 1,
      maxPeerCount: 3,
    },
    speaker: {
      ...PUBLISHES_ALL,
      subscribeParams: { subscribeToRoles: ['host', 'speaker', 'stage'] },
      permissions: { mute: true, pollRead: true },
      priority: 1,
    },
    stage: {
      publishParams: { allowed: ['audio', 'video'] },
      subscribeParams: { subscribeToRoles: ['host', 'speaker', 'stage'] },
      permissions: { pollRead: true },
      priority: 2,
      maxPeerCount: 4,
    },
    audience: {
      subscribeParams: { subscribeToRoles: ['host', 'speaker', 'stage'] },
      permissions: { browserRecording: false, rtmpStreaming: false, hlsStreaming: false },
      priority: 3,
    },
  },
  settings: { region: 'us' },
  destinations: {
    rtmpDestinations: {
      main: {
        name: 'main',
        width: 1280,
        height: 720,
        maxDuration: 7200,
        rtmpUrls: ['rtmp://live.example.com/app/demo-stream-key'],
        recordingEnabled: true,
      },
    },
    hlsDestinations: {
      default: {
        name: 'default',
        maxDuration: 28_800,
        layers: [
          { width: 1280, height: 720, videoBitrate: 2048, audioBitrate: 64 },
          { width: 640, height: 360, videoBitrate: 500, audioBitrate: 64 },
        ],
        playlistType: 'event',
        numPlaylistSegments: 12,
        videoFrameRate: 25,
        enableMetadataInsertion: true,
        enableStaticUrl: true,
        recording: { hlsVod: true, singleFilePerLayer: true, presignDuration: 604_800 },
      },
    },
    transcriptions: {
      default: {
        name: 'default',
        role: 'host',
        modes: ['recorded', 'caption'],
        outputModes: ['txt', 'json'],
        customVocabulary: ['keynote'],
        summary: { enabled: true, context: 'A public talk', temperature: 0.5 },
        translation: { enabled: true, roleLanguages: { audience: 'es' } },
      },
    },
  },
  plugins: { whiteboard: { permissions: { admin: ['host'], writer: ['speaker'], reader: ['audience'] } } },
};

const ONE_TO_ONE: TemplateInput = {
  name: 'one-to-one',
  roles: {
    host: {
      ...PUBLISHES_ALL,
      subscribeParams: { subscribeToRoles: ['guest'] },
      permissions: MODERATION,
      maxPeerCount: 1,
    },
    guest: {
      publishParams: { allowed: ['audio', 'video'] },
      subscribeParams: { subscribeToRoles: ['host'] },
      maxPeerCount: 1,
    },
  },
};

/** In order of creation; the first is the workspace's default template. */
export const demoTemplates: readonly TemplateInput[] = [CLASSROOM, STAGE, ONE_TO_ONE];

/** The recording configuration of the template `stage`, which the template's own JSON does not contain. */
export const stageRecording: RecordingConfig = {
  name: 'default',
  role: 'host',
  maxDuration: 7200,
  presignDuration: 3600,
  thumbnails: { width: 1280, height: 720, offsets: [2], fps: 60 },
  compositeRecording: {
    browserComposite: { autoStart: false, autoStopTimeout: 300, width: 1280, height: 720 },
  },
  trackRecording: { enabled: false },
  streamRecording: { enabled: true, width: 1280, height: 720 },
};
