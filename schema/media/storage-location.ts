// The customer's own bucket for recordings, as a field of rooms and templates. It never contains the credentials. The input for
// it is in ../inputs.ts.
import { textOrNull } from '../../resolvers/values.ts';
import { builder } from '../builder.ts';
import { StorageType } from '../enums.ts';
import { StorageLocation } from '../refs.ts';

builder.objectType(StorageLocation, {
  description:
    "A bucket of the customer's own, into which recordings are put. Its credentials are never shown.",
  fields: (t) => ({
    type: t.field({
      type: StorageType,
      nullable: true,
      pure: true,
      description: 'The kind of storage; null where the answer leaves it out.',
      resolve: (storage) => StorageType.of(storage.type),
    }),
    location: t.exposeString('location', {
      nullable: true,
      description: 'The name of the bucket; null where the answer leaves it out.',
    }),
    prefix: t.string({
      nullable: true,
      pure: true,
      description: 'The path before the names of the recorded files; null if it is empty.',
      resolve: (storage) => textOrNull(storage.prefix),
    }),
    region: t.string({
      nullable: true,
      pure: true,
      description: 'The region of the bucket; null if it is not set.',
      resolve: (storage) => textOrNull(storage.options?.region),
    }),
  }),
});
