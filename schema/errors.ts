// Failures that a mutation's caller is expected to handle: one convention for all mutations. Each result is a union
// of the success and these types, named by the builder's options.
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../resolvers/outcomes.ts';
import type { InputIssue } from '../src/rest/shapes/inputs.ts';
import { builder } from './builder.ts';

const ErrorInterface = builder.interfaceRef<Error>('Error').implement({
  description: 'Why a mutation did nothing. `... on Error { message }` catches every kind.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What is wrong, for a person to read.' }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'What the mutation acts on does not exist, or is not live. Nothing was changed.',
  interfaces: [ErrorInterface],
});

const InputIssueRef = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'What is wrong with one place of an input.',
  fields: (t) => ({
    path: t.stringList({
      description:
        'Names of the fields from the input down to that place; elements of lists by their index or name.',
      resolve: (issue) => [...issue.path],
    }),
    message: t.exposeString('message', { description: 'What is wrong there, and what would be right.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'The input cannot be used. It was checked before anything was sent: nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.field({
      type: [InputIssueRef],
      description: 'Every place that is wrong.',
      resolve: (error) => [...error.issues],
    }),
  }),
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'Another object has that name already. Nothing was changed.',
  interfaces: [ErrorInterface],
});

builder.objectType(RefusedError, {
  name: 'RefusedError',
  description:
    'The vendor refused the request, for example because the room is disabled. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    // Not `status`: it would clash with the field of that name of jobs, selected from the same result.
    httpStatus: t.exposeInt('status', { description: "The HTTP status of the vendor's refusal." }),
    details: t.stringList({
      description: 'What else the vendor says; may be empty.',
      resolve: (error) => [...error.details],
    }),
  }),
});
