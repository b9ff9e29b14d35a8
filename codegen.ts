// Types the GraphQL documents of tests and examples from schema/schema.graphql. It reads that file and never imports
// the schema: a second copy of graphql would come with it.
import type { CodegenConfig } from '@graphql-codegen/cli';

/** One client preset, for the documents of one folder. */
function typedDocuments(
  documents: string,
  more: object = {},
  documentMode: 'string' | 'documentNode' = 'string',
): CodegenConfig['generates'][string] {
  return {
    documents: [documents],
    preset: 'client',
    presetConfig: { fragmentMasking: false, ...more },
    config: {
      documentMode,
      importExtension: '.ts',
      useTypeImports: true,
      enumsAsTypes: true,
      scalars: { DateTime: 'string', JSON: 'unknown' },
    },
  };
}

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  ignoreNoDocuments: true,
  generates: {
    // Only where documents are: codegen's parser stumbles over a plain `using` (`await using` it reads).
    './test/generated/': typedDocuments('test/{schema,resolvers,e2e}/**/*.ts'),
    './src/cli/client/generated/': typedDocuments('src/cli/client/documents.ts'),
    // With a manifest by which a gateway can be told to run these operations and no others.
    './examples/generated/': typedDocuments('examples/*.ts', {
      persistedDocuments: true,
    }),
    './examples/dashboard/generated/': typedDocuments(
      'examples/dashboard/src/documents.ts',
      {},
      'documentNode',
    ),
    // For clients that take parsed documents.
    './examples/generated/nodes/': typedDocuments('examples/peers/*.ts', {}, 'documentNode'),
  },
};

export default config;
