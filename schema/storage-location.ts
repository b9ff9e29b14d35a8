// The customer's own bucket for recordings, as rooms and templates answer it: never with its credentials. The input for
// it is in inputs.ts.
import { textOrNull } from '../resolvers/values.ts';
import { builder } from './builder.ts';
import { StorageLocation } from './refs.ts';

builder.objectType(StorageLocation, {
  description: "A bucket of the customer's own for recordings. Its credentials are never shown.",
  fields: (t) => ({
    type: t.exposeString('type', {
      nullable: true,
      description: 'Kind of storage: `s3`, `gs` (Google), `oss` (Alibaba) or `azure`.',
    }),
    location: t.exposeString('location', { nullable: true, description: 'Name of the bucket.' }),
    prefix: t.string({
      nullable: true,
      description: 'Path in front of the names of files; null when empty.',
      resolve: (storage) => textOrNull(storage.prefix),
    }),
    region: t.string({
      nullable: true,
      description: 'Region of the bucket; null when not given.',
      resolve: (storage) => textOrNull(storage.options?.region),
    }),
  }),
});
