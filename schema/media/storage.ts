// A bucket of the customer's own, as rooms and templates name it. Its credentials go in and never come out.
import { textOrNull } from '../../resolvers/values.ts';
import { builder } from '../builder.ts';
import { StorageInput, StorageLocation } from '../refs.ts';

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

const StorageType = builder.enumType('StorageType', {
  description: 'Kinds of storage that recordings can be put into.',
  values: {
    S3: { value: 's3', description: 'Amazon S3.' },
    GS: { value: 'gs', description: 'Google Cloud Storage.' },
    OSS: { value: 'oss', description: 'Alibaba Object Storage Service.' },
    AZURE: { value: 'azure', description: 'Azure Blob Storage.' },
  } as const,
});

const StorageCredentials = builder.inputType('StorageCredentials', {
  description: 'What the vendor needs to write into the bucket. It is passed on and never shown again.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Access key.' }),
    secret: t.string({ required: true, description: 'Secret key.' }),
  }),
});

builder.inputType(StorageInput, {
  description: "A bucket of the customer's own for recordings.",
  fields: (t) => ({
    type: t.field({ type: StorageType, required: true, description: 'Kind of storage.' }),
    location: t.string({ required: true, description: 'Name of the bucket.' }),
    prefix: t.string({ description: 'Path in front of the names of files.' }),
    region: t.string({ description: 'Region of the bucket.' }),
    credentials: t.field({ type: StorageCredentials, description: 'Access to the bucket.' }),
  }),
});
