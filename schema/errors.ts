// Failures that callers of mutations are expected to handle. Each mutation returns a union: its success type and the
// types of failure that it lists in `errors: { types: [...] }`. builder.ts names the unions, and resolvers/outcomes.ts
// turns the vendor's refusals into these errors.
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../resolvers/outcomes.ts';
import type { InputIssue } from '../src/rest/shapes/inputs.ts';
import { builder } from './builder.ts';

const ErrorInterface = builder.interfaceRef<Error>('Error').implement({
  description:
    'Why a mutation changed nothing. Select `... on Error { message }` to get the message of any error type.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What is wrong, in English, for a person to read.' }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description:
    'The object that the mutation acts on does not exist, or the room is not live, or the peer is not connected. Nothing was changed.',
  interfaces: [ErrorInterface],
});

const InputIssueRef = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One invalid value in the input of a mutation.',
  fields: (t) => ({
    path: t.stringList({
      description:
        'The path from the input to the invalid value: names of fields, and for an element of a list its index or name. If the mutation returns a result for each item, the path begins at the item.',
      resolve: (issue) => [...issue.path],
    }),
    message: t.exposeString('message', {
      description: 'What is wrong with the value, and what is allowed.',
    }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description:
    'The input is invalid. The gateway checks it before it calls the REST API, so nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.field({
      type: [InputIssueRef],
      description: 'The invalid values of the input, at least one.',
      resolve: (error) => [...error.issues],
    }),
  }),
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description:
    'Another object of the same type already has the name, or a job of the same type is already running in the room. Nothing was changed.',
  interfaces: [ErrorInterface],
});

builder.objectType(RefusedError, {
  name: 'RefusedError',
  description:
    'The vendor refused the request with a 4xx status, for example because the room is disabled. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    // Not `status`, which is a field of jobs: documents select both from the same result.
    httpStatus: t.exposeInt('status', {
      description: "The HTTP status of the vendor's response, such as 403.",
    }),
    details: t.stringList({
      description: 'Further explanations from the vendor; empty if the response has none.',
      resolve: (error) => [...error.details],
    }),
  }),
});
