// Disables introspection over every transport. Yoga's plugin `useDisableIntrospection` reads the HTTP request, which
// WebSocket operations lack. Suggestions in errors about variables, which are checked at execution, are disabled too;
// use-error-codes.ts disables those of validation.
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** An option of graphql's `execute`. Envelop's type of the arguments does not have it. */
const hideSuggestions = { hideSuggestions: true };

/** Operations that select `__schema` or `__type` fail validation. */
export function useNoIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule);
    },
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn((args) => executeFn({ ...args, ...hideSuggestions }));
    },
    onSubscribe({ subscribeFn, setSubscribeFn }) {
      setSubscribeFn((args) => subscribeFn({ ...args, ...hideSuggestions }));
    },
  };
}
