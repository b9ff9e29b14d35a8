// The path of each issue of an InvalidInputError leads through the input that the caller has sent, whatever the request body to
// the REST API looks like. Every number and every enum of every mutation's input gets a wrong value in turn.
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isUnionType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { pathInInput } from '../../resolvers/issue-paths.ts';
import { schema } from '../../schema/index.ts';
import { buildScene } from '../access/stage.ts';
import { startTestGateway } from '../support/gateway.ts';

type Json = Record<string, unknown>;
type Ids = Readonly<Record<string, string>>;
type Issues = readonly { readonly path: readonly string[] }[];

/** The name of every named element, whose place in a list can be told by this name. */
const NAME = 'vip_guest';

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).filter((field) => {
  const result = getNamedType(field.type);
  return isUnionType(result) && result.getTypes().some(({ name }) => name === 'InvalidInputError');
});

function inputOf({ args }: GraphQLField<unknown, unknown>): GraphQLInputType {
  const [input] = args;
  if (input === undefined) throw new Error('a mutation without input');
  return input.type;
}

type FieldPath = readonly GraphQLInputField[];

/** The paths of all leaves of an input type, as fields, each after `before`. No input type contains itself. */
function leavesOf(type: GraphQLInputType, before: FieldPath = []): readonly FieldPath[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [before];
  return Object.values(named.getFields()).flatMap((field) => leavesOf(field.type, [...before, field]));
}

/** A value with all required fields. */
function valid(type: GraphQLInputType, name: string, ids: Ids): unknown {
  if (isNonNullType(type)) return valid(type.ofType, name, ids);
  if (isListType(type)) return [valid(type.ofType, name, ids)];
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, valid(field.type, field.name, ids)]));
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (type.name === 'ID') return ids[name] ?? ids['roomId'];
  if (type.name === 'String') return name === 'name' ? NAME : 'text';
  return type.name === 'Boolean' ? true : 1;
}

/** A value that the leaf's type allows and the REST API does not; null: there is none for its type. */
function wrong(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().some(({ name }) => name === 'OTHER') ? 'OTHER' : null;
  return named.name === 'Int' || named.name === 'Float' ? -999_999 : null;
}

/** A value of the type in which the leaf at `path` is `value`, and all else is valid. */
function withLeaf(type: GraphQLInputType, path: FieldPath, value: unknown, ids: Ids): unknown {
  if (isNonNullType(type)) return withLeaf(type.ofType, path, value, ids);
  if (isListType(type)) return [withLeaf(type.ofType, path, value, ids)];
  const [field, ...rest] = path;
  if (field === undefined) return value;
  // Only an input object has fields.
  const fields = valid(type, '', ids) as Json;
  return { ...fields, [field.name]: withLeaf(field.type, rest, value, ids) };
}

/** Whether the path leads through an input of the type: by names of fields, and the index or name of an element. */
function leads(type: GraphQLInputType, input: unknown, [step, ...rest]: readonly string[]): boolean {
  if (isNonNullType(type)) return leads(type.ofType, input, step === undefined ? [] : [step, ...rest]);
  if (step === undefined) return true;
  if (isListType(type)) {
    return (step === '0' || step === NAME) && leads(type.ofType, (input as unknown[])[0], rest);
  }
  const field = isInputObjectType(type) ? type.getFields()[step] : undefined;
  return field !== undefined && leads(field.type, (input as Json | undefined)?.[step], rest);
}

describe('the path of an issue', () => {
  it.each(mutations.map((field) => [field.name, field] as const))(
    'leads through the input of %s',
    async (name, field) => {
      await using tested = await startTestGateway({
        sandbox: { data: 'empty' },
        limits: { pointsPerMinute: Infinity },
      });
      const { room, template, peer } = buildScene(tested.sandbox.world);
      const poll = tested.sandbox.world.polls.create({
        questions: [{ text: 'Who?', options: [{ text: 'I' }] }],
      });
      const ids = { roomId: room, templateId: template, peerId: peer, pollId: poll.id };
      const input = inputOf(field);
      const own = name.endsWith('Room') ? room : name.endsWith('Poll') ? poll.id : template;
      const document = `mutation ($input: ${String(input)}) {
        result: ${name}(input: $input) { ... on InvalidInputError { issues { path } } }
      }`;
      for (const leaf of leavesOf(input)) {
        const value = leaf.length === 0 ? null : wrong((leaf.at(-1) as GraphQLInputField).type);
        if (value === null) continue;
        const given = withLeaf(input, leaf, value, { ...ids, id: own });
        const { result } = (await tested.data(document, { input: given })) as { result: unknown };
        for (const { issues = [] } of [result].flat() as { issues?: Issues }[]) {
          for (const { path } of issues) {
            const isBulk = Array.isArray(result);
            expect([path, isBulk || leads(input, given, path)]).toEqual([path, true]);
          }
        }
      }
    },
  );
});

describe('a path in a body', () => {
  it.each([
    // Names of elements are those of the caller, even where the vendor has a key of that name.
    [
      'roles.vip_guest.publishParams.simulcast.video.layers.1.maxBitrate',
      'roles.vip_guest.publishParams.videoLayers.1.maxBitrateKbps',
    ],
    [
      'roles.hlsDestinations.publishParams.audio.bitRate',
      'roles.hlsDestinations.publishParams.audio.bitrateKbps',
    ],
    [
      'destinations.transcriptions.bit_rate.translation.roleLanguages.max_duration',
      'destinations.transcriptions.bit_rate.translationLanguages.max_duration',
    ],
    ['plugins.transcriptions.permissions.admin.0', 'plugins.captionAdmins.0'],
    ['plugins.whiteboard.permissions.writer', 'plugins.whiteboard.writer'],
    ['settings.recording.upload.credentials.secretKey', 'settings.recordingStorage.credentials.secret'],
    ['recording_info.upload_info.options.region', 'recording.storage.region'],
    ['webhook.headers.x_api_key', 'webhook.headers.x_api_key'],
    ['0.compositeRecording.browserComposite.width', 'browserComposite.width'],
    ['max_duration_seconds', 'maxDurationSeconds'],
  ])('%s is %s in the input', (body, input) => {
    expect(pathInInput(body.split('.')).join('.')).toBe(input);
  });
});

it('names the second of two elements of one name by its index, within the field that has the list', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const twice = (what: string) => `[{ name: "a"${what} }, { name: "a"${what} }]`;
  const select = '{ ... on InvalidInputError { issues { path } } }';
  expect(
    await tested.data(`mutation {
      roles: createTemplate(input: { roles: ${twice('')} }) ${select}
      hls: createTemplate(input: { destinations: { hls: ${twice('')} } }) ${select}
    }`),
  ).toEqual({
    roles: { issues: [{ path: ['roles', '0', 'name'] }] },
    hls: { issues: [{ path: ['destinations', 'hls', '0', 'name'] }] },
  });
});
