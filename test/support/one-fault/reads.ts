// Reads with one fault: puts the fault into one answer of the REST API, sends the operation, and checks the answer by the rules
// of laws.ts.
import { chosen, faultFor, NOT_APPLIED, type Applied, type Choice } from './choice.ts';
import { startLab, type Asked, type Lab } from './lab.ts';
import { breachesOf, fieldsOf, handlesIn, lostNeighbours } from './laws.ts';
import { readOperations, type ReadOperation } from './operations.ts';
import { furnish, type Subjects } from './world.ts';

/** The result of one choice. */
export interface Trial {
  /** The operation, the endpoint, the place and the fault, in words. */
  readonly about: string;
  /** The rules that the answer breaks, in words; empty if it breaks none. */
  readonly breaches: readonly string[];
  /** Whether an answer had the fault. */
  readonly isFaulty: boolean;
}

/** Starts what `webhookReplay` shows. */
const REPLAY =
  'mutation { made: replayWebhooks(input: { limit: 1 }) { ... on StartedWebhookReplay { workflowId } } }';

interface Known {
  readonly good: Asked;
  /** The fields that an answer without the endpoint has all the same, by endpoint. */
  readonly independent: Map<string, ReadonlyMap<string, string>>;
}

/** Reads of one lab, with what is known of their correct answers. */
export class FaultyReads implements AsyncDisposable {
  readonly #lab: Lab<Subjects>;
  readonly #operations: readonly ReadOperation[];
  readonly #known = new Map<ReadOperation, Known>();

  private constructor(lab: Lab<Subjects>) {
    this.#lab = lab;
    this.#operations = readOperations(lab.subjects);
  }

  static async start(): Promise<FaultyReads> {
    const lab = await startLab('demo', furnish);
    const { answer } = await lab.ask(REPLAY);
    // What the document asks for.
    const { made } = answer.data as { readonly made: { readonly workflowId: string } };
    return new FaultyReads({ ...lab, subjects: { ...lab.subjects, workflow: made.workflowId } });
  }

  /** The endpoints that the operations call. */
  async endpoints(): Promise<ReadonlySet<string>> {
    const called = new Set<string>();
    for (const operation of this.#operations) {
      for (const endpoint of endpointsOf((await this.#knownOf(operation)).good)) called.add(endpoint);
    }
    return called;
  }

  async try(choice: Choice): Promise<Trial> {
    const operation = chosen(this.#operations, choice.operation);
    const known = await this.#knownOf(operation);
    const endpoint = chosen([...new Set(endpointsOf(known.good))], choice.endpoint);
    const times = endpointsOf(known.good).filter((call) => call === endpoint).length;
    const applied: Applied = { name: NOT_APPLIED, mostLost: null };
    const { faults } = this.#lab.tested.sandbox;
    const about = () => `${operation.name}, ${endpoint}, ${applied.name}`;
    const turnOff = faults.set(
      endpoint,
      faultFor(choice.fault, { endpoint, times, call: choice.call % times }, applied),
    );
    let asked: Asked;
    try {
      asked = await this.#lab.ask(operation.document);
    } catch (error) {
      return { about: about(), breaches: [String(error)], isFaulty: true };
    } finally {
      turnOff();
    }
    const isListed = listedBy(operation, endpoint, known.good);
    const breaches = [
      ...breachesOf(asked),
      ...lostNeighbours(operation, known.good, asked, isListed ? applied.mostLost : null),
      ...(await this.#lostFields(operation, endpoint, asked)),
      ...(await this.#refusedHandles(operation, known.good, asked)),
    ];
    return { about: about(), breaches, isFaulty: applied.name !== NOT_APPLIED };
  }

  async #knownOf(operation: ReadOperation): Promise<Known> {
    const known = this.#known.get(operation);
    if (known !== undefined) return known;
    const good = await this.#lab.ask(operation.document);
    const breaches = [...breachesOf(good), ...(good.answer.errors ?? []).map(({ message }) => message)];
    if (breaches.length > 0)
      throw new Error(`${operation.name} fails without a fault: ${breaches.join('; ')}`);
    const learnt = { good, independent: new Map() };
    this.#known.set(operation, learnt);
    return learnt;
  }

  /** Fields of one object that do not need the endpoint, and yet differ. */
  async #lostFields(operation: ReadOperation, endpoint: string, asked: Asked): Promise<string[]> {
    if (operation.list !== null) return [];
    const { good, independent } = await this.#knownOf(operation);
    let expected = independent.get(endpoint);
    if (expected === undefined) {
      const turnOff = this.#lab.tested.sandbox.faults.set(endpoint, { kind: 'status', status: 503 });
      const without = fieldsOf(await this.#lab.ask(operation.document));
      turnOff();
      expected = new Map([...fieldsOf(good)].filter(([key, text]) => without.get(key) === text));
      independent.set(endpoint, expected);
    }
    const found = fieldsOf(asked);
    return [...expected]
      .filter(([key, text]) => found.get(key) !== text)
      .map(([key]) => `${key} is lost or changed`);
  }

  /** Ids that `node` refuses, and cursors that `after` refuses, although the answer contained them. */
  async #refusedHandles(operation: ReadOperation, good: Asked, asked: Asked): Promise<string[]> {
    const [before, { ids, cursors }] = [handlesIn(good), handlesIn(asked)];
    const breaches: string[] = [];
    for (const id of [...ids.difference(before.ids)].slice(0, 2)) {
      const answer = await this.#lab.ask(`{ node(id: ${JSON.stringify(id)}) { __typename } }`);
      breaches.push(...breachesOf(answer).map((breach) => `node of ${textOf(id)}: ${breach}`));
    }
    if (operation.list === null) return breaches;
    for (const cursor of [...cursors.difference(before.cursors)].slice(-1)) {
      const document = operation.document.replace(
        /first: \d+/,
        (first) => `${first}, after: ${JSON.stringify(cursor)}`,
      );
      if (document === operation.document) continue;
      const { answer } = await this.#lab.ask(document);
      const refusal = answer.errors?.find(({ message }) => message.includes('must be a cursor'));
      if (refusal !== undefined) breaches.push(`after ${textOf(cursor)}: ${refusal.message}`);
    }
    return breaches;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab[Symbol.asyncDispose]();
  }
}

const textOf = (handle: string) => Buffer.from(handle, 'base64url').toString().slice(0, 60);

const endpointsOf = ({ calls }: Asked) => calls.map(({ endpoint }) => endpoint);

/** Whether the elements of the operation's list are in the endpoint's answers: it is the last one to be called. */
function listedBy(operation: ReadOperation, endpoint: string, good: Asked): boolean {
  const calls = endpointsOf(good);
  const isOnlyOne =
    operation.list?.length === 1 || calls[0] !== endpoint || calls.every((call) => call === endpoint);
  return operation.list !== null && calls.at(-1) === endpoint && isOnlyOne;
}
