// Creating and changing templates: the sent body, the kept fields, and the expected failures.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { startTestGateway } from '../../support/gateway.ts';

const createTemplate = graphql(`
  mutation CreateTemplate($input: CreateTemplateInput!) {
    result: createTemplate(input: $input) {
      ...ChangedTemplate
    }
  }
  fragment ChangedTemplate on CreateTemplateResult {
    __typename
    ... on Template {
      hmsId
      name
      roles {
        name
        priority
        permissions {
          removeOthers
        }
        publishParams {
          allowed
          videoLayers {
            rid
          }
        }
      }
    }
    ... on Error {
      message
    }
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
`);

const patchTemplate = graphql(`
  mutation PatchTemplate($input: PatchTemplateInput!) {
    result: patchTemplate(input: $input) {
      __typename
      ... on Template {
        name
        roles {
          name
          priority
        }
      }
    }
  }
`);

const changeRoles = graphql(`
  mutation ChangeRoles($id: ID!) {
    setRole(input: { templateId: $id, name: "guest", permissions: { removeOthers: true } }) {
      ... on Template {
        role(name: "guest") {
          priority
          permissions {
            removeOthers
          }
        }
      }
    }
    renameRole(input: { templateId: $id, name: "guest", newName: "visitor" }) {
      ... on Template {
        roles {
          name
          priority
        }
      }
    }
    taken: renameRole(input: { templateId: $id, name: "host", newName: "visitor" }) {
      __typename
    }
    deleteRole(input: { templateId: $id, name: "visitor" }) {
      ... on Template {
        roles {
          name
        }
      }
    }
    gone: deleteRole(input: { templateId: $id, name: "visitor" }) {
      __typename
    }
  }
`);

const changeParts = graphql(`
  mutation ChangeParts($id: ID!) {
    updateTemplateSettings(
      input: { templateId: $id, roomState: { enabled: true, messageIntervalSeconds: 10 } }
    ) {
      __typename
    }
    updateTemplateDestinations(
      input: {
        templateId: $id
        rtmp: [{ name: "tube", height: 480 }]
        hls: [{ name: "new", playlistType: LIVE }]
        removeHls: ["old"]
      }
    ) {
      ... on Template {
        settings {
          region
          roomState {
            enabled
            messageIntervalSeconds
          }
        }
        destinations {
          rtmp {
            name
            width
            height
          }
          hls {
            name
          }
        }
      }
    }
    first: updateRecordingConfig(
      input: { templateId: $id, name: "default", role: "host", browserComposite: { autoStart: true } }
    ) {
      __typename
    }
    second: updateRecordingConfig(input: { templateId: $id, trackRecordingEnabled: true }) {
      ... on Template {
        recordingConfigs {
          name
          role
          browserCompositeAutoStart
          trackRecordingEnabled
        }
      }
    }
  }
`);

const replaceTemplate = graphql(`
  mutation ReplaceTemplate($input: UpdateTemplateInput!) {
    result: updateTemplate(input: $input) {
      __typename
      ... on Template {
        name
        roles {
          name
        }
        destinations {
          rtmp {
            name
          }
        }
      }
    }
  }
`);

const CANARY = 'canary-secret';

async function startWithHall() {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { result } = await tested.data(createTemplate, {
    input: {
      name: 'town hall',
      roles: [
        { name: 'host', priority: 1 },
        { name: 'guest', priority: 3 },
      ],
      settings: {
        region: 'EU',
        recordingStorage: {
          type: 'S3',
          location: 'bucket',
          prefix: 'p',
          credentials: { key: 'k', secret: CANARY },
        },
      },
      destinations: {
        rtmp: [{ name: 'tube', width: 640, rtmpUrls: [`rtmp://example.com/${CANARY}`] }],
        hls: [{ name: 'old' }],
      },
    },
  });
  if (result?.__typename !== 'Template') throw new Error(JSON.stringify(result));
  const id = result.hmsId;
  const stored = () => JSON.stringify(tested.sandbox.world.templates.all.get(id));
  return { ...tested, id, stored };
}

describe('templates', () => {
  it('are created with their roles; a name in use is a ConflictError unless OVERWRITE is given', async () => {
    await using tested = await startWithHall();
    const again = { name: 'Town hall', roles: [{ name: 'only' }] };
    expect((await tested.data(createTemplate, { input: again })).result).toMatchObject({
      __typename: 'ConflictError',
      message: 'A template with the name "Town hall" already exists.',
    });
    const { result } = await tested.data(createTemplate, {
      input: { name: 'town hall', roles: [{ name: 'only' }], ifExists: 'OVERWRITE' },
    });
    expect(result).toMatchObject({ hmsId: tested.id, roles: [{ name: 'only' }] });
  });

  it.each(['', '.', '..', '\ud83d'])(
    'get no role of the name %j, which no URL can have as a part: it could not be deleted',
    async (name) => {
      await using tested = await startWithHall();
      const { id } = tested;
      const select = '{ __typename ... on InvalidInputError { issues { path } } }';
      const written = await tested.data(
        `mutation ($id: ID!, $name: String!) {
          create: createTemplate(input: { roles: [{ name: "host" }, { name: $name }] }) ${select}
          patch: patchTemplate(input: { id: $id, roles: [{ name: $name }] }) ${select}
          set: setRole(input: { templateId: $id, name: $name }) ${select}
          rename: renameRole(input: { templateId: $id, name: "guest", newName: $name }) ${select}
          delete: deleteRole(input: { templateId: $id, name: $name }) { __typename ... on Error { message } }
        }`,
        { id, name },
      );
      const refusedAt = (...path: string[]) => ({ __typename: 'InvalidInputError', issues: [{ path }] });
      expect(written).toEqual({
        create: refusedAt('roles', '1', 'name'),
        patch: refusedAt('roles', '0', 'name'),
        set: refusedAt('name'),
        rename: refusedAt('newName'),
        delete: {
          __typename: 'RefusedError',
          message:
            'Nothing was sent: a name that is part of the URL is empty, `.` or `..`, or is not well-formed.',
        },
      });
      const { roles } = tested.sandbox.world.templates.get(id);
      expect([...roles.keys()].toSorted()).toEqual(['guest', 'host']);
    },
  );

  it('keep what a patch does not name, secrets included, which no answer shows', async () => {
    await using tested = await startWithHall();
    const { result } = await tested.data(patchTemplate, {
      input: { id: tested.id, name: 'hall', roles: [{ name: 'new' }], removeRoles: ['host'] },
    });
    expect(result).toMatchObject({ name: 'hall', roles: [{ name: 'guest', priority: 3 }, { name: 'new' }] });
    expect(tested.stored().split(CANARY)).toHaveLength(3);
    expect(JSON.stringify(result)).not.toContain(CANARY);
  });

  it('have roles that are set, renamed without overwriting another, and deleted once', async () => {
    await using tested = await startWithHall();
    expect(await tested.data(changeRoles, { id: tested.id })).toMatchObject({
      setRole: { role: { priority: 3, permissions: { removeOthers: true } } },
      renameRole: { roles: [{ name: 'host' }, { name: 'visitor', priority: 3 }] },
      taken: { __typename: 'ConflictError' },
      deleteRole: { roles: [{ name: 'host' }] },
      gone: { __typename: 'NotFoundError' },
    });
  });

  it('have settings, destinations and recordings that are each changed by a patch', async () => {
    await using tested = await startWithHall();
    expect(await tested.data(changeParts, { id: tested.id })).toMatchObject({
      updateTemplateDestinations: {
        settings: { region: 'EU', roomState: { enabled: true, messageIntervalSeconds: 10 } },
        destinations: { rtmp: [{ name: 'tube', width: 640, height: 480 }], hls: [{ name: 'new' }] },
      },
      second: {
        recordingConfigs: [
          { name: 'default', role: 'host', browserCompositeAutoStart: true, trackRecordingEnabled: true },
        ],
      },
    });
    expect(tested.stored().split(CANARY)).toHaveLength(3);
  });

  it('are replaced as a whole by replaceTemplate', async () => {
    await using tested = await startWithHall();
    const input = { id: tested.id, roles: [{ name: 'only' }], settings: {} };
    expect((await tested.data(replaceTemplate, { input })).result).toMatchObject({
      name: 'town hall',
      roles: [{ name: 'only' }],
      destinations: { rtmp: [] },
    });
  });

  it('are not sent with faults, which are listed by their places', async () => {
    await using tested = await startWithHall();
    tested.sandbox.ledger.clear();
    const issueOf = async (roles: object[]) => {
      const { result } = await tested.data(createTemplate, { input: { name: 'new', roles } as never });
      return result?.__typename === 'InvalidInputError' ? result.issues : result?.__typename;
    };
    const layers = (...rids: string[]) => [
      {
        name: 'a',
        publishParams: {
          videoLayers: rids.map((rid, index) => ({
            rid,
            scaleResolutionDownBy: index + 1,
            maxFramerate: 30,
          })),
        },
      },
    ];
    expect(await issueOf([{ name: 'a', priority: 9 }])).toMatchObject([{ path: ['roles', 'a', 'priority'] }]);
    expect(await issueOf(layers('H'))).toMatchObject([
      { path: ['roles', '0', 'publishParams', 'videoLayers', '0', 'rid'], message: 'must be f' },
    ]);
    expect(await issueOf(layers('F', 'F'))).toMatchObject([{ message: 'must be h' }]);
    expect(await issueOf([{ name: 'a' }, { name: 'a' }])).toMatchObject([{ path: ['roles', '0', 'name'] }]);
    expect(tested.sandbox.ledger.lines()).toEqual([]);
  });
});
