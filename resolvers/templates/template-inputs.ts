// What callers give of templates, as the REST API takes it: lists become maps by name, what is null is left out, and
// a patch is laid over what is there. Templates have the vendor's own key names in the graph too.
import type {
  HlsDestination,
  PublishParams,
  RecordingConfig,
  RtmpDestination,
  SimulcastLayers,
  TemplateDestinations,
  TemplatePlugins,
  TemplateRole,
  TemplateSettings,
  TranscriptionDestination,
} from '../../src/openapi/types.ts';
import type { StorageInput } from '../inputs.ts';
import { invalidInput } from '../outcomes.ts';

/** A REST type as an input gives it: every key may be missing or null. */
export type InputOf<T> = T extends readonly (infer Element)[]
  ? readonly InputOf<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]?: InputOf<T[Key]> | null | undefined }
    : T;

type Optional<T> = T | null | undefined;
type Layer = NonNullable<SimulcastLayers['layers']>[number];
type Named<T> = InputOf<T> & { readonly name: string };

export interface RoleInput extends InputOf<Omit<TemplateRole, 'name' | 'publishParams'>> {
  readonly name: string;
  readonly publishParams?: Optional<
    InputOf<Omit<PublishParams, 'simulcast'>> & {
      readonly videoLayers?: Optional<readonly InputOf<Layer>[]>;
      readonly screenLayers?: Optional<readonly InputOf<Layer>[]>;
    }
  >;
}

export interface SettingsInput extends InputOf<Omit<TemplateSettings, 'recording' | 'retry'>> {
  readonly recordingStorage?: Optional<StorageInput>;
}

export interface DestinationsInput {
  readonly rtmp?: Optional<readonly Named<RtmpDestination>[]>;
  readonly hls?: Optional<readonly Named<HlsDestination>[]>;
  readonly transcriptions?: Optional<readonly TranscriptionInput[]>;
}

/** Names of the destinations to remove. */
export interface RemovedDestinations {
  readonly removeRtmp?: readonly string[] | null | undefined;
  readonly removeHls?: readonly string[] | null | undefined;
  readonly removeTranscriptions?: readonly string[] | null | undefined;
}

export interface TranscriptionInput extends Named<Omit<TranscriptionDestination, 'translation'>> {
  readonly translationEnabled?: Optional<boolean>;
  readonly translationLanguages?: Optional<readonly { readonly role: string; readonly language: string }[]>;
}

export interface PluginsInput {
  readonly whiteboard?: Optional<
    InputOf<NonNullable<NonNullable<TemplatePlugins['whiteboard']>['permissions']>>
  >;
  readonly captionAdmins?: Optional<readonly string[]>;
}

export interface RecordingConfigInput extends InputOf<
  Pick<
    RecordingConfig,
    'name' | 'role' | 'maxDuration' | 'presignDuration' | 'thumbnails' | 'streamRecording'
  >
> {
  readonly browserComposite?: Optional<
    InputOf<NonNullable<NonNullable<RecordingConfig['compositeRecording']>['browserComposite']>>
  >;
  readonly customCompositeEnabled?: Optional<boolean>;
  readonly trackRecordingEnabled?: Optional<boolean>;
}

/** Without what is null or undefined, at every depth. */
export function compact<T>(input: InputOf<T>): T {
  // Nulls are all that an input may have beyond the REST type; missing keys are for the check of the body to find.
  return compacted(input) as T;
}

function compacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compacted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, compacted(each)]));
}

/** What is there with what is given laid over it: objects key by key, lists and values as a whole. */
export function overlaid<T extends object>(there: T | null | undefined, given: T): T {
  // Both are of the type; laying one over the other gives no other keys.
  return overlay(there ?? {}, given) as T;
}

function overlay(there: unknown, given: unknown): unknown {
  if (!isObject(there) || !isObject(given)) return given;
  const keys = new Set([...Object.keys(there), ...Object.keys(given)]);
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      Object.hasOwn(given, key)
        ? overlay(Object.hasOwn(there, key) ? there[key] : {}, given[key])
        : there[key],
    ]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `path` is where the role stands in the input, for what is wrong with it. */
export function roleBody(input: RoleInput, path: string): TemplateRole {
  const { publishParams, ...rest } = input;
  const role = compact<TemplateRole>(rest);
  if (publishParams == null) return role;
  const { videoLayers, screenLayers, ...params } = publishParams;
  const simulcast = compact<NonNullable<PublishParams['simulcast']>>({
    video:
      videoLayers == null
        ? null
        : { layers: checkedLayers(videoLayers, `${path}.publishParams.videoLayers`) },
    screen:
      screenLayers == null
        ? null
        : { layers: checkedLayers(screenLayers, `${path}.publishParams.screenLayers`) },
  });
  const publish = compact<PublishParams>(params);
  return {
    ...role,
    publishParams: Object.keys(simulcast).length === 0 ? publish : { ...publish, simulcast },
  };
}

/** Documented in words alone: f, h, q in this order from f on, each scaled down more than the one before, f by 1. */
function checkedLayers(layers: readonly InputOf<Layer>[], path: string): readonly InputOf<Layer>[] {
  const order = ['f', 'h', 'q'];
  for (const [index, { rid, scaleResolutionDownBy }] of layers.entries()) {
    const before = layers[index - 1]?.scaleResolutionDownBy ?? 0;
    if (rid !== order[index])
      throw invalidInput(
        `${path}.${index}.rid`,
        `must be ${order[index] ?? 'left out: 3 layers are the most'}`,
      );
    if (index === 0 && scaleResolutionDownBy !== 1) {
      throw invalidInput(`${path}.0.scaleResolutionDownBy`, 'must be 1 for the layer f');
    }
    if ((scaleResolutionDownBy ?? 0) <= before) {
      throw invalidInput(
        `${path}.${index}.scaleResolutionDownBy`,
        'must be larger than that of the layer before',
      );
    }
  }
  return layers;
}

export function rolesBody(roles: readonly RoleInput[]): Record<string, TemplateRole> {
  return byName(roles, 'roles', (role, path) => roleBody(role, path));
}

export function settingsBody({ recordingStorage, ...rest }: SettingsInput): TemplateSettings {
  const settings = compact<TemplateSettings>(rest);
  if (recordingStorage == null) return settings;
  const { type, location, prefix, region, credentials } = recordingStorage;
  const upload = compact<NonNullable<NonNullable<TemplateSettings['recording']>['upload']>>({
    type,
    location,
    prefix: prefix ?? '',
    options: region == null ? null : { region },
    credentials: credentials == null ? null : { key: credentials.key, secretKey: credentials.secret },
  });
  return { ...settings, recording: { upload } };
}

/** Answers may name the secret key `secret`; it goes in as `secretKey`, or a patch would lose it. */
export function sendableSettings(settings: TemplateSettings): TemplateSettings {
  const upload = settings.recording?.upload;
  const credentials = upload?.credentials;
  if (upload == null || credentials?.secret == null) return settings;
  const { secret, ...others } = credentials;
  return {
    ...settings,
    recording: {
      ...settings.recording,
      upload: { ...upload, credentials: { secretKey: secret, ...others } },
    },
  };
}

export function destinationsBody({ rtmp, hls, transcriptions }: DestinationsInput): TemplateDestinations {
  return {
    ...(rtmp == null
      ? {}
      : { rtmpDestinations: byName(rtmp, 'rtmp', (each) => compact<RtmpDestination>(each)) }),
    ...(hls == null ? {} : { hlsDestinations: byName(hls, 'hls', (each) => compact<HlsDestination>(each)) }),
    ...(transcriptions == null
      ? {}
      : { transcriptions: byName(transcriptions, 'transcriptions', transcriptionBody) }),
  };
}

function transcriptionBody(input: TranscriptionInput): TranscriptionDestination {
  const { translationEnabled, translationLanguages, ...rest } = input;
  const translation = compact<NonNullable<TranscriptionDestination['translation']>>({
    enabled: translationEnabled,
    roleLanguages:
      translationLanguages == null
        ? null
        : Object.fromEntries(translationLanguages.map(({ role, language }) => [role, language])),
  });
  const destination = compact<TranscriptionDestination>(rest);
  return Object.keys(translation).length === 0 ? destination : { ...destination, translation };
}

export function pluginsBody({ whiteboard, captionAdmins }: PluginsInput): TemplatePlugins {
  return compact<TemplatePlugins>({
    whiteboard: whiteboard == null ? null : { permissions: whiteboard },
    transcriptions: captionAdmins == null ? null : { permissions: { admin: captionAdmins }, mode: 'caption' },
  });
}

export function recordingConfigBody(input: RecordingConfigInput): RecordingConfig {
  const { browserComposite, customCompositeEnabled, trackRecordingEnabled, ...rest } = input;
  const composite =
    browserComposite == null && customCompositeEnabled == null
      ? null
      : {
          browserComposite,
          customComposite: customCompositeEnabled == null ? null : { enabled: customCompositeEnabled },
        };
  return compact<RecordingConfig>({
    ...rest,
    compositeRecording: composite,
    trackRecording: trackRecordingEnabled == null ? null : { enabled: trackRecordingEnabled },
  });
}

function byName<I extends { readonly name: string }, T>(
  items: readonly I[],
  path: string,
  bodyOf: (item: I, path: string) => T,
): Record<string, T> {
  const names = items.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.lastIndexOf(name) !== index);
  if (twice >= 0) throw invalidInput(`${path}.${twice}.name`, 'is the name of another element of the list');
  return Object.fromEntries(items.map((item, index) => [item.name, bodyOf(item, `${path}.${index}`)]));
}
