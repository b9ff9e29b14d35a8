// The rows of the access table for telephony: the scopes that their fields need.
import { ofWorkspace } from '../kinds.ts';
import { access, covered } from '../row.ts';

access({
  rows: [
    ofWorkspace('createSipTrunk', 'sip:write', covered('createSipTrunk')),
    ofWorkspace('updateSipTrunk', 'sip:write', covered('updateSipTrunk')),
    ofWorkspace('placeSipCall', 'sip:write', covered('startSipCall')),
    ofWorkspace('sendSipDtmf', 'sip:write', covered('sendSipDtmf')),
  ],
});
