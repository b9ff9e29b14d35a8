// Whether a valid operation may run: what it costs is measured when its context is made, the last thing before it runs,
// and taken from its caller's budget. What is thrown here is the answer to the operation, over every transport.
import {
  getOperationAST,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import type { ServerCaller } from '../entrance.ts';
import type { Limits } from '../limits.ts';
import { costOf, type OperationCost } from '../operation-cost.ts';
import type { Balance, PointBudget } from '../point-budget.ts';
import { limitExceeded, rateLimited } from '../refusals.ts';
import type { VisitorContext } from './use-authentication.ts';

/** What an operation has cost, as its answer says it (`extensions.cost`). */
interface Bill {
  readonly requested: number;
  /** Points a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** When all points are there again, as an ISO 8601 instant. */
  readonly resetAt: string;
}

/** Part of the context of each operation that was admitted. */
export interface AdmissionContext extends VisitorContext<ServerCaller> {
  readonly admitted?: OperationCost & { readonly kind: OperationTypeNode };
  readonly bill?: Bill;
}

export interface AdmissionOptions {
  readonly schema: GraphQLSchema;
  readonly limits: Pick<Limits, 'cost'>;
  /** What callers may spend; null: as much as they like. */
  readonly budget: PointBudget | null;
  readonly clock: Clock;
}

export function useAdmission(options: AdmissionOptions): Plugin<AdmissionContext> {
  const { schema, limits, budget, clock } = options;
  const documents = new WeakMap<object, DocumentNode>();
  const maxCost = Math.min(limits.cost, budget?.limit ?? limits.cost);
  const takePoints = async (account: string, requested: number): Promise<Bill | undefined> => {
    if (budget === null) return undefined;
    const balance = await budget.spend(account, requested);
    const bill = billOf(requested, balance, budget.limit, clock);
    if (balance.isOver) throw tooMuch(bill, balance);
    return bill;
  };
  return {
    onParse:
      () =>
      ({ context, result }) => {
        if (result !== null && !(result instanceof Error)) documents.set(context, result);
      },
    async onContextBuilding({ context, extendContext }) {
      const { operationName, variables } = context.params;
      const document = documents.get(context);
      const operation = document && getOperationAST(document, operationName);
      // Without an operation there is nothing to run, which is said elsewhere.
      if (document === undefined || operation == null) return;
      const cost = costOf({ schema, document, operation, variables: variables ?? {} });
      if (cost.points > maxCost) throw tooDear(cost.points, maxCost);
      const bill = await takePoints(context.visitor.account, Math.max(1, cost.points));
      extendContext({
        admitted: { ...cost, kind: operation.operation },
        ...(bill === undefined ? {} : { bill }),
      });
    },
    onExecute: () => ({
      onExecuteDone({ args, result, setResult }) {
        if (!(Symbol.asyncIterator in result)) setResult(withBill(result, args.contextValue));
      },
    }),
    onSubscribe: () => ({
      onSubscribeResult({ args, result, setResult }) {
        if (!(Symbol.asyncIterator in result)) return setResult(withBill(result, args.contextValue));
        let isFirst = true;
        return {
          onNext({ result, setResult }) {
            if (isFirst && !(Symbol.asyncIterator in result)) setResult(withBill(result, args.contextValue));
            isFirst = false;
          },
        };
      },
    }),
  };
}

/** An answer with what it has cost; of a subscription only the first event has it. */
function withBill(result: ExecutionResult, { bill }: Partial<AdmissionContext>): ExecutionResult {
  return bill === undefined ? result : { ...result, extensions: { ...result.extensions, cost: bill } };
}

function billOf(requested: number, { remaining, resetInMs }: Balance, limit: number, clock: Clock): Bill {
  return { requested, limit, remaining, resetAt: new Date(clock.now() + resetInMs).toISOString() };
}

function tooDear(points: number, limit: number) {
  return limitExceeded(
    'cost',
    `The operation may cost ${points} points; the limit is ${limit}. Ask for fewer elements, or for less of each.`,
  );
}

function tooMuch({ requested, limit, remaining }: Bill, { resetInMs }: Balance) {
  return rateLimited(
    `The operation may cost ${requested} points, and ${remaining} of ${limit} a minute are left.`,
    resetInMs,
  );
}
