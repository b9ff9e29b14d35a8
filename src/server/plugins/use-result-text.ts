// JSON answers over HTTP are written by the function that also writes events: see operation/result-text.ts.
import type { Plugin } from 'graphql-yoga';
import type { TextOf } from '../operation/result-text.ts';

/** Sets `stringify` of each result, which Yoga calls in place of `JSON.stringify`. */
export function useResultText(textOf: TextOf): Plugin {
  return {
    onResultProcess(process) {
      const { result } = process;
      if (result === undefined || Array.isArray(result) || Symbol.asyncIterator in result) return;
      process.setResult({ ...result, stringify: textOf });
    },
  };
}
