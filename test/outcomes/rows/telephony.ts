// Telephones: what causes each outcome of their mutations.
import type { AccessCast } from '../../access/row.ts';
import { by, forbidden, MISSING, outcomes, unknownUpstream } from '../row.ts';

const callOf = ({ roomCode, trunk }: AccessCast, to: string, through = trunk) =>
  `to: "${to}", roomCode: "${roomCode}", trunkId: "${through}"`;

outcomes({
  // The vendor's answer where telephony is not enabled for the workspace.
  createSipTrunk: { NotFoundError: unknownUpstream, RefusedError: forbidden },
  updateSipTrunk: { NotFoundError: by(() => `id: "${MISSING}", from: "+1556"`), RefusedError: forbidden },
  placeSipCall: {
    NotFoundError: by((cast) => callOf(cast, '+1557', MISSING)),
    InvalidInputError: by((cast) => callOf(cast, ' ')),
    RefusedError: { before: ({ world, room }) => void world.rooms.update(room, { enabled: false }) },
  },
  sendSipDtmf: {
    NotFoundError: unknownUpstream,
    InvalidInputError: by(({ authToken }) => `authToken: "${authToken}", digits: "x"`),
    RefusedError: by(({ authToken }) => `authToken: "${authToken}x", digits: "1"`),
  },
});
