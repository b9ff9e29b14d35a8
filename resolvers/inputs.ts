// The values of input types that several families use: the counterpart of schema/inputs.ts. Also the graph's names for keys of
// the vendor whose names do not contain their unit; request bodies keep the vendor's keys.

/** Whether a `create` mutation returns a conflict or overwrites, if an object of the same type already has the name. */
export type IfExists = 'FAIL' | 'OVERWRITE';

/** The customer's bucket, as in the input. `credentials` are sent to the vendor and never returned. */
export interface StorageInput {
  readonly type: 's3' | 'gs' | 'oss' | 'azure';
  readonly location: string;
  readonly prefix?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly credentials?: { readonly key: string; readonly secret: string } | null | undefined;
}

/**
 * The graph's names with a unit, by the vendor's keys in camel case, for values in bodies of writes. No other key has
 * one of these names.
 */
export const unitNames = {
  audioBitrate: 'audioBitrateKbps',
  autoStopTimeout: 'autoStopTimeoutSeconds',
  bitRate: 'bitrateKbps',
  duration: 'durationSeconds',
  maxBitrate: 'maxBitrateKbps',
  maxDuration: 'maxDurationSeconds',
  maxSubsBitRate: 'maxSubsBitrateKbps',
  messageInterval: 'messageIntervalSeconds',
  offsets: 'offsetsSeconds',
  packetLossThreshold: 'packetLossThresholdPercent',
  presignDuration: 'presignDurationSeconds',
  videoBitrate: 'videoBitrateKbps',
} as const;

/** The graph's name of a vendor's key: the name with a unit if there is one, else the key itself. */
export type GraphName<Key> = Key extends keyof typeof unitNames ? (typeof unitNames)[Key] : Key;

const graphNames: ReadonlyMap<string, string> = new Map(Object.entries(unitNames));
const vendorKeys: ReadonlyMap<string, string> = new Map(
  Object.entries(unitNames).map(([key, name]) => [name, key]),
);

/** The graph's name of a vendor's key in camel case. */
export function graphNameOf(key: string): string {
  return graphNames.get(key) ?? key;
}

/** The vendor's key of a name of the graph. */
export function vendorKeyOf(name: string): string {
  return vendorKeys.get(name) ?? name;
}
