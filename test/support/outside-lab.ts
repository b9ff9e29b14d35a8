// Sandboxes for the tests of outside clients: empty, or with two people in a room.
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { OutsideClient } from './outside-client.ts';
import { startTestSandbox } from './sandbox-client.ts';

/** A sandbox without data whose clock stands still, and a client that issues its tokens by that clock. */
export async function startLab(options: SandboxOptions = {}) {
  const lab = await startTestSandbox(options);
  const { sandbox, clock } = lab;
  const client = new OutsideClient({ url: sandbox.url, now: () => clock.now() });
  /** The operations of the requests since the last call. */
  const asked = () => {
    const ids = sandbox.ledger.entries.map(({ operationId }) => operationId);
    sandbox.ledger.clear();
    return ids;
  };
  return { ...lab, client, ledger: sandbox.ledger, asked };
}

/** The same, with two people in a room. */
export async function startLiveLab() {
  const lab = await startLab();
  const room = lab.world.rooms.create({ name: 'live' });
  const ada = lab.world.join(room.id, {
    name: 'Ada',
    role: 'host',
    userId: 'ada',
    publish: ['audio', 'video'],
  });
  const grace = lab.world.join(room.id, { name: 'Grace', role: 'guest', userId: 'grace' });
  return { ...lab, room, ada, grace };
}
