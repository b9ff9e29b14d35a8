// If introspection is off, removes suggestions of schema names from errors at execution, which are errors about variables.
// plans/faults.ts does the same for errors of validation, and refuses operations that query the schema.
import type { Plugin } from 'graphql-yoga';

/** An option of graphql's `execute`. Envelop's type of the arguments does not have it. */
const hideSuggestions = { hideSuggestions: true };

/** Executes operations without suggestions in errors. */
export function useNoSuggestions(): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn((args) => executeFn({ ...args, ...hideSuggestions }));
    },
    onSubscribe({ subscribeFn, setSubscribeFn }) {
      setSubscribeFn((args) => subscribeFn({ ...args, ...hideSuggestions }));
    },
  };
}
