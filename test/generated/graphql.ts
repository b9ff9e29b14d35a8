/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type RoomsWithRolesQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsWithRolesQuery = { rooms: { edges: Array<{ node: { name: string, template: { name: string, roles: Array<{ name: string }> } | null } }> } | null };

export type RoomsWithPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsWithPeopleQuery = { rooms: { edges: Array<{ node: { activeSession: { peers: { edges: Array<{ node: { name: string | null, role: string | null } }> } } | null } }> } | null };

export type RoomNamesQueryVariables = Exact<{
  first: number;
}>;


export type RoomNamesQuery = { rooms: { edges: Array<{ node: { name: string } }> } | null };

export type RoomNamesAndMoreQueryVariables = Exact<{
  first: number;
}>;


export type RoomNamesAndMoreQuery = { rooms: { edges: Array<{ node: { name: string } }>, pageInfo: { hasNextPage: boolean } } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const RoomsWithRolesDocument = new TypedDocumentString(`
    query RoomsWithRoles {
  rooms(first: 20) {
    edges {
      node {
        name
        template {
          name
          roles {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomsWithRolesQuery, RoomsWithRolesQueryVariables>;
export const RoomsWithPeopleDocument = new TypedDocumentString(`
    query RoomsWithPeople {
  rooms(first: 50) {
    edges {
      node {
        activeSession {
          peers {
            edges {
              node {
                name
                role
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomsWithPeopleQuery, RoomsWithPeopleQueryVariables>;
export const RoomNamesDocument = new TypedDocumentString(`
    query RoomNames($first: Int!) {
  rooms(first: $first) {
    edges {
      node {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomNamesQuery, RoomNamesQueryVariables>;
export const RoomNamesAndMoreDocument = new TypedDocumentString(`
    query RoomNamesAndMore($first: Int!) {
  rooms(first: $first) {
    edges {
      node {
        name
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<RoomNamesAndMoreQuery, RoomNamesAndMoreQueryVariables>;