// Resolvers of telephony: trunks, calls into rooms, dial tones. Source: the vendor's SIP API.
import { RestUnauthorizedError } from '../../src/rest/errors.ts';
import * as rest from '../../src/rest/telephony/sip.ts';
import type { SipCallResource, SipTrunkResource } from '../../src/rest/telephony/sip.ts';
import type { InputIssue } from '../../src/rest/shapes/inputs.ts';
import type { Context } from '../context.ts';
import { hexIdOf, roomCodeOf } from '../ids.ts';
import { invalidInput, issueIf, outcomeOf, RefusedError, refuseIssues } from '../outcomes.ts';
import { withoutNullish } from '../values.ts';

type Maybe<T> = T | null | undefined;

/** The settings of a trunk. Omitted and null fields are not sent. The password is never part of an answer. */
export interface SipTrunkSettings {
  readonly username?: Maybe<string>;
  readonly password?: Maybe<string>;
  readonly address?: Maybe<string>;
  readonly from?: Maybe<string>;
}

/** The input of `placeSipCall`. `trunkId` is the vendor's id; `headers` are sent with the SIP INVITE. */
export interface PlaceSipCallInput {
  readonly to: string;
  readonly roomCode: string;
  readonly trunkId: string;
  readonly name?: Maybe<string>;
  readonly userId?: Maybe<string>;
  readonly video?: Maybe<boolean>;
  readonly headers?: Maybe<readonly { readonly name: string; readonly value: string }[]>;
}

/**
 * The input of `sendSipDtmf`. `authToken` is the participant's token, which replaces the management token of the call.
 */
export interface SendSipDtmfInput {
  readonly authToken: string;
  readonly digits: string;
}

/** The maximum number of tones that one mutation sends; each takes 200 ms with its pause. A limit of the gateway. */
export const MAX_DIGITS = 100;

/** A header name of RFC 9110, at most 100 characters long. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

/** Creates a trunk. One REST call. Throws `NotFoundError` when telephony is not enabled for the workspace. */
export function createSipTrunk(settings: SipTrunkSettings, context: Context): Promise<SipTrunkResource> {
  return outcomeOf({
    missing: 'Telephony is not enabled for the workspace.',
    write: () => rest.createSipTrunk(context.client, withoutNullish({ ...settings }), context.call),
  });
}

/** Changes a trunk. One REST call. Throws `NotFoundError` when the trunk does not exist. */
export async function updateSipTrunk(
  { id, ...settings }: SipTrunkSettings & { readonly id: string },
  context: Context,
): Promise<SipTrunkResource> {
  const trunkId = hexIdOf('SipTrunk', 'id', id);
  return outcomeOf({
    missing: 'The trunk does not exist.',
    write: () => rest.updateSipTrunk(context.client, trunkId, withoutNullish({ ...settings }), context.call),
  });
}

type SipHeader = NonNullable<PlaceSipCallInput['headers']>[number];

function headerIssues({ name, value }: SipHeader, index: number): readonly InputIssue[] {
  const rule = 'must be a header name of at most 100 characters';
  const ofName = issueIf(!HEADER_NAME.test(name), `headers.${index}.name`, rule);
  return [...ofName, ...issueIf(/[\r\n]/.test(value), `headers.${index}.value`, 'must be one line')];
}

/**
 * Calls a person into a room. One REST call, which the vendor answers only when the person answers or declines: it may
 * take minutes. Throws `InvalidInputError` for an empty number and invalid headers, `NotFoundError` when the trunk or
 * the room code does not exist, `RefusedError` with the status 408 when the call is not answered.
 */
export async function placeSipCall(input: PlaceSipCallInput, context: Context): Promise<SipCallResource> {
  const { to, name, userId, video, headers } = input;
  refuseIssues([
    ...issueIf(to.trim() === '', 'to', 'must not be empty'),
    ...(headers ?? []).flatMap(headerIssues),
  ]);
  const body = {
    to,
    room_code: roomCodeOf('roomCode', input.roomCode),
    trunk_id: hexIdOf('SipTrunk', 'trunkId', input.trunkId),
    ...withoutNullish({
      name,
      user_id: userId,
      video,
      headers: headers && Object.fromEntries(headers.map((header) => [header.name, header.value])),
    }),
  };
  return outcomeOf({
    missing: 'The trunk or the room code does not exist.',
    write: () => rest.placeSipCall(context.client, body, context.call),
  });
}

/**
 * Sends dial tones with the participant's token and returns them. One REST call. Throws `InvalidInputError` for characters that
 * are not tones, and `RefusedError` (401) if the vendor refuses the token.
 */
export async function sendSipDtmf(
  { authToken, digits }: SendSipDtmfInput,
  context: Context,
): Promise<{ readonly digits: string }> {
  if (!/^[0-9*#a-d]+$/.test(digits) || digits.length > MAX_DIGITS) {
    throw invalidInput('digits', `must be 1 to ${MAX_DIGITS} of 0-9, *, # and a-d`);
  }
  await outcomeOf({
    missing: "The participant's room has no telephone call.",
    write: async () => {
      try {
        await rest.sendSipDtmf(context.client, authToken, { digits: digits.split('') }, context.call);
      } catch (error) {
        // The caller sent this token, so the caller must see that it was refused. The vendor's message may quote
        // the token, so the message is not passed on.
        if (!(error instanceof RestUnauthorizedError)) throw error;
        throw new RefusedError("The participant's token is invalid or has expired.", 401, []);
      }
    },
  });
  return { digits };
}
