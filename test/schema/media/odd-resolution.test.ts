// A size of a picture of which one number is missing or odd: the whole size is null, as when the vendor omits it.
import { expect, it } from 'vitest';
import { startTestGateway } from '../../support/gateway.ts';

type Json = Readonly<Record<string, unknown>>;

/** The list with another element in place of its first. */
const withFirst = (change: (element: Json) => Json) =>
  ({
    kind: 'shape',
    shape: (body: unknown) => {
      // The vendor's lists have their elements in `data`.
      const { data, ...rest } = body as { readonly data: readonly Json[] };
      return { ...rest, data: data.map((element, index) => (index === 0 ? change(element) : element)) };
    },
  }) as const;

it.each([
  { width: 1280 },
  { height: 720, width: null },
  { width: 79.5, height: 1 },
  { width: 'wide', height: 720 },
  {},
  'HD',
])('the size %j is null, and the other elements of its list keep theirs', async (resolution) => {
  await using tested = await startTestGateway({ sandbox: { data: 'demo' } });
  const { faults } = tested.sandbox;
  faults.set(
    'listExternalStreams',
    withFirst((stream) => ({ ...stream, resolution })),
  );
  faults.set(
    'listRecordingAssets',
    withFirst((asset) => ({ ...asset, metadata: { resolution } })),
  );
  const size = 'resolution { width height }';
  expect(
    await tested.data(`{
        externalStreams(first: 2) { edges { node { ${size} } } }
        recordingAssets(first: 1) { edges { node { metadata { ${size} } } } }
      }`),
  ).toEqual({
    externalStreams: {
      edges: [{ node: { resolution: null } }, { node: { resolution: { width: 1280, height: 720 } } }],
    },
    recordingAssets: { edges: [{ node: { metadata: { resolution: null } } }] },
  });
});
