// Mutations with one fault: each field of the graph's `Mutation` is run once without a fault, which shows its REST calls, and
// then with a fault in one of their answers, in a workspace that is made anew every few trials.
import { getNamedType } from 'graphql';
import { schema } from '../../../schema/index.ts';
import { systemClock } from '../../../src/clock.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import type { AccessCast } from '../../access/row.ts';
import { buildScene } from '../../access/stage.ts';
import { operationRows } from '../../access/table.ts';
import { selectEverything } from '../select-everything.ts';
import { chosen, faultFor, NOT_APPLIED, type Applied, type Choice } from './choice.ts';
import { startLab, type Lab } from './lab.ts';
import { breachesOf } from './laws.ts';
import type { Trial } from './reads.ts';

/** Trials in one workspace. A mutation may remove what another needs. */
const TRIALS_A_LAB = 10;

interface Write {
  readonly name: string;
  readonly document: (cast: AccessCast) => string;
  /** Whether it ends what other mutations need. */
  readonly isLast: boolean;
}

/** Mutations, with what is known of their REST calls. */
export class FaultyWrites implements AsyncDisposable {
  readonly #writes = writesOf();
  readonly #calls = new Map<Write, readonly string[]>();
  #lab: Lab<AccessCast> | null = null;
  #trialsLeft = 0;

  async try(choice: Choice): Promise<Trial> {
    const write = chosen(this.#writes, choice.operation);
    const calls = await this.#callsOf(write);
    const endpoint = chosen([...new Set(calls)], choice.endpoint);
    const times = calls.filter((call) => call === endpoint).length;
    const applied: Applied = { name: NOT_APPLIED, mostLost: null };
    const lab = await this.#freshLab(write);
    const fault = faultFor(choice.fault, { endpoint, times, call: choice.call % times }, applied);
    const turnOff = lab.tested.sandbox.faults.set(endpoint, fault);
    const about = () => `${write.name}, ${endpoint}, ${applied.name}`;
    try {
      const asked = await lab.ask(write.document(lab.subjects));
      return { about: about(), breaches: breachesOf(asked), isFaulty: applied.name !== NOT_APPLIED };
    } catch (error) {
      return { about: about(), breaches: [String(error)], isFaulty: true };
    } finally {
      turnOff();
    }
  }

  async #callsOf(write: Write): Promise<readonly string[]> {
    const known = this.#calls.get(write);
    if (known !== undefined) return known;
    this.#trialsLeft = 0;
    const lab = await this.#freshLab(write);
    const { answer, calls } = await lab.ask(write.document(lab.subjects));
    const [result] = Object.values(Object(answer.data) as Record<string, unknown>);
    if (result == null || calls.length === 0)
      throw new Error(`${write.name} fails without a fault: ${JSON.stringify(answer)}`);
    const endpoints = calls.map(({ endpoint }) => endpoint);
    this.#calls.set(write, endpoints);
    return endpoints;
  }

  async #freshLab({ isLast }: Write): Promise<Lab<AccessCast>> {
    if (this.#lab === null || this.#trialsLeft === 0) {
      await this.#lab?.[Symbol.asyncDispose]();
      this.#lab = await startWriteLab();
      this.#trialsLeft = TRIALS_A_LAB;
    }
    this.#trialsLeft = isLast ? 0 : this.#trialsLeft - 1;
    return this.#lab;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab?.[Symbol.asyncDispose]();
  }
}

async function startWriteLab(): Promise<Lab<AccessCast>> {
  const lab = await startLab('empty', sceneOf, systemClock);
  const { authTokens } = lab.tested.gateway.services;
  const claims = { roomId: lab.subjects.room, role: 'host', userId: 'plain', validForSeconds: 3600 };
  const { token } = await authTokens.mint(claims);
  return { ...lab, subjects: { ...lab.subjects, authToken: token } };
}

function sceneOf(world: World): AccessCast {
  world.sip.answerMs = 0;
  return { ...buildScene(world), world, workflow: '', authToken: '' };
}

function writesOf(): readonly Write[] {
  const rows = operationRows.filter(({ field }) => field.startsWith('Mutation.'));
  return rows.map(({ field, about, document, isLast = false }) => {
    const type = schema.getMutationType()?.getFields()[field.slice('Mutation.'.length)]?.type;
    if (type === undefined) throw new Error(`the graph has no ${field}`);
    const selection = selectEverything(getNamedType(type).name, ({ extensions }) => !('price' in extensions));
    return {
      name: about === '' ? field : `${field} (${about})`,
      document: (cast) => document(cast).replace(/\{ __typename \} \}$/, `${selection} }`),
      isLast,
    };
  });
}
