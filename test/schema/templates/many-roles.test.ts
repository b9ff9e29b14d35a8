// Large templates: some applications create roles for each table or team, up to 162.
import { describe, expect, it } from 'vitest';
import type { TemplateRole } from '../../../src/openapi/types.ts';
import { anySize, startTestGateway, type Answer } from '../../support/gateway.ts';

const names = Array.from({ length: 162 }, (_, at) => `table-${String(at).padStart(3, '0')}`);

/** Each role subscribes to all others, which makes such templates large. */
const roles: Record<string, TemplateRole> = Object.fromEntries(
  names.map((name, at) => [
    name,
    { name, priority: (at % 5) + 1, subscribeParams: { subscribeToRoles: names } },
  ]),
);

const everything = 'roles { name priority subscribeParams { subscribeToRoles } permissions { endRoom } }';

function costIn({ extensions }: Answer): number {
  // Every answer has its cost if points are counted.
  return (extensions?.['cost'] as { readonly actual: number } | undefined)?.actual ?? Number.NaN;
}

async function start() {
  const tested = await startTestGateway({
    sandbox: { data: 'empty' },
    limits: { ...anySize, pointsPerMinute: 1e9 },
  });
  const { id } = tested.sandbox.world.templates.create({ name: 'tables', roles });
  const read = async (selection: string) => {
    tested.sandbox.ledger.clear();
    const answer = await tested.ask(`{ template(id: "${id}") { ${selection} } }`);
    expect(answer.errors).toBeUndefined();
    // The selection above has these fields.
    const { template } = answer.data as { template: { roles: { name: string }[] } };
    return { template, actual: costIn(answer), calls: tested.sandbox.ledger.count() };
  };
  return { ...tested, id, read };
}

describe('a template of 162 roles', () => {
  it('is read by one REST call, and costs points for its objects', async () => {
    await using tested = await start();
    const { template, actual, calls } = await tested.read(everything);
    expect(template.roles.map(({ name }) => name)).toEqual(names);
    expect(calls).toBe(1);
    // 10 points for the call, and 1 for the template, each role, its permissions and its subscriptions.
    expect(actual).toBeGreaterThanOrEqual(162 * 3);
    // The answer has some 500 kB, and each 10 kB cost one point.
    expect(actual).toBeLessThanOrEqual(10 + 1 + 162 * 3 + 60);
  });

  it('makes the role of a peer no more expensive than 3 roles do, as the role is looked up by its name', async () => {
    await using tested = await start();
    const { world } = tested.sandbox;
    const costOf = async (templateId: string, role: string) => {
      const room = world.rooms.create({ name: role, templateId });
      const { id } = world.join(room.id, { name: 'Ada', role, userId: 'ada' });
      const answer = await tested.ask(
        `{ peer(roomId: "${room.id}", id: "${id}") { templateRole { name priority } } }`,
      );
      expect(answer.data).toMatchObject({ peer: { templateRole: { name: role } } });
      return costIn(answer);
    };
    const small = world.templates.create({ name: 'small', roles: { a: {}, b: {}, c: {} } });
    // The template is in memory from here on; reading it costs points for its bytes.
    await tested.ask(`{ template(id: "${tested.id}") { name } }`);
    expect(await costOf(tested.id, 'table-161')).toBeLessThanOrEqual(await costOf(small.id, 'a'));
  });

  it('can be patched in one role, and a role that it lacks is refused with all 162 names', async () => {
    await using tested = await start();
    const { setRole } = (await tested.data(
      `mutation { setRole(input: { templateId: "${tested.id}", name: "table-100", priority: 5 }) { ... on Template { ${everything} } } }`,
    )) as { setRole: { roles: { name: string; priority: number }[] } };
    expect(setRole.roles).toHaveLength(162);
    expect(setRole.roles.find(({ name }) => name === 'table-100')?.priority).toBe(5);
    const { world } = tested.sandbox;
    const room = world.rooms.create({ name: 'full', templateId: tested.id });
    const { id } = world.join(room.id, { name: 'Ada', role: 'table-000', userId: 'ada' });
    expect(
      await tested.data(
        `mutation { updatePeer(input: { roomId: "${room.id}", peerId: "${id}", role: "table-162" }) { ... on InvalidInputError { issues { message } } } }`,
      ),
    ).toEqual({
      updatePeer: { issues: [{ message: expect.stringContaining(`template: ${names.join(', ')}`) }] },
    });
  });
});
