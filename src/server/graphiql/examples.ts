// The example operations of GraphiQL: the .graphql files of this folder, in the order of their names.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('./', import.meta.url);

export interface ExampleOperation {
  readonly file: string;
  readonly query: string;
}

export function exampleOperations(): readonly ExampleOperation[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => ({ file, query: readFileSync(new URL(file, folder), 'utf8') }));
}
