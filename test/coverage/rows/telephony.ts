// Telephones: which fields serve which operations.
import { cover, mutation } from '../row.ts';

cover({
  createSipTrunk: {
    fields: ['createSipTrunk'],
    document: mutation(
      'createSipTrunk',
      () => 'username: "u", password: "p", address: "sip.example.com", from: "+1555"',
    ),
  },
  updateSipTrunk: {
    fields: ['updateSipTrunk'],
    document: mutation('updateSipTrunk', ({ trunk }) => `id: "${trunk}", from: "+1556"`),
  },
  startSipCall: {
    fields: ['placeSipCall'],
    document: mutation(
      'placeSipCall',
      ({ trunk, roomCode }) => `to: "+1557", roomCode: "${roomCode}", trunkId: "${trunk}"`,
    ),
  },
  sendSipDtmf: {
    fields: ['sendSipDtmf'],
    document: mutation('sendSipDtmf', ({ authToken }) => `authToken: "${authToken}", digits: "12"`),
  },
});
