// Parses and validates by the plans that all transports share (src/server/plans). Envelop's hooks are called by Yoga for HTTP,
// and by socket-protocol.ts for WebSocket; for both they return the cached results.
import type { Plugin } from 'graphql-yoga';
import type { OperationContext } from '../operation/context.ts';
import type { Plans } from '../plans/plans.ts';
import { noOperation } from '../refusals.ts';

/**
 * Sets `documentPlan` and `plan`. Parsing throws as `Plans.of` does, or the error of a document without the operation that
 * `operationName` names.
 */
export function usePlans(plans: Plans): Plugin<OperationContext> {
  return {
    onParse({ params: { source }, context, extendContext, setParsedDocument }) {
      const { arrival, params } = context;
      const documentPlan = arrival?.plan ?? plans.of(typeof source === 'string' ? source : source.body);
      if (documentPlan instanceof Error) throw documentPlan;
      const { operationName } = params;
      const plan = documentPlan.operationNamed(operationName);
      if (plan === undefined) throw noOperation(operationName);
      extendContext({ documentPlan, plan });
      setParsedDocument(documentPlan.document);
    },
    onValidate({ context, setResult }) {
      if (context.documentPlan !== undefined) setResult(context.documentPlan.faults);
    },
  };
}
