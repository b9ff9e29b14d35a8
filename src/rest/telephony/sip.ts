// Telephony: outbound trunks, calls from a room to a telephone, and DTMF tones. No answer contains a trunk's password.
// Source: the vendor's "SIP" pages.
import type {
  SipCall,
  SipCallRequest,
  SipDtmfRequest,
  SipTrunk,
  SipTrunkInput,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody, RestInputError } from '../shapes/inputs.ts';
import { answersWith, noContent } from '../shapes/shapes.ts';

/** A trunk as received: only its id. */
export type SipTrunkResource = SipTrunk;
/** A call as received. Essential key: `id`. */
export type SipCallResource = SipCall;

/** A call is answered only after the telephone was. The vendor's SDK waits this long for any answer. */
const CALL_DEADLINE_MS = 180_000;

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const answerOf = answersWith({ SipTrunk: ['id'], SipCall: ['id'] });
const trunkShape = answerOf<SipTrunkResource>('createSipTrunk');
const callShape = answerOf<SipCallResource>('startSipCall');

/** Creates an outbound trunk. @throws RestInputError before anything is sent. */
export async function createSipTrunk(
  client: RestClient,
  input: SipTrunkInput,
  options?: CallOptions,
): Promise<SipTrunkResource> {
  const body = checkedBody('createSipTrunk', input);
  return client.post({ route: '/sip/outbound/trunks', body, shape: trunkShape }, options);
}

/** Updates a trunk. @throws RestInputError before anything is sent; RestNotFoundError for an unknown trunk. */
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
 * Calls a telephone and waits until the call is answered or declined, at most 3 minutes.
 * @throws RestInputError before anything is sent; RestRefusedError with the status 408 if the call is not answered.
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
 * Sends DTMF tones to the telephones in a room.
 * @param authToken a participant's auth token for that room; it replaces the management token in this request
 * @throws RestInputError before anything is sent; RestUnauthorizedError for an invalid or expired token.
 */
export async function sendSipDtmf(
  client: RestClient,
  authToken: string,
  input: SipDtmfRequest,
  options?: CallOptions,
): Promise<void> {
  if (!JWT.test(authToken)) throw new RestInputError([{ path: ['auth_token'], message: 'must be a JWT' }]);
  const body = checkedBody('sendSipDtmf', input);
  await client.post({ route: '/sip/dtmf', body, shape: noContent, bearer: authToken }, options);
}
