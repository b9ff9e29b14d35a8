// Templates whose stored values the vendor's documents do not allow: a patch is checked only for the values that the
// caller gave.
import { describe, expect, it } from 'vitest';
import { checkedBody } from '../../../src/rest/shapes/inputs.ts';
import { startTestGateway } from '../../support/gateway.ts';

const stored = {
  name: 'host',
  publishParams: {
    allowed: ['video' as const],
    video: { bitRate: 0, codec: 'av1', frameRate: 30, width: 1280, height: 720 },
    screen: { codec: 'vp8', frameRate: 10, width: 1920, height: 1086 },
  },
  priority: 0,
};

/** A role with some stored values that the documents do not allow. */
function faultsWith(patch: object, body: object = { ...stored, ...patch }) {
  try {
    checkedBody('putRole', body, { stored, patch });
    return [];
  } catch (error) {
    return (error as { issues: { path: string[] }[] }).issues.map(({ path }) => path.join('.'));
  }
}

describe('a role with stored values that the documents do not allow', () => {
  it('is accepted with a valid value of the caller', () => {
    expect(() => checkedBody('putRole', stored)).toThrow();
    expect(faultsWith({ priority: 2 })).toEqual([]);
    expect(faultsWith({ maxPeerCount: 5 })).toEqual([]);
  });

  it('is refused for an invalid value of the caller, also if the stored value has the same fault', () => {
    expect(faultsWith({ priority: 'high' })).toEqual(['priority']);
    const screen = { height: 2000 };
    const publishParams = { ...stored.publishParams, screen: { ...stored.publishParams.screen, ...screen } };
    expect(faultsWith({ publishParams: { screen } }, { ...stored, publishParams })).toEqual([
      'publishParams.screen.height',
    ]);
  });
});

const setRole = `mutation ($input: SetRoleInput!) {
  result: setRole(input: $input) { __typename ... on Error { message } ... on InvalidInputError { issues { path } } }
}`;

it('setRole and patchTemplate keep a stored screen height of 1086', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, ledger } = tested.sandbox;
  // The vendor stores some values that its documents do not allow.
  const publishParams = stored.publishParams as object;
  const template = world.templates.create({ name: 'legacy', roles: { host: { publishParams } } });
  const role = await tested.data(setRole, { input: { templateId: template.id, name: 'host', priority: 2 } });
  // The sandbox refuses the write as documented; the ledger shows that the gateway has sent it.
  expect(role).not.toMatchObject({ result: { __typename: 'InvalidInputError' } });
  expect(ledger.lines()).toContain(`POST /templates/${template.id}/roles/host`);
  const patched = await tested.data(
    `mutation ($id: ID!) { result: patchTemplate(input: { id: $id, name: "renamed" }) { __typename } }`,
    { id: template.id },
  );
  expect(patched).not.toMatchObject({ result: { __typename: 'InvalidInputError' } });
  expect(ledger.lines()).toContain(`POST /templates/${template.id}`);
});

it('every value that a recording configuration accepts can be read again', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { id } = tested.sandbox.world.templates.create({ name: 'recorded', roles: { host: {} } });
  const size = { width: 640, height: 480 };
  const input = {
    templateId: id,
    name: 'all',
    role: 'host',
    browserComposite: { autoStart: true, autoStopTimeoutSeconds: 60, ...size },
    streamRecording: { enabled: true, ...size },
  };
  const answer = await tested.data(
    `mutation ($input: RecordingConfigInput!) {
      result: updateRecordingConfig(input: $input) {
        __typename
        ... on Error { message }
        ... on InvalidInputError { issues { path message } }
        ... on Template {
          recordingConfigs {
            browserCompositeAutoStart browserCompositeAutoStopTimeoutSeconds browserCompositeWidth
            browserCompositeHeight streamRecordingWidth streamRecordingHeight
          }
        }
      }
    }`,
    { input },
  );
  expect(answer).toEqual({
    result: {
      __typename: 'Template',
      recordingConfigs: [
        {
          browserCompositeAutoStart: true,
          browserCompositeAutoStopTimeoutSeconds: 60,
          browserCompositeWidth: 640,
          browserCompositeHeight: 480,
          streamRecordingWidth: 640,
          streamRecordingHeight: 480,
        },
      ],
    },
  });
});
