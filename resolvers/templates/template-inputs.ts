// Converts inputs of templates to bodies of the REST API: lists become maps by name, keys with the value null are omitted, and a
// patch is merged into the current value. The graph uses the vendor's key names for the parts of a template.
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
import { isSegment } from '../../src/rest/client/request.ts';
import { vendorKeyOf, type GraphName, type StorageInput } from '../inputs.ts';
import { invalidAt } from '../outcomes.ts';
import { withoutNullish } from '../values.ts';

/** A REST type in the form of an input type: every key may be missing or null, and its name contains the unit. */
export type InputOf<T> = T extends readonly (infer Element)[]
  ? readonly InputOf<Element>[]
  : T extends object
    ? { readonly [Key in keyof T as GraphName<Key>]?: InputOf<T[Key]> | null | undefined }
    : T;

type Optional<T> = T | null | undefined;
type Layer = NonNullable<SimulcastLayers['layers']>[number];
type Named<T> = InputOf<T> & { readonly name: string };

/** A role. Simulcast layers are two lists of `publishParams` here, and a nested object in the REST API. */
export interface RoleInput extends InputOf<Omit<TemplateRole, 'name' | 'publishParams'>> {
  readonly name: string;
  readonly publishParams?: Optional<
    InputOf<Omit<PublishParams, 'simulcast'>> & {
      readonly videoLayers?: Optional<readonly InputOf<Layer>[]>;
      readonly screenLayers?: Optional<readonly InputOf<Layer>[]>;
    }
  >;
}

/** Settings of a template. `recordingStorage` is `recording.upload` in the REST API. */
export interface SettingsInput extends InputOf<Omit<TemplateSettings, 'recording' | 'retry'>> {
  readonly recordingStorage?: Optional<StorageInput>;
}

/** Destinations of a template: a list of each kind, with a name for each element. */
export interface DestinationsInput {
  readonly rtmp?: Optional<readonly Named<RtmpDestination>[]>;
  readonly hls?: Optional<readonly Named<HlsDestination>[]>;
  readonly transcriptions?: Optional<readonly TranscriptionInput[]>;
}

/** The names of the destinations to remove from a template, by kind. Unknown names are ignored. */
export interface RemovedDestinations {
  readonly removeRtmp?: readonly string[] | null | undefined;
  readonly removeHls?: readonly string[] | null | undefined;
  readonly removeTranscriptions?: readonly string[] | null | undefined;
}

/** A transcription. Its translation is two fields here, and an object with a map by role in the REST API. */
export interface TranscriptionInput extends Named<Omit<TranscriptionDestination, 'translation'>> {
  readonly translationEnabled?: Optional<boolean>;
  readonly translationLanguages?: Optional<readonly { readonly role: string; readonly language: string }[]>;
}

/** Plugins of a template. Both fields are nested `permissions` in the REST API. */
export interface PluginsInput {
  readonly whiteboard?: Optional<
    InputOf<NonNullable<NonNullable<TemplatePlugins['whiteboard']>['permissions']>>
  >;
  readonly captionAdmins?: Optional<readonly string[]>;
}

/** A recording configuration. The graph has no level for `compositeRecording` and `trackRecording`. */
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

/** A copy of `input` with the vendor's keys, and without those that are null or undefined, at every depth. */
export function compact<T>(input: InputOf<T>): T {
  // An input differs from the REST type only by names and nulls, which are changed here, and by missing keys, which the check of
  // the body finds.
  return compacted(input) as T;
}

function compacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compacted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [vendorKeyOf(key), compacted(each)]));
}

/** `current` with `patch` merged into it: objects key by key, lists and other values as a whole. */
export function merged<T extends object>(current: T | null | undefined, patch: T): T {
  // Both are of type T, so the merged object has only keys of T.
  return mergedValue(current ?? {}, patch) as T;
}

function mergedValue(current: unknown, patch: unknown): unknown {
  if (!isObject(current) || !isObject(patch)) return patch;
  const keys = new Set([...Object.keys(current), ...Object.keys(patch)]);
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      Object.hasOwn(patch, key)
        ? mergedValue(Object.hasOwn(current, key) ? current[key] : {}, patch[key])
        : current[key],
    ]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks the name of a role to write. The REST API finds a role by its name in a URL, so a role with an invalid name could be
 * neither changed nor deleted. `path` is the path of the name in the input.
 * @throws InvalidInputError for a name that cannot be a segment of a path.
 */
export function checkRoleName(name: string, path: readonly string[]): void {
  if (!isSegment(name)) throw invalidAt(path, 'must be well-formed, and not empty, `.` or `..`');
}

/**
 * A role as the REST API takes it. `path` is the path of the role in the input, for the issues of an error.
 * @throws InvalidInputError for the name, and for simulcast layers in a wrong order or scale.
 */
export function roleBody(input: RoleInput, path: readonly string[]): TemplateRole {
  const { publishParams, ...rest } = input;
  checkRoleName(input.name, [...path, 'name']);
  const role = compact<TemplateRole>(rest);
  if (publishParams == null) return role;
  const { videoLayers, screenLayers, ...params } = publishParams;
  const simulcast = compact<NonNullable<PublishParams['simulcast']>>({
    video:
      videoLayers == null
        ? null
        : { layers: checkedLayers(videoLayers, [...path, 'publishParams', 'videoLayers']) },
    screen:
      screenLayers == null
        ? null
        : { layers: checkedLayers(screenLayers, [...path, 'publishParams', 'screenLayers']) },
  });
  const publish = compact<PublishParams>(params);
  return {
    ...role,
    publishParams: Object.keys(simulcast).length === 0 ? publish : { ...publish, simulcast },
  };
}

/**
 * Checks that simulcast layers come in the order f, h, q; that f is scaled by 1, and each further layer by more than the
 * one before. The vendor says so in prose only, not in its schema.
 */
function checkedLayers(
  layers: readonly InputOf<Layer>[],
  path: readonly string[],
): readonly InputOf<Layer>[] {
  const order = ['f', 'h', 'q'];
  for (const [index, { rid, scaleResolutionDownBy }] of layers.entries()) {
    const before = layers[index - 1]?.scaleResolutionDownBy ?? 0;
    if (rid !== order[index])
      throw invalidAt(
        [...path, String(index), 'rid'],
        `must be ${order[index] ?? 'left out: 3 layers are the most'}`,
      );
    if (index === 0 && scaleResolutionDownBy !== 1) {
      throw invalidAt([...path, '0', 'scaleResolutionDownBy'], 'must be 1 for the layer f');
    }
    if ((scaleResolutionDownBy ?? 0) <= before) {
      throw invalidAt(
        [...path, String(index), 'scaleResolutionDownBy'],
        'must be larger than that of the layer before',
      );
    }
  }
  return layers;
}

/** Roles as a map by name. @throws InvalidInputError for a name that occurs twice. */
export function rolesBody(roles: readonly RoleInput[]): Record<string, TemplateRole> {
  return byName(roles, ['roles'], roleBody);
}

/** Settings as the REST API takes them. It requires `prefix` for a template's bucket, so the default is empty. */
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

/**
 * Converts settings from an answer to the form that the REST API accepts: the secret key is `secret` in some answers, `secretKey`
 * in inputs.
 */
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

/**
 * Destinations as maps by name. `within` is their path in the input, for the issues of an error.
 * @throws InvalidInputError for a name that occurs twice in a list.
 */
export function destinationsBody(
  { rtmp, hls, transcriptions }: DestinationsInput,
  within: readonly string[],
): TemplateDestinations {
  return withoutNullish({
    rtmpDestinations:
      rtmp == null ? null : byName(rtmp, [...within, 'rtmp'], (each) => compact<RtmpDestination>(each)),
    hlsDestinations:
      hls == null ? null : byName(hls, [...within, 'hls'], (each) => compact<HlsDestination>(each)),
    transcriptions:
      transcriptions == null
        ? null
        : byName(transcriptions, [...within, 'transcriptions'], transcriptionBody),
  });
}

function transcriptionBody(input: TranscriptionInput): TranscriptionDestination {
  const { translationEnabled, translationLanguages, ...rest } = input;
  // Not by `compact`: the keys of `roleLanguages` are names of roles.
  const translation = withoutNullish({
    enabled: translationEnabled,
    roleLanguages:
      translationLanguages == null
        ? null
        : Object.fromEntries(translationLanguages.map(({ role, language }) => [role, language])),
  });
  const destination = compact<TranscriptionDestination>(rest);
  return Object.keys(translation).length === 0 ? destination : { ...destination, translation };
}

/** Plugins as the REST API takes them; caption permissions require the mode `caption`. */
export function pluginsBody({ whiteboard, captionAdmins }: PluginsInput): TemplatePlugins {
  return compact<TemplatePlugins>({
    whiteboard: whiteboard == null ? null : { permissions: whiteboard },
    transcriptions: captionAdmins == null ? null : { permissions: { admin: captionAdmins }, mode: 'caption' },
  });
}

/** A recording configuration as the REST API takes it; groups without a given key are left out. */
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
  path: readonly string[],
  bodyOf: (item: I, path: readonly string[]) => T,
): Record<string, T> {
  const names = items.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.lastIndexOf(name) !== index);
  if (twice >= 0)
    throw invalidAt([...path, String(twice), 'name'], 'is the name of another element of the list');
  return Object.fromEntries(items.map((item, index) => [item.name, bodyOf(item, [...path, String(index)])]));
}
