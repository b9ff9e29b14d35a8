// The mutations of rooms, room codes and tokens that the tests run. Each selects every expected error.
import { graphql } from '../../generated/gql.ts';

export const createRoom = graphql(`
  mutation CreateRoom($input: CreateRoomInput!) {
    result: createRoom(input: $input) {
      __typename
      ...RoomAsChanged
      ...Failure
    }
  }
  fragment Failure on Error {
    message
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
    ... on RefusedError {
      httpStatus
      details
    }
  }
  fragment RoomAsChanged on Room {
    id
    hmsId
    name
    description
    enabled
    region
    largeRoom
    size
    maxDurationSeconds
    webhookUrl
    pollIds
    recording {
      enabled
      storage {
        type
        location
        prefix
        region
      }
    }
  }
`);

export const updateRoom = graphql(`
  mutation UpdateRoom($input: UpdateRoomInput!) {
    result: updateRoom(input: $input) {
      __typename
      ...RoomAsChanged
      ...Failure
    }
  }
`);

export const enableRoom = graphql(`
  mutation EnableRoom($input: SetRoomEnabledInput!) {
    result: enableRoom(input: $input) {
      __typename
      ...RoomAsChanged
      ...Failure
    }
  }
`);

export const disableRoom = graphql(`
  mutation DisableRoom($input: SetRoomEnabledInput!) {
    result: disableRoom(input: $input) {
      __typename
      ...RoomAsChanged
      ...Failure
    }
  }
`);

export const readRoom = graphql(`
  query ReadRoom($id: ID!) {
    room(id: $id) {
      ...RoomAsChanged
    }
  }
`);

export const createRoomCodes = graphql(`
  mutation CreateRoomCodes($input: CreateRoomCodesInput!) {
    result: createRoomCodes(input: $input) {
      __typename
      ... on RoomCodes {
        codes {
          ...CodeAsChanged
        }
        room {
          hmsId
        }
      }
      ...Failure
    }
  }
  fragment CodeAsChanged on RoomCode {
    id
    code
    role
    enabled
  }
`);

export const createRoomCode = graphql(`
  mutation CreateRoomCode($input: CreateRoomCodeInput!) {
    result: createRoomCode(input: $input) {
      __typename
      ...CodeAsChanged
      ...Failure
    }
  }
`);

export const enableRoomCode = graphql(`
  mutation EnableRoomCode($input: SetRoomCodeEnabledInput!) {
    result: enableRoomCode(input: $input) {
      __typename
      ...CodeAsChanged
      ...Failure
    }
  }
`);

export const disableRoomCode = graphql(`
  mutation DisableRoomCode($input: SetRoomCodeEnabledInput!) {
    result: disableRoomCode(input: $input) {
      __typename
      ...CodeAsChanged
      ...Failure
    }
  }
`);

export const readRoomCodes = graphql(`
  query ReadRoomCodes($id: ID!, $role: String) {
    room(id: $id) {
      roomCodes(role: $role) {
        ...CodeAsChanged
      }
    }
  }
`);

export const exchangeRoomCode = graphql(`
  mutation ExchangeRoomCode($input: ExchangeRoomCodeInput!) {
    result: exchangeRoomCode(input: $input) {
      __typename
      ...TokenAsMade
      ...Failure
    }
  }
  fragment TokenAsMade on AuthToken {
    token
    expiresAt
  }
`);

export const createAuthToken = graphql(`
  mutation CreateAuthToken($input: CreateAuthTokenInput!) {
    result: createAuthToken(input: $input) {
      __typename
      ...TokenAsMade
      ...Failure
    }
  }
`);
