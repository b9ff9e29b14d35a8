// The customer's own bucket for recordings, as a field of rooms and templates. It never contains the credentials. The input for
// it is in ../inputs.ts.
import { textOrNull } from '../../resolvers/values.ts';
import { builder } from '../builder.ts';
import { StorageType } from '../enums.ts';
import { StorageLocation } from '../refs.ts';

builder.objectType(StorageLocation, {
  description: 'Your own bucket, into which the vendor writes recordings. Its credentials are never shown.',
  fields: (t) => ({
    type: t.field({
      type: StorageType,
      nullable: true,
      pure: true,
      description: 'The kind of storage; null if the vendor omits it.',
      resolve: (storage) => StorageType.of(storage.type),
    }),
    location: t.exposeString('location', {
      nullable: true,
      description: 'The name of the bucket; null if the vendor omits it.',
    }),
    prefix: t.string({
      nullable: true,
      pure: true,
      description: 'The path in the bucket that precedes the names of the recorded files; null if empty.',
      resolve: (storage) => textOrNull(storage.prefix),
    }),
    region: t.string({
      nullable: true,
      pure: true,
      description: 'The region of the bucket; null if not set.',
      resolve: (storage) => textOrNull(storage.options?.region),
    }),
  }),
});
