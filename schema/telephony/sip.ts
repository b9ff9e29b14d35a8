// SIP: trunks, telephone calls into rooms, and dial tones. Passwords are inputs only; no field returns them. Source: the vendor's
// SIP API.
import {
  createSipTrunk,
  MAX_DIGITS,
  placeSipCall,
  sendSipDtmf,
  updateSipTrunk,
} from '../../resolvers/telephony/sip.ts';
import { InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import type { SipCallResource, SipTrunkResource } from '../../src/rest/telephony/sip.ts';
import { ofWorkspace, writes } from '../access.ts';
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { calls, slowCall } from '../prices.ts';

const SipTrunk = builder.objectRef<SipTrunkResource>('SipTrunk').implement({
  description:
    'A SIP trunk: the account at a telephone provider through which calls go out. The REST API cannot read a trunk later.',
  fields: (t) => ({
    hmsId: t.exposeID('id', {
      description: "The vendor's id of the trunk: 24 hexadecimal digits. Store it: no query lists trunks.",
    }),
  }),
});

const SipCall = builder.objectRef<SipCallResource>('SipCall').implement({
  description:
    'A telephone call that was answered. The called person is now a peer in the room. The REST API can neither read nor end a telephone call.',
  fields: (t) => ({
    hmsId: t.exposeID('id', {
      description: "The vendor's id of the telephone call: 24 hexadecimal digits.",
    }),
  }),
});

const SentTones = builder.objectRef<{ readonly digits: string }>('SentSipDtmf').implement({
  description: 'The answer to sending dial tones (DTMF).',
  fields: (t) => ({
    digits: t.exposeString('digits', { description: 'The tones that are being sent, in order.' }),
  }),
});

/** The settings of a trunk. `what` names the trunk in their descriptions. */
const trunkFields = (t: InputFields, what: string) => ({
  username: t.string({ description: `User name of ${what} at the telephone provider.` }),
  password: t.string({
    description: `Password of ${what} at the telephone provider. No field ever shows it again.`,
  }),
  address: t.string({ description: `Host name of the telephone provider's SIP server for ${what}.` }),
  from: t.string({ description: `Telephone number that people called through ${what} see.` }),
});

const CreateSipTrunkInput = builder.inputType('CreateSipTrunkInput', {
  description: 'Settings of a trunk to create. The vendor does not document which of them it requires.',
  fields: (t) => trunkFields(t, 'the new trunk'),
});

const UpdateSipTrunkInput = builder.inputType('UpdateSipTrunkInput', {
  description: 'New settings of a trunk. Fields that are omitted or null are not sent to the vendor.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id of the trunk to change.' }),
    ...trunkFields(t, 'the changed trunk'),
  }),
});

const SipHeaderInput = builder.inputType('SipHeaderInput', {
  description:
    'An additional header of the SIP INVITE message that starts the call. The vendor ignores reserved names; use names that begin with `X-`.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Name of the SIP header, 1 to 100 characters, such as `X-Department`.',
    }),
    value: t.string({ required: true, description: 'Value of the SIP header, without line breaks.' }),
  }),
});

const PlaceSipCallInput = builder.inputType('PlaceSipCallInput', {
  description: 'A telephone call into a room.',
  fields: (t) => ({
    to: t.string({
      required: true,
      description: 'Telephone number to call, or another address that the trunk can reach.',
    }),
    roomCode: t.id({
      required: true,
      description:
        'Room code by which the called person joins, or the global id of its `RoomCode`. It determines the room and the role.',
    }),
    trunkId: t.id({ required: true, description: 'Vendor id of the trunk that the call goes through.' }),
    name: t.string({ description: 'Display name of the called person in the room.' }),
    userId: t.string({ description: "The app's own id of the called person." }),
    video: t.boolean({ description: 'Whether to place a video call.' }),
    headers: t.field({
      type: [SipHeaderInput],
      description: 'Additional SIP headers to send when the call starts.',
    }),
  }),
});

const SendSipDtmfInput = builder.inputType('SendSipDtmfInput', {
  description: 'Dial tones (DTMF) and the participant who sends them.',
  fields: (t) => ({
    authToken: t.string({
      required: true,
      description:
        'The auth token that a participant joined the room with; the vendor accepts no management token here. The gateway passes it on and does not store it.',
    }),
    digits: t.string({
      required: true,
      description: `Tones to send: 1 to ${MAX_DIGITS} of \`0\` to \`9\`, \`*\`, \`#\` and \`a\` to \`d\`. Each lasts 100 ms, with pauses of 100 ms.`,
    }),
  }),
});

builder.mutationFields((t) => ({
  createSipTrunk: t.field({
    type: SipTrunk,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('sip'), ...ofWorkspace },
    ...calls(1),
    description:
      'Creates a SIP trunk for outgoing telephone calls. Needs telephony, which the vendor enables on request. Costs one REST call.',
    args: {
      input: t.arg({
        type: CreateSipTrunkInput,
        required: true,
        description: 'Settings of the trunk to create.',
      }),
    },
    resolve: (_root, { input }, context) => createSipTrunk(input, context),
  }),
  updateSipTrunk: t.field({
    type: SipTrunk,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('sip'), ...ofWorkspace },
    ...calls(1),
    description: 'Changes the settings of a SIP trunk. Costs one REST call.',
    args: {
      input: t.arg({
        type: UpdateSipTrunkInput,
        required: true,
        description: 'The trunk and its new settings.',
      }),
    },
    resolve: (_root, { input }, context) => updateSipTrunk(input, context),
  }),
  placeSipCall: t.field({
    type: SipCall,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('sip'), ...ofWorkspace },
    ...slowCall,
    description:
      'Calls a person by telephone and connects them to a room. The mutation returns only when the person answers or declines, which may take minutes. If nobody answers, it returns a `RefusedError` with `httpStatus` 408. Costs one REST call.',
    args: {
      input: t.arg({
        type: PlaceSipCallInput,
        required: true,
        description: 'Whom to call, through which trunk and into which room.',
      }),
    },
    resolve: (_root, { input }, context) => placeSipCall(input, context),
  }),
  sendSipDtmf: t.field({
    type: SentTones,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('sip'), ...ofWorkspace },
    ...calls(1),
    description:
      "Sends dial tones (DTMF) to the telephones in a participant's room. This is the only field that calls the vendor with the participant's token instead of the gateway's. Costs one REST call.",
    args: {
      input: t.arg({
        type: SendSipDtmfInput,
        required: true,
        description: 'Which tones to send and the token of the participant who sends them.',
      }),
    },
    resolve: (_root, { input }, context) => sendSipDtmf(input, context),
  }),
}));
