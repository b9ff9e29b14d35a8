// How telephones are called into rooms.
import { RestUnauthorizedError } from '../../src/rest/errors.ts';
import {
  createSipTrunk,
  placeSipCall,
  sendSipDtmf,
  updateSipTrunk,
  type SipCallResource,
  type SipTrunkResource,
} from '../../src/rest/telephony/sip.ts';
import type { Context } from '../context.ts';
import { hexIdOf, roomCodeOf } from '../ids.ts';
import { invalidInput, outcomeOf, RefusedError } from '../outcomes.ts';
import { given } from '../values.ts';

type Maybe<T> = T | null | undefined;

export interface SipTrunkSettings {
  readonly username?: Maybe<string>;
  readonly password?: Maybe<string>;
  readonly address?: Maybe<string>;
  readonly from?: Maybe<string>;
}

export interface PlaceSipCallInput {
  readonly to: string;
  readonly roomCode: string;
  readonly trunkId: string;
  readonly name?: Maybe<string>;
  readonly userId?: Maybe<string>;
  readonly video?: Maybe<boolean>;
  readonly headers?: Maybe<readonly { readonly name: string; readonly value: string }[]>;
}

export interface SendSipDtmfInput {
  readonly authToken: string;
  readonly digits: string;
}

/** The most tones that one mutation sends; each takes 200 ms. */
export const MAX_DIGITS = 100;

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

export function createSipTrunkOf(settings: SipTrunkSettings, context: Context): Promise<SipTrunkResource> {
  return outcomeOf('The workspace has no telephones.', () =>
    createSipTrunk(context.client, given({ ...settings }), context.call),
  );
}

export async function updateSipTrunkOf(
  { id, ...settings }: SipTrunkSettings & { readonly id: string },
  context: Context,
): Promise<SipTrunkResource> {
  const trunkId = hexIdOf('SipTrunk', 'id', id);
  return outcomeOf('The trunk does not exist.', () =>
    updateSipTrunk(context.client, trunkId, given({ ...settings }), context.call),
  );
}

export async function placeSipCallOf(input: PlaceSipCallInput, context: Context): Promise<SipCallResource> {
  const { to, name, userId, video, headers } = input;
  if (to.trim() === '') throw invalidInput('to', 'must not be empty');
  for (const [index, header] of (headers ?? []).entries()) {
    if (!HEADER_NAME.test(header.name)) throw invalidInput(`headers.${index}.name`, 'is no name of a header');
    if (/[\r\n]/.test(header.value)) throw invalidInput(`headers.${index}.value`, 'must be one line');
  }
  const body = {
    to,
    room_code: roomCodeOf('roomCode', input.roomCode),
    trunk_id: hexIdOf('SipTrunk', 'trunkId', input.trunkId),
    ...given({
      name,
      user_id: userId,
      video,
      headers: headers && Object.fromEntries(headers.map((header) => [header.name, header.value])),
    }),
  };
  return outcomeOf('The trunk or the room code does not exist.', () =>
    placeSipCall(context.client, body, context.call),
  );
}

/** Answers the tones that were sent. */
export async function sendSipDtmfOf(
  { authToken, digits }: SendSipDtmfInput,
  context: Context,
): Promise<{ readonly digits: string }> {
  if (!/^[0-9*#a-d]+$/.test(digits) || digits.length > MAX_DIGITS) {
    throw invalidInput('digits', `must be 1 to ${MAX_DIGITS} of 0-9, *, # and a-d`);
  }
  await outcomeOf('The room of the token has no call.', async () => {
    try {
      await sendSipDtmf(context.client, authToken, { digits: digits.split('') }, context.call);
    } catch (error) {
      // The token is the caller's, so that its refusal is for the caller; the vendor's words may quote it.
      if (!(error instanceof RestUnauthorizedError)) throw error;
      throw new RefusedError("The participant's token is not good, or no longer.", 401, []);
    }
  });
  return { digits };
}
