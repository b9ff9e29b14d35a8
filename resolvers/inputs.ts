// Values of the input types that more than one family uses: the counterpart of schema/inputs.ts.

/** What a creating mutation does when another object of the same kind has the name: answer a conflict, or overwrite. */
export type IfExists = 'FAIL' | 'OVERWRITE';

/** The customer's bucket as a caller gives it. `credentials` are sent to the vendor and never answered. */
export interface StorageInput {
  readonly type: 's3' | 'gs' | 'oss' | 'azure';
  readonly location: string;
  readonly prefix?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly credentials?: { readonly key: string; readonly secret: string } | null | undefined;
}
