// `@defer` and `@stream`: a query whose client accepts an answer in parts is executed in parts. All other operations are executed
// as if they had neither directive (`Engine.execute`).
import {
  BREAK,
  getDirectiveValues,
  getVariableValues,
  GraphQLStreamDirective,
  visit,
  type GraphQLError,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import { atEndOfRights } from '../end-of-rights.ts';
import { partsType, type PartsType } from '../http/accept.ts';
import type { GraphContext, OperationContext } from '../operation/context.ts';
import type { Engine, EngineArgs } from '../operation/engine.ts';
import { staleOf } from '../operation/stale-answers.ts';
import { PartedAnswer } from '../parts/parted-answer.ts';
import { negativeInitialCount } from '../refusals.ts';

/** Options of `useParts`; all are required. */
export interface PartsOptions {
  readonly engine: Engine;
  /** Masks the errors of the parts. */
  readonly mask: (error: unknown) => GraphQLError;
  /** Times the end of tokens. */
  readonly clock: Clock;
}

/** Over WebSocket each part is a message, and the client has no way to name another format. */
const SOCKET_PARTS = { type: null, format: 'ids', parameter: null } as const;

/**
 * Sets `parts` when there is an answer in parts, and replaces the execution. The answer ends with an error when its caller's rights
 * end; over WebSocket the socket is closed then.
 */
export function useParts({ engine, mask, clock }: PartsOptions): Plugin<OperationContext & GraphContext> {
  return {
    onExecute({ args: { contextValue: context }, setExecuteFn }) {
      const { plan, request, note, visitor } = context;
      if (plan?.hasParts !== true) return;
      const form: PartsType | typeof SOCKET_PARTS | null =
        request === undefined ? SOCKET_PARTS : partsType(request.headers.get('accept'));
      if (form === null) return;
      setExecuteFn(async (args) => {
        const fault = streamFault({ ...args, plan });
        if (fault !== null) return { errors: [fault] };
        const result = await engine.executeInParts({ ...args, plan }, form.format);
        if (!('initialResult' in result)) return result;
        const onErrors = (errors: readonly GraphQLError[]) => note?.saw({ errors });
        const answer = new PartedAnswer(result, { mask, counter: plan.objectCounter(), onErrors });
        answer.addExtensions(() => staleOf(context));
        if (request !== undefined) {
          const expiry = atEndOfRights(clock, visitor.caller, (reason) => answer.fail(reason));
          answer.onOver(() => expiry?.cancel());
        }
        context.parts = { answer, form };
        return answer;
      });
    },
  };
}

/** graphql-js would take a negative `initialCount` for a fault of the gateway. Invalid variables are left to it. */
function streamFault({ schema, document, plan, variableValues }: EngineArgs): GraphQLError | null {
  const definitions = plan?.operation.variableDefinitions ?? [];
  const variables = getVariableValues(schema, definitions, variableValues ?? {}).variableValues;
  if (variables === undefined) return null;
  let fault: GraphQLError | null = null;
  visit(document, {
    Field(node) {
      const count = getDirectiveValues(GraphQLStreamDirective, node, variables)?.['initialCount'];
      if (typeof count !== 'number' || count >= 0) return undefined;
      fault = negativeInitialCount(count, node);
      return BREAK;
    },
  });
  return fault;
}
