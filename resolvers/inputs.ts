// Values of the input types that more than one family uses: the counterpart of schema/inputs.ts. And the names of the graph that
// tell a unit which the vendor's keys leave out: bodies sent upstream keep the vendor's keys.

/** What a creating mutation does when another object of the same kind has the name: answer a conflict, or overwrite. */
export type IfExists = 'FAIL' | 'OVERWRITE';

/** The customer's bucket as a caller gives it. `credentials` are sent to the vendor and never answered. */
export interface StorageInput {
  readonly type: 's3' | 'gs' | 'oss' | 'azure';
  readonly location: string;
  readonly prefix?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly credentials?: { readonly key: string; readonly secret: string } | null | undefined;
}

/** The graph's name by the vendor's key, in camel case, of values in bodies of writes. No other key has one of these names. */
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

/** The graph's name of a vendor's key: the key itself unless it has a unit. */
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
