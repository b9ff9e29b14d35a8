// Chooses a fault by numbers, and puts it into the answers of one endpoint of the sandbox.
import * as fc from 'fast-check';
import type { Fault } from '../../../src/sandbox/http/faults.ts';
import { pageFaults, transmissionFaults, valueFaults, writtenAnswer } from './faults.ts';
import { placesOf, withValueAt } from './places.ts';

/** A fault, and where in an answer: numbers that choose among what there is. */
type FaultChoice =
  | { readonly of: 'value'; readonly place: number; readonly element: number; readonly change: number }
  | { readonly of: 'pages'; readonly change: number }
  | { readonly of: 'transmission'; readonly change: number };

/** An operation, which of its REST calls has the fault, and the fault: numbers that choose among what there is. */
export interface Choice {
  readonly operation: number;
  readonly endpoint: number;
  readonly call: number;
  readonly fault: FaultChoice;
}

const change = fc.nat(10_000);
const valueFault = fc.record({
  of: fc.constant('value' as const),
  place: fc.nat(1000),
  element: fc.nat(1000),
  change,
});
const pagesFault = fc.record({ of: fc.constant('pages' as const), change });
const transmissionFault = fc.record({ of: fc.constant('transmission' as const), change });

/** Of a hundred faults 86 are of values, 9 of pages and 5 of the transmission. */
export const choices: fc.Arbitrary<Choice> = fc.noBias(
  fc.record({
    operation: fc.nat(10_000),
    endpoint: fc.nat(100),
    call: fc.nat(100),
    fault: fc.oneof(
      { weight: 86, arbitrary: valueFault },
      { weight: 9, arbitrary: pagesFault },
      { weight: 5, arbitrary: transmissionFault },
    ),
  }),
);

/** The element that `number` chooses. @throws Error for an empty list */
export function chosen<T>(all: readonly T[], number: number): T {
  const one = all[number % all.length];
  if (one === undefined) throw new Error('there is nothing to choose from');
  return one;
}

/** The result of a choice, filled in when an answer gets the fault. */
export interface Applied {
  /** The place and the fault, in words. */
  name: string;
  /** Maximum number of elements of the list that may be lost or changed; null for any number. */
  mostLost: number | null;
}

/** The name of `Applied` until an answer has the fault. */
export const NOT_APPLIED = 'no fault';

/** The calls of an endpoint that an operation makes. */
interface Calls {
  readonly endpoint: string;
  /** How many. */
  readonly times: number;
  /** Which of them gets a fault of a value, from 0. */
  readonly call: number;
}

/** The fault to switch on for the endpoint. */
export function faultFor(choice: FaultChoice, calls: Calls, applied: Applied): Fault {
  if (choice.of === 'transmission') {
    const [name, fault] = chosen(Object.entries(transmissionFaults), choice.change);
    applied.name = name;
    return fault;
  }
  return choice.of === 'pages'
    ? pagesFaultFor(choice.change, applied)
    : valueFaultFor(choice, calls, applied);
}

function pagesFaultFor(number: number, applied: Applied): Fault {
  const fault = chosen(pageFaults, number);
  const pages: Record<string, unknown>[] = [];
  return {
    kind: 'text',
    text: (json) => {
      const answer = parsed(json);
      if (!isPage(answer)) return json;
      pages.push(answer);
      Object.assign(applied, { name: fault.name, mostLost: fault.loss === 'nothing' ? 0 : null });
      return writtenAnswer(fault.change(answer, pages));
    },
  };
}

function valueFaultFor(
  choice: Extract<FaultChoice, { of: 'value' }>,
  { endpoint, times, call }: Calls,
  applied: Applied,
): Fault {
  let calls = 0;
  return {
    kind: 'text',
    text: (json) => {
      calls += 1;
      if (calls !== call + 1 || json === '') return json;
      const answer = parsed(json);
      const places = chosen([...placesOf(endpoint, answer).values()], choice.place);
      const place = chosen(places, choice.element);
      const fault = chosen(
        valueFaults.filter(({ fits }) => fits?.(place) ?? true),
        choice.change,
      );
      applied.name = `${place.kind === '' ? 'the answer' : place.kind}: ${fault.name}`;
      // Where each element has an answer of its own, the fault is always that of one element. The id of a neighbour may hide
      // both.
      const isOfElement = place.elementAt >= 0 || (times > 1 && !isPage(answer));
      applied.mostLost = isOfElement ? (fault.isOfNeighbour === true ? 2 : 1) : null;
      const value = fault.change(
        place.value,
        places.map((other) => other.value),
      );
      // A page with an element less is not full, which is the documented end of a list.
      if (value === undefined && isPage(answer) && place.path.length === place.elementAt + 1)
        applied.mostLost = null;
      return writtenAnswer(withValueAt(answer, place.path, value));
    },
  };
}

function parsed(json: string): unknown {
  return json === '' ? undefined : JSON.parse(json);
}

function isPage(answer: unknown): answer is Record<string, unknown> {
  return typeof answer === 'object' && answer !== null && 'data' in answer && Array.isArray(answer.data);
}
