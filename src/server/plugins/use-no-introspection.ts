// A graph that keeps its schema to itself, over every transport: the plugin of that name looks at the HTTP request,
// which WebSocket operations lack. Errors in the values of variables, which are checked when the operation runs,
// propose no names either.
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** An option of the executor, of which the type of its arguments knows nothing. */
const hideSuggestions = { hideSuggestions: true };

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
