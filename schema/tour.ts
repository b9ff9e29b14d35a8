// The description of the schema itself, in Markdown: a tour for someone who opens the graph for the first time. GraphiQL
// shows it as the first page of its documentation, and schema.graphql begins its `schema` block with it.
import { DEFAULT_FIRST, MAX_FIRST } from '../resolvers/connection.ts';

/**
 * The version of the last released graph, another one than the program's: a change that breaks clients makes a new major version, any
 * other change of what they can ask a new minor one, and a release without such a change keeps it. `npm run release` sets it.
 */
export const SCHEMA_VERSION = '1.0.0';

/** The text of the tour, in GitHub's Markdown; test/schema/descriptions.test.ts checks the names in it. */
export const tour = `
The REST API of [100ms](https://www.100ms.live) (video rooms, recordings, live streams) as one graph.

**Where to begin.** \`rooms\` and \`room\` lead to nearly everything: \`Room.activeSession\` is the running session, \`Room.peers\` are the people who are connected, \`Room.sessions\` is its history, \`Room.template\` has its roles and settings. \`session\`, \`peer\`, \`template\`, \`recording\`, \`liveStream\`, \`externalStream\` and \`poll\` look up one object.

**Live changes.** Subscribe to \`peerChanges\` for the people of one room and to \`sessionChanges\` for the rooms that go live and end. Both send a snapshot first, and then the changes that the gateway finds by polling. \`roomEvents\` passes the vendor's webhooks on.

**Ids.** \`hmsId\` is the vendor's own id, as dashboards, SDKs and webhooks show it. \`id\` is a global id, which also contains the type: \`node(id)\` fetches any object by it. Arguments such as \`roomId\` accept both, if their description says so.

**Lists.** A connection returns the \`first\` elements: ${DEFAULT_FIRST} unless its description says otherwise, and at most ${MAX_FIRST}. To get the next ones, pass \`pageInfo.endCursor\` as \`after\`. A cursor is opaque and belongs to one list.

**Errors.** A mutation returns its result or a type that implements \`Error\`, such as \`NotFoundError\` or \`InvalidInputError\`: select \`... on Error { message }\`. Failures of the vendor's API and invalid requests are reported in \`errors\`, each with an \`extensions.code\`. A field that needs a REST call of its own is nullable, so if that call fails, only this field is null.

**Cost.** Each object or list element costs 1 point, each REST call 10. Descriptions say where a field makes a REST call; lists make one for every 100 elements. If the gateway limits points, \`extensions.cost\` of a result says how many points were charged before the operation ran, how many of these it used (the rest is refunded), and how many are left in this minute.

**Freshness.** The gateway keeps some objects in memory for some seconds; the description of the type says for how long. Times are in UTC.

**Version.** This graph has version ${SCHEMA_VERSION}. A change that breaks clients raises the major version, any other change of what they can request the minor version. The gateway itself has a separate version.
`.trim();
