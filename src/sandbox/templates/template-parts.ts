// The parts of a template as the vendor stores them: with defaults, and partly without false flags.
// Defaults are those that the documentation names, else those of its samples.
import type {
  PublishParams,
  RecordingConfig,
  RolePermissions,
  TemplateRole,
  TemplateSettings,
} from '../../openapi/types.ts';

const PUBLISH_DEFAULTS = {
  audio: { bitRate: 32, codec: 'opus' },
  video: { bitRate: 256, codec: 'vp8', frameRate: 25, width: 320, height: 180 },
  screen: { codec: 'vp8', frameRate: 10, width: 1280, height: 720 },
} as const satisfies PublishParams;

const DEGRADATION_DEFAULTS = {
  packetLossThreshold: 50,
  degradeGracePeriodSeconds: 1,
  recoverGracePeriodSeconds: 4,
};

/** A role with defaults for all keys that the input lacks. `name` is its key in the template. */
export function completeRole(name: string, input: TemplateRole): TemplateRole {
  const { subscribeParams } = input;
  return {
    name,
    publishParams: completePublishing(input.publishParams ?? {}),
    subscribeParams: {
      subscribeToRoles: [],
      maxSubsBitRate: 3200,
      ...subscribeParams,
      subscribeDegradation: { ...DEGRADATION_DEFAULTS, ...subscribeParams?.subscribeDegradation },
    },
    permissions: completePermissions(input.permissions ?? {}),
    priority: input.priority ?? 1,
    maxPeerCount: input.maxPeerCount ?? 0,
  };
}

/** For a role that may publish nothing, `allowed` is left out instead of being empty. */
function completePublishing({ allowed, ...input }: PublishParams): PublishParams {
  return {
    ...(allowed !== undefined && allowed.length > 0 ? { allowed } : {}),
    audio: { ...PUBLISH_DEFAULTS.audio, ...input.audio },
    video: { ...PUBLISH_DEFAULTS.video, ...input.video },
    screen: { ...PUBLISH_DEFAULTS.screen, ...input.screen },
    simulcast: { video: {}, screen: {}, ...input.simulcast },
  };
}

/** The first five permissions appear only when granted, the others always. */
function completePermissions(input: RolePermissions): RolePermissions {
  const { endRoom, removeOthers, mute, unmute, changeRole, ...others } = input;
  const granted = Object.entries({ endRoom, removeOthers, mute, unmute, changeRole }).filter(([, on]) => on);
  return {
    ...Object.fromEntries(granted),
    rtmpStreaming: true,
    hlsStreaming: true,
    browserRecording: true,
    sendRoomState: false,
    pollRead: false,
    pollWrite: false,
    ...others,
  };
}

/** Settings with defaults for all keys that the input lacks. */
export function completeSettings(input: TemplateSettings): TemplateSettings {
  return {
    region: 'auto',
    recording: null,
    retry: {},
    ...input,
    roomState: {
      messageInterval: 5,
      sendPeerList: false,
      stopRoomStateOnJoin: true,
      enabled: false,
      ...input.roomState,
    },
  };
}

/** A recording configuration as the vendor stores it: keys whose value is false are dropped. */
export function withoutFalseFlags(config: RecordingConfig): RecordingConfig {
  // Every flag is an optional key, so the result still has the type.
  return JSON.parse(JSON.stringify(config), (_key, value: unknown) =>
    value === false ? undefined : value,
  ) as RecordingConfig;
}
