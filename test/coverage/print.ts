// docs/coverage.md from the table.
import { openApiDocument, type OperationObject } from '../../src/openapi/document.ts';
import { coverage } from './table.ts';

/** The operations in the vendor's reference. The others are documented by the source of its web SDK only. */
export function referenced(): readonly OperationObject[] {
  return Object.values(openApiDocument.paths)
    .flatMap((item) => [item.get, item.post, item.delete])
    .filter((operation) => operation !== undefined)
    .filter((operation) => operation['x-documented'] !== 'web-sdk');
}

/** The text of docs/coverage.md. */
export function printCoverage(): string {
  const rows = Object.entries(openApiDocument.paths).flatMap(([path, item]) =>
    (['get', 'post', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const fields = coverage[operation.operationId]?.fields.map((field) => `\`${field}\``).join(', ') ?? '';
      return [`| \`${method.toUpperCase()} ${path}\` | \`${operation.operationId}\` | ${fields} |`];
    }),
  );
  return `# Coverage of the REST API

Printed by \`npm run codegen\` from \`test/coverage/rows/\`: each operation of the REST API, and the fields of the graph
that serve it. A test runs every row against the sandbox and looks for the operation in its ledger.

${rows.length} operations, ${referenced().length} of them in the vendor's reference. The reference counts 81, because it describes linking polls to rooms
(\`POST /rooms\`, \`POST /rooms/{room_id}\`) a second time.

| endpoint | operation | fields |
| --- | --- | --- |
${rows.join('\n')}
`;
}
