// Telephones: outbound trunks, calls into rooms, tones. Source: the vendor's "SIP" pages. Passwords go in and never
// come back.
import type {
  SipCall,
  SipCallRequest,
  SipDtmfRequest,
  SipTrunk,
  SipTrunkInput,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody, RestInputError } from '../shapes/inputs.ts';
import { answersWith, nothing } from '../shapes/shapes.ts';

/** A trunk as received: its id alone. */
export type SipTrunkResource = SipTrunk;
export type SipCallResource = SipCall;

/** How long a call may ring: what the vendor's own SDK waits for any answer. */
const CALL_DEADLINE_MS = 180_000;

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const answerOf = answersWith({ SipTrunk: ['id'], SipCall: ['id'] });
const trunkShape = answerOf<SipTrunkResource>('createSipTrunk');
const callShape = answerOf<SipCallResource>('startSipCall');

/** @throws RestInputError before anything is sent. */
export async function createSipTrunk(
  client: RestClient,
  input: SipTrunkInput,
  options?: CallOptions,
): Promise<SipTrunkResource> {
  const body = checkedBody('createSipTrunk', input);
  return client.post({ route: '/sip/outbound/trunks', body, shape: trunkShape }, options);
}

/** @throws RestInputError before anything is sent; RestNotFoundError for a trunk that doesn't exist. */
export async function updateSipTrunk(
  client: RestClient,
  trunkId: string,
  input: SipTrunkInput,
  options?: CallOptions,
): Promise<SipTrunkResource> {
  const body = checkedBody('updateSipTrunk', input);
  const path = { trunk_id: trunkId };
  return client.post({ route: '/sip/outbound/trunks/{trunk_id}', path, body, shape: trunkShape }, options);
}

/**
 * Dials out and waits until somebody answers or declines, at most 3 minutes.
 * @throws RestInputError before anything is sent; RestRefusedError with the status 408 when nobody answers.
 */
export async function placeSipCall(
  client: RestClient,
  input: SipCallRequest,
  options?: CallOptions,
): Promise<SipCallResource> {
  const body = checkedBody('startSipCall', input);
  const request = { route: '/sip/outbound/call', body, shape: callShape, deadlineMs: CALL_DEADLINE_MS };
  return client.post(request, options);
}

/**
 * Sends tones to the telephones of the room that a participant's token was made for. It is sent for this call only.
 * @throws RestInputError before anything is sent; RestUnauthorizedError for a token that isn't good.
 */
export async function sendSipDtmf(
  client: RestClient,
  authToken: string,
  input: SipDtmfRequest,
  options?: CallOptions,
): Promise<void> {
  if (!JWT.test(authToken)) throw new RestInputError([{ path: ['auth_token'], message: 'must be a JWT' }]);
  const body = checkedBody('sendSipDtmf', input);
  await client.post({ route: '/sip/dtmf', body, shape: nothing, bearer: authToken }, options);
}
