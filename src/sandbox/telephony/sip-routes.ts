// SIP telephony over REST. Answers about trunks contain the id only. The request that starts a call is answered once
// the called person has answered. Tones are sent with a participant's token.
import type {
  SipCall,
  SipCallRequest,
  SipDtmfRequest,
  SipTrunk,
  SipTrunkInput,
} from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { ApiError, notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import type { RoomCodeRecord } from '../records.ts';
import type { TrunkRecord } from './sip.ts';

/** Trunks, calls and tones. The vendor words the errors of missing fields and of invalid digits itself. */
export const sip: Family = {
  answers: { createSipTrunk, updateSipTrunk, startSipCall, sendSipDtmf },
  refusals: { startSipCall: refuseCall, sendSipDtmf: refuseTones },
};

function createSipTrunk({ world, body }: Call<SipTrunkInput>): SipTrunk {
  const { username, password, address, from } = body;
  return { id: world.sip.createTrunk({ username, password, address, from }).id };
}

function updateSipTrunk(call: Call<SipTrunkInput>): SipTrunk {
  const { username, password, address, from } = call.body;
  const change: Partial<Omit<TrunkRecord, 'id'>> = compact({ username, password, address, from });
  const trunk = call.world.sip.updateTrunk(param(call, 'trunk_id'), change);
  if (trunk === undefined) throw notFound('Trunk');
  return { id: trunk.id };
}

async function startSipCall({ world, body }: Call<SipCallRequest>): Promise<SipCall> {
  if (!world.sip.trunks.has(body.trunk_id)) throw notFound('Trunk');
  const code = world.roomCodes.all.get(body.room_code);
  if (code === undefined || !code.enabled) throw notFound('Room code');
  if (!world.rooms.get(code.roomId).enabled) throw new ApiError(403, 'Room is disabled');
  const id = await world.sip.call(() => world.join(code.roomId, telephone(body, code)));
  if (id === undefined) throw new ApiError(408, 'timed out');
  return { id };
}

function telephone({ to, name, user_id: userId }: SipCallRequest, { role }: RoomCodeRecord) {
  return { name: name ?? to, role, userId: userId ?? '', type: 'sip', publish: ['audio'] } as const;
}

function sendSipDtmf({ world, participant, body }: Call<SipDtmfRequest>): Record<string, never> {
  const roomId = participant?.roomId ?? '';
  world.sip.sendTones(roomId, world.sessions.connectedPeers(roomId), body.digits);
  return {};
}

/** Throws a 400 that names the first missing mandatory field, in the vendor's words. */
function refuseCall(body: unknown): undefined {
  // The body has not been checked yet, so each field may have any type.
  const input = (body ?? {}) as Record<string, unknown>;
  const missing = ['trunk_id', 'to', 'room_code'].find((name) => !input[name]);
  if (missing !== undefined) throw new ApiError(400, `${missing} is mandatory`);
}

function refuseTones(body: unknown): undefined {
  // Not checked yet either: `digits` may have any type.
  const { digits } = (body ?? {}) as Partial<Record<keyof SipDtmfRequest, unknown>>;
  const areValid = Array.isArray(digits) && digits.every((digit) => /^[0-9*#a-d]$/.test(String(digit)));
  if (!areValid || digits.length === 0) throw new ApiError(400, 'invalid digit');
}
