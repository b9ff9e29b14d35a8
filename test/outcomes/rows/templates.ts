// Templates and their roles: what causes each outcome of their mutations.
import { by, forbidden, MISSING, outcomes, type Cause } from '../row.ts';
import type { AccessCast } from '../../access/row.ts';

const of = ({ template }: AccessCast) => `templateId: "${template}"`;
const ofNone = (rest: string): Cause => by(() => `templateId: "${MISSING}", ${rest}`);
const twice = 'roles: [{ name: "host" }, { name: "host" }]';

outcomes({
  createTemplate: {
    InvalidInputError: by(() => `name: "made here", ${twice}`),
    ConflictError: by(() => 'name: "access"'),
    RefusedError: forbidden,
  },
  updateTemplate: {
    NotFoundError: by(() => `id: "${MISSING}", roles: [], settings: {}`),
    InvalidInputError: by(({ spareTemplate }) => `id: "${spareTemplate}", ${twice}, settings: {}`),
    RefusedError: forbidden,
  },
  patchTemplate: {
    NotFoundError: by(() => `id: "${MISSING}", roles: [{ name: "extra" }]`),
    InvalidInputError: by(({ template }) => `id: "${template}", ${twice}`),
    RefusedError: forbidden,
  },
  setRole: {
    NotFoundError: ofNone('name: "extra"'),
    InvalidInputError: by(
      (cast) => `${of(cast)}, name: "extra", publishParams: { audio: { bitrateKbps: 9 } }`,
    ),
    RefusedError: forbidden,
  },
  renameRole: {
    done: by((cast) => `${of(cast)}, name: "guest", newName: "visitor"`),
    NotFoundError: by((cast) => `${of(cast)}, name: "king", newName: "queen"`),
    ConflictError: by((cast) => `${of(cast)}, name: "guest", newName: "host"`),
    InvalidInputError: by((cast) => `${of(cast)}, name: "guest", newName: ".."`),
    RefusedError: { ...forbidden, input: (cast) => `${of(cast)}, name: "guest", newName: "visitor"` },
  },
  deleteRole: {
    done: by((cast) => `${of(cast)}, name: "guest"`),
    NotFoundError: by((cast) => `${of(cast)}, name: "king"`),
    RefusedError: forbidden,
  },
  updateTemplateSettings: {
    NotFoundError: ofNone('region: EU'),
    InvalidInputError: by((cast) => `${of(cast)}, roomState: { messageIntervalSeconds: 7 }`),
    RefusedError: forbidden,
  },
  updateTemplateDestinations: {
    NotFoundError: ofNone('removeHls: ["none"]'),
    InvalidInputError: by((cast) => `${of(cast)}, hls: [{ name: "one", numPlaylistSegments: 2 }]`),
    RefusedError: forbidden,
  },
  updateRecordingConfig: {
    NotFoundError: ofNone('name: "default", role: "host"'),
    InvalidInputError: by((cast) => `${of(cast)}, name: "default"`),
    RefusedError: forbidden,
  },
});
