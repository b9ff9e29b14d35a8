// Telephones by real GraphQL text over the sandbox.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { memoryLog } from '../../support/memory-log.ts';
import { managementToken, restClient } from '../../support/sandbox-client.ts';

const createTrunk = graphql(`
  mutation CreateSipTrunk($input: CreateSipTrunkInput!) {
    createSipTrunk(input: $input) {
      ... on SipTrunk {
        hmsId
      }
    }
  }
`);

const updateTrunk = graphql(`
  mutation UpdateSipTrunk($input: UpdateSipTrunkInput!) {
    updateSipTrunk(input: $input) {
      __typename
      ... on SipTrunk {
        hmsId
      }
      ... on Error {
        message
      }
    }
  }
`);

const placeCall = graphql(`
  mutation PlaceSipCall($input: PlaceSipCallInput!) {
    placeSipCall(input: $input) {
      __typename
      ... on SipCall {
        hmsId
      }
      ... on Error {
        message
      }
      ... on RefusedError {
        httpStatus
      }
      ... on InvalidInputError {
        issues {
          path
        }
      }
    }
  }
`);

const sendTones = graphql(`
  mutation SendSipDtmf($input: SendSipDtmfInput!) {
    sendSipDtmf(input: $input) {
      __typename
      ... on SentSipDtmf {
        digits
      }
      ... on Error {
        message
      }
      ... on RefusedError {
        httpStatus
        details
      }
      ... on InvalidInputError {
        issues {
          path
        }
      }
    }
  }
`);

const NOWHERE = 'f'.repeat(24);

describe('a trunk', () => {
  it('is created and updated; its password cannot be selected', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const input = { username: 'acme', password: 's3cret', address: 'pstn.test', from: '+15550100' };
    const { createSipTrunk: created } = await tested.data(createTrunk, { input });
    const [trunk] = tested.sandbox.world.sip.trunks.values();
    expect(created).toEqual({ hmsId: trunk?.id });
    expect(trunk).toMatchObject(input);
    const id = trunk?.id ?? '';
    expect(await tested.data(updateTrunk, { input: { id, from: '+15550101' } })).toEqual({
      updateSipTrunk: { __typename: 'SipTrunk', hmsId: id },
    });
    expect(tested.sandbox.world.sip.trunks.get(id)).toMatchObject({ ...input, from: '+15550101' });
    expect(await tested.data(updateTrunk, { input: { id: NOWHERE } })).toEqual({
      updateSipTrunk: { __typename: 'NotFoundError', message: 'The trunk does not exist.' },
    });
  });
});

describe('a call', () => {
  async function callable() {
    const tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world } = tested.sandbox;
    world.sip.answerMs = 0;
    const room = world.rooms.create();
    const { code } = world.roomCodes.create(room.id, 'guest');
    const none = { username: undefined, password: undefined, address: undefined, from: undefined };
    const { id: trunkId } = world.sip.createTrunk(none);
    return { ...tested, world, room, input: { to: '+15550199', roomCode: code, trunkId } };
  }

  it('adds the person who answers to the room', async () => {
    await using tested = await callable();
    const headers = [{ name: 'X-Language', value: '5' }];
    const input = { ...tested.input, name: 'Alex', userId: 'alex', video: false, headers };
    const { placeSipCall: call } = await tested.data(placeCall, { input });
    expect(call).toEqual({ __typename: 'SipCall', hmsId: expect.stringMatching(/^[0-9a-f]{24}$/) });
    expect(tested.world.sessions.connectedPeers(tested.room.id)).toMatchObject([
      { name: 'Alex', type: 'sip' },
    ]);
  });

  it('that is not answered is refused with a 408', async () => {
    await using tested = await callable();
    const body = { code: 408, message: 'timed out' };
    tested.sandbox.faults.set('startSipCall', { kind: 'status', status: 408, body });
    expect((await tested.data(placeCall, { input: tested.input })).placeSipCall).toEqual({
      __typename: 'RefusedError',
      message: 'timed out',
      httpStatus: 408,
    });
  });

  it('over a trunk that does not exist is a NotFoundError', async () => {
    await using tested = await callable();
    const { placeSipCall: call } = await tested.data(placeCall, {
      input: { ...tested.input, trunkId: NOWHERE },
    });
    expect(call?.__typename).toBe('NotFoundError');
  });

  it.each([
    [{ to: ' ' }, ['to']],
    [{ headers: [{ name: 'X y', value: 'z' }] }, ['headers.0.name']],
    [{ headers: [{ name: 'X-A', value: 'z\r\nVia: b' }] }, ['headers.0.value']],
    [{ to: '', headers: [{ name: 'X y', value: '\n' }] }, ['to', 'headers.0.name', 'headers.0.value']],
  ])('with %j is refused before it is sent, with all faults', async (change, paths) => {
    await using tested = await callable();
    const { placeSipCall: call } = await tested.data(placeCall, { input: { ...tested.input, ...change } });
    const issues = paths.map((path) => ({ path: path.split('.') }));
    expect(call).toMatchObject({ __typename: 'InvalidInputError', issues });
    expect(tested.sandbox.ledger.count()).toBe(0);
  });
});

describe('tones', () => {
  async function participant() {
    const { log, text } = memoryLog();
    const tested = await startTestGateway({ sandbox: { data: 'empty' }, log });
    const { sandbox } = tested;
    const room = sandbox.world.rooms.create();
    const { code } = sandbox.world.roomCodes.create(room.id, 'host');
    const { body } = await restClient(sandbox, '').post('/token', { code, user_id: 'ada' });
    sandbox.ledger.clear();
    // The answer has a token, as documented.
    return { ...tested, room, text, authToken: (body as { token: string }).token };
  }

  it("are sent to the room of the participant's token, which is not in the log", async () => {
    await using tested = await participant();
    const { authToken, room } = tested;
    expect(await tested.data(sendTones, { input: { authToken, digits: '01#' } })).toEqual({
      sendSipDtmf: { __typename: 'SentSipDtmf', digits: '01#' },
    });
    expect(tested.sandbox.world.sip.tones).toMatchObject([{ roomId: room.id, digits: '01#' }]);
    expect(tested.text()).toContain('/sip/dtmf');
    expect(tested.text()).not.toContain(authToken);
  });

  it('with a token of another kind are refused without a retry, and the error does not quote the token', async () => {
    await using tested = await participant();
    const authToken = await managementToken();
    const answer = await tested.ask(sendTones, { input: { authToken, digits: '1' } });
    expect(answer.data).toEqual({
      sendSipDtmf: {
        __typename: 'RefusedError',
        message: "The participant's token is invalid or has expired.",
        httpStatus: 401,
        details: [],
      },
    });
    expect(tested.sandbox.ledger.lines()).toEqual(['POST /sip/dtmf']);
    expect(tested.text()).not.toContain(authToken);
  });

  it.each([
    [{ digits: '' }, 'digits'],
    [{ digits: 'e' }, 'digits'],
    [{ digits: '1'.repeat(101) }, 'digits'],
    [{ authToken: 'none' }, 'authToken'],
  ])('with %j are refused before they are sent', async (change, path) => {
    await using tested = await participant();
    const input = { authToken: tested.authToken, digits: '1', ...change };
    expect((await tested.data(sendTones, { input })).sendSipDtmf).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: [path] }],
    });
    expect(tested.sandbox.ledger.count()).toBe(0);
  });
});
