// Telephones: trunks, calls into rooms, tones. Passwords are taken and never shown. Source: the vendor's SIP API.
import {
  createSipTrunkOf,
  MAX_DIGITS,
  placeSipCallOf,
  sendSipDtmfOf,
  updateSipTrunkOf,
} from '../../resolvers/telephony/sip.ts';
import type { SipCallResource, SipTrunkResource } from '../../src/rest/telephony/sip.ts';
import { ofWorkspace, writes } from '../access.ts';
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { calls, slowCall } from '../prices.ts';

const SipTrunk = builder.objectRef<SipTrunkResource>('SipTrunk').implement({
  description:
    'The account at a provider of telephony through which calls go out. REST cannot read it again.',
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits. Keep it." }),
  }),
});

const SipCall = builder.objectRef<SipCallResource>('SipCall').implement({
  description:
    'A call that was answered. Who answered is a peer of the room now. REST cannot read or end it.',
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
  }),
});

const SentTones = builder.objectRef<{ readonly digits: string }>('SentSipDtmf').implement({
  description: 'Tones that are being sent.',
  fields: (t) => ({ digits: t.exposeString('digits', { description: 'Which, in order.' }) }),
});

const trunkFields = (t: InputFields) => ({
  username: t.string({ description: 'User at the provider.' }),
  password: t.string({ description: 'Password at the provider. It is passed on and never shown again.' }),
  address: t.string({ description: "Name of the provider's SIP host." }),
  from: t.string({ description: 'The number that is shown to those who are called.' }),
});

const CreateSipTrunkInput = builder.inputType('CreateSipTrunkInput', {
  description: 'The trunk to create. Which fields are needed the vendor does not say.',
  fields: trunkFields,
});

const UpdateSipTrunkInput = builder.inputType('UpdateSipTrunkInput', {
  description: 'What to change of a trunk. What is left out or null is not sent.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id of the trunk.' }),
    ...trunkFields(t),
  }),
});

const SipHeaderInput = builder.inputType('SipHeaderInput', {
  description: 'A header of the SIP INVITE. Reserved names are ignored; begin it with `X-`.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the header.' }),
    value: t.string({ required: true, description: 'Its value, on one line.' }),
  }),
});

const PlaceSipCallInput = builder.inputType('PlaceSipCallInput', {
  description: 'Whom to call into which room.',
  fields: (t) => ({
    to: t.string({
      required: true,
      description: 'Number of the one to call, or an id that the trunk knows.',
    }),
    roomCode: t.string({ required: true, description: 'A code of the room; it decides the role too.' }),
    trunkId: t.id({ required: true, description: 'Vendor id of the trunk.' }),
    name: t.string({ description: 'Name of the peer in the room.' }),
    userId: t.string({ description: "The app's own id of the person." }),
    video: t.boolean({ description: 'Whether it is a call with pictures.' }),
    headers: t.field({ type: [SipHeaderInput], description: 'Headers for the trunk.' }),
  }),
});

const SendSipDtmfInput = builder.inputType('SendSipDtmfInput', {
  description: 'The tones to send, and as whom.',
  fields: (t) => ({
    authToken: t.string({
      required: true,
      description:
        'The auth token with which a participant joined the room: REST takes no other here. It is passed on and kept nowhere.',
    }),
    digits: t.string({
      required: true,
      description: `1 to ${MAX_DIGITS} of \`0\` to \`9\`, \`*\`, \`#\`, \`a\` to \`d\`; each lasts 100 ms, with 100 ms between.`,
    }),
  }),
});

builder.mutationFields((t) => ({
  createSipTrunk: t.field({
    type: SipTrunk,
    errors: {},
    authScopes: { ...writes('sip'), ...ofWorkspace },
    ...calls(1),
    description: 'Creates a trunk for outgoing calls. The vendor enables this on request. One REST call.',
    args: { input: t.arg({ type: CreateSipTrunkInput, required: true, description: 'The trunk.' }) },
    resolve: (_root, { input }, context) => createSipTrunkOf(input, context),
  }),
  updateSipTrunk: t.field({
    type: SipTrunk,
    errors: {},
    authScopes: { ...writes('sip'), ...ofWorkspace },
    ...calls(1),
    description: 'Changes a trunk. One REST call.',
    args: { input: t.arg({ type: UpdateSipTrunkInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => updateSipTrunkOf(input, context),
  }),
  placeSipCall: t.field({
    type: SipCall,
    errors: {},
    authScopes: { ...writes('sip'), ...ofWorkspace },
    ...slowCall,
    description:
      'Calls somebody into a room by telephone. It answers when they answer or decline, which may take minutes; a `RefusedError` with the `httpStatus` 408 when nobody answers. One REST call.',
    args: { input: t.arg({ type: PlaceSipCallInput, required: true, description: 'The call.' }) },
    resolve: (_root, { input }, context) => placeSipCallOf(input, context),
  }),
  sendSipDtmf: t.field({
    type: SentTones,
    errors: {},
    authScopes: { ...writes('sip'), ...ofWorkspace },
    ...calls(1),
    description:
      "Sends tones to the telephones in a participant's room. The only field that is answered with the caller's token instead of the gateway's. One REST call.",
    args: { input: t.arg({ type: SendSipDtmfInput, required: true, description: 'The tones.' }) },
    resolve: (_root, { input }, context) => sendSipDtmfOf(input, context),
  }),
}));
