/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query RoomsWithRoles {\n    rooms(first: 20) {\n      edges {\n        node {\n          name\n          template {\n            name\n            roles {\n              name\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.RoomsWithRolesDocument,
    "\n  query RoomsWithPeople {\n    rooms(first: 50) {\n      edges {\n        node {\n          activeSession {\n            peers {\n              edges {\n                node {\n                  name\n                  role\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.RoomsWithPeopleDocument,
    "\n  query RoomNames($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n    }\n  }\n": typeof types.RoomNamesDocument,
    "\n  query RoomNamesAndMore($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": typeof types.RoomNamesAndMoreDocument,
};
const documents: Documents = {
    "\n  query RoomsWithRoles {\n    rooms(first: 20) {\n      edges {\n        node {\n          name\n          template {\n            name\n            roles {\n              name\n            }\n          }\n        }\n      }\n    }\n  }\n": types.RoomsWithRolesDocument,
    "\n  query RoomsWithPeople {\n    rooms(first: 50) {\n      edges {\n        node {\n          activeSession {\n            peers {\n              edges {\n                node {\n                  name\n                  role\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.RoomsWithPeopleDocument,
    "\n  query RoomNames($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n    }\n  }\n": types.RoomNamesDocument,
    "\n  query RoomNamesAndMore($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": types.RoomNamesAndMoreDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomsWithRoles {\n    rooms(first: 20) {\n      edges {\n        node {\n          name\n          template {\n            name\n            roles {\n              name\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomsWithRolesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomsWithPeople {\n    rooms(first: 50) {\n      edges {\n        node {\n          activeSession {\n            peers {\n              edges {\n                node {\n                  name\n                  role\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomsWithPeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomNames($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomNamesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RoomNamesAndMore($first: Int!) {\n    rooms(first: $first) {\n      edges {\n        node {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RoomNamesAndMoreDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
