// The OpenAPI document's schemas as they are used upon answers: what is said about values goes, what is said about
// structure stays. Which keys the graph cannot live without is said here and nowhere else.
import type { JsonSchema } from '../../openapi/document.ts';

/** Keys that must be there and not null, by schema (`Schema.key`: the object under that key). */
const ESSENTIALS: Readonly<Record<string, readonly string[]>> = {
  Room: ['id', 'name'],
  RoomCode: ['code', 'room_id', 'role'],
  RoomCodeCreateResult: ['data'],
  exchangeRoomCode: ['token'],
  // An empty Go map prints as null, so the two maps of peers may be null, but they must be there.
  Session: ['id', 'room_id', 'peers?'],
  SessionPeer: ['id'],
  Template: ['id', 'name'],
  ActiveRoom: ['id', 'session'],
  'ActiveRoom.session': ['id'],
  ActivePeerMap: ['peers?'],
  PeerWithTracks: ['id'],
  // The two keys after the ids tell the kinds of jobs apart where only a job's id was known.
  LiveStream: ['id', 'room_id', 'playback?'],
  ExternalStream: ['id', 'room_id', 'rtmp_urls?'],
  Recording: ['id', 'room_id'],
  RecordingAsset: ['id'],
  EmbeddedRecordingAsset: ['id'],
  RecordingAssetPresignedUrl: ['url'],
  StreamKey: ['id', 'room_id'],
  Poll: ['id'],
  PollSessionList: ['responses?'],
  PollSession: ['id', 'session_id'],
  PollResponseList: ['responses?'],
  PollResponse: ['id', 'question'],
  PollResultList: ['results?'],
  PollResult: ['id', 'question'],
  AnalyticsEventList: ['events?', 'total'],
  AnalyticsTrackEvent: ['id', 'type', 'data'],
  AnalyticsRecordingEvent: ['id', 'type', 'data'],
  AnalyticsErrorEvent: ['id', 'type', 'data'],
  WebhookDeliveryList: ['events?', 'pagination'],
  WebhookDeliveryPagination: ['total_items'],
  WebhookDelivery: ['event_id', 'payload'],
  WebhookReplay: ['workflow_id'],
  WebhookReplayStatus: ['workflow_id', 'status'],
  PeerQualityStats: ['publisher', 'subscriber'],
  SipTrunk: ['id'],
  SipCall: ['id'],
};

const REF = '#/components/schemas/';
const NULLABLE = '.nullable';

/** Lenient schemas by name and by operation, each name also with a twin that takes null. */
export function lenientSchemas(
  schemas: Readonly<Record<string, JsonSchema>>,
  answers: ReadonlyMap<string, JsonSchema>,
): Record<string, JsonSchema> {
  const lenient: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    lenient[name] = loosened(schema, name, false);
    lenient[`${name}${NULLABLE}`] = loosened(schema, name, true);
  }
  for (const [operationId, schema] of answers) lenient[operationId] = loosened(schema, operationId, false);
  return lenient;
}

function loosened(schema: JsonSchema, name: string, nullable: boolean): JsonSchema {
  const { $ref, type, properties, items, additionalProperties, allOf, anyOf, oneOf } = schema;
  if (typeof $ref === 'string') {
    return { $ref: `#/$defs/${$ref.slice(REF.length)}${nullable ? NULLABLE : ''}` };
  }
  const loose: Record<string, unknown> = {};
  if (type !== undefined) loose['type'] = looseType(type, nullable);
  if (isSchema(properties)) Object.assign(loose, looseProperties(properties, name));
  if (isSchema(items)) loose['items'] = loosened(items, '', false);
  if (isSchema(additionalProperties))
    loose['additionalProperties'] = loosened(additionalProperties, '', false);
  // Schemas that are told apart by values alone all fit once nothing is said of values: one of them is any of them.
  const either = anyOf ?? oneOf;
  if (Array.isArray(allOf))
    loose['allOf'] = allOf.filter(isSchema).map((part) => loosened(part, '', nullable));
  if (Array.isArray(either))
    loose['anyOf'] = either.filter(isSchema).map((part) => loosened(part, '', nullable));
  const required = essentialsOf(name);
  if (required.length > 0) loose['required'] = required;
  return loose;
}

function looseProperties(properties: JsonSchema, name: string): JsonSchema {
  const essentials = new Set(ESSENTIALS[name]);
  const loose: Record<string, JsonSchema> = {};
  for (const [key, schema] of Object.entries(properties)) {
    if (!isSchema(schema)) continue;
    loose[key] = loosened(schema, `${name}.${key}`, !essentials.has(key));
    // As a filter an empty id would mean all.
    if (essentials.has(key) && /(^|_)id$/.test(key)) Object.assign(loose[key], { minLength: 1 });
  }
  // A page of a list may lack its data, but an object that has no key of a page at all isn't one.
  const isPage = 'data' in properties && 'last' in properties;
  const keys = Object.keys(properties);
  return isPage
    ? { properties: loose, anyOf: keys.map((key) => ({ required: [key] })) }
    : { properties: loose };
}

function essentialsOf(name: string): string[] {
  return (ESSENTIALS[name] ?? []).map((key) => key.replace('?', ''));
}

function looseType(type: unknown, nullable: boolean): string[] {
  const types = (Array.isArray(type) ? type : [type]).map((each) =>
    each === 'integer' ? 'number' : String(each),
  );
  return nullable && !types.includes('null') ? [...types, 'null'] : types;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
