// Values that the vendor adds to its enums after this gateway was written: they are OTHER in answers, and refused in
// inputs.
import { describe, expect, it } from 'vitest';
import { buildScene } from '../access/stage.ts';
import { startTestGateway } from '../support/gateway.ts';

async function startStage() {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  return { ...tested, cast: buildScene(tested.sandbox.world) };
}

type Json = Readonly<Record<string, unknown>>;
// The vendor's answers to these operations are objects.
const over = (change: Json) =>
  ({ kind: 'shape', shape: (body: unknown) => ({ ...(body as Json), ...change }) }) as const;

const layer = { rid: 'z', scaleResolutionDownBy: 1, maxFramerate: 5 };
const section = { title: 'All', format: 'verse' };
const template: Json = {
  roles: {
    host: { publishParams: { allowed: ['audio', 'smell'], simulcast: { video: { layers: [layer] } } } },
  },
  settings: { region: 'mars', recording: { upload: { type: 'tape', location: 'b', prefix: '' } } },
  destinations: {
    hlsDestinations: { one: { name: 'one', playlistType: 'loop' } },
    transcriptions: {
      one: {
        name: 'one',
        role: 'host',
        modes: ['recorded', 'telepathy'],
        outputModes: ['braille', 'srt'],
        summary: { enabled: true, sections: [section] },
      },
    },
  },
};

/** The operations of the graph and their expected answers, by the REST operation whose answer has an unknown value. */
const outputs: readonly (readonly [operationId: string, change: Json, ask: string, seen: Json])[] = [
  [
    'getRoom',
    { region: 'mars', recording_info: { enabled: true, upload_info: { type: 'tape', location: 'b' } } },
    'room(id: "ROOM") { region recording { storage { type } } }',
    { region: 'OTHER', recording: { storage: { type: 'OTHER' } } },
  ],
  ['getRoom', { region: '' }, 'room(id: "ROOM") { region }', { region: null }],
  [
    'getTemplate',
    template,
    `template(id: "TEMPLATE") {
      roles { publishParams { allowed videoLayers { rid } } }
      settings { region recordingStorage { type } }
      destinations { hls { playlistType } transcriptions { modes outputModes summary { sections { format } } } }
    }`,
    {
      roles: [{ publishParams: { allowed: ['AUDIO', 'OTHER'], videoLayers: [{ rid: 'OTHER' }] } }],
      settings: { region: 'OTHER', recordingStorage: { type: 'OTHER' } },
      destinations: {
        hls: [{ playlistType: 'OTHER' }],
        transcriptions: [
          {
            modes: ['RECORDED', 'OTHER'],
            outputModes: ['OTHER', 'SRT'],
            summary: { sections: [{ format: 'OTHER' }] },
          },
        ],
      },
    },
  ],
  [
    'getRecordingAsset',
    { metadata: { track_type: 'smell', output_mode: 'braille' } },
    'recordingAsset(id: "ASSET") { metadata { trackType outputMode } }',
    { metadata: { trackType: 'OTHER', outputMode: 'OTHER' } },
  ],
  [
    'getActivePeer',
    { tracks: { a: { id: 'a', type: 'smell' } } },
    'peer(roomId: "ROOM", id: "PEER") { tracks { type } }',
    { tracks: [{ type: 'OTHER' }] },
  ],
];

describe('a value that the vendor has added', () => {
  it.each(outputs)('is OTHER in the answer to %s %j', async (operationId, change, ask, seen) => {
    await using stage = await startStage();
    const { room, template: templateId, asset, peer } = stage.cast;
    const ids = { ROOM: room, TEMPLATE: templateId, ASSET: asset, PEER: peer };
    stage.sandbox.faults.set(operationId, over(change));
    const document = ask.replaceAll(/ROOM|TEMPLATE|ASSET|PEER/g, (name) => ids[name as keyof typeof ids]);
    expect(await stage.data(`{ seen: ${document} }`)).toEqual({ seen });
  });
});

const inputs: readonly (readonly [mutation: string, input: string, path: readonly string[]])[] = [
  ['createRoom', 'region: OTHER', ['region']],
  ['updateRoom', 'id: "ROOM", region: OTHER', ['region']],
  ['createRoom', 'recording: { storage: { type: OTHER, location: "b" } }', ['recording', 'storage', 'type']],
  ['updateTemplateSettings', 'templateId: "TEMPLATE", region: OTHER', ['region']],
  ['startLiveStream', 'roomId: "ROOM", transcription: { modes: [OTHER] }', ['transcription', 'modes', '0']],
  ['startLiveStream', 'roomId: "ROOM", transcription: { modes: [CAPTION] }', ['transcription', 'modes', '0']],
  [
    'startRecording',
    'roomId: "ROOM", transcription: { outputModes: [TXT, OTHER] }',
    ['transcription', 'outputModes', '1'],
  ],
  [
    'setRole',
    'templateId: "TEMPLATE", name: "host", publishParams: { allowed: [OTHER] }',
    ['publishParams', 'allowed', '0'],
  ],
  [
    'setRole',
    'templateId: "TEMPLATE", name: "host", publishParams: { videoLayers: [{ rid: OTHER, scaleResolutionDownBy: 1, maxFramerate: 5 }] }',
    ['publishParams', 'videoLayers', '0', 'rid'],
  ],
  [
    'updateTemplateDestinations',
    'templateId: "TEMPLATE", hls: [{ name: "one", playlistType: OTHER }]',
    ['hls', 'one', 'playlistType'],
  ],
];

describe('OTHER in an input', () => {
  it.each(inputs)('of %s { %s } is refused before a write', async (mutation, input, path) => {
    await using stage = await startStage();
    const { room, template: templateId } = stage.cast;
    const given = input.replace('ROOM', room).replace('TEMPLATE', templateId);
    const document = `mutation {
      result: ${mutation}(input: { ${given} }) { __typename ... on InvalidInputError { issues { path } } }
    }`;
    expect(await stage.data(document)).toEqual({
      result: { __typename: 'InvalidInputError', issues: [{ path }] },
    });
    expect(stage.sandbox.ledger.lines().filter((line) => line.startsWith('POST'))).toEqual([]);
  });
});

describe('a name with a unit', () => {
  it.each([
    [
      'createPoll',
      'durationSeconds: 60, questions: [{ text: "a", durationSeconds: 2147483647, options: [{ weight: 1 }] }]',
    ],
    [
      'updateRecordingConfig',
      'templateId: "TEMPLATE", name: "default", role: "host", maxDurationSeconds: 60',
    ],
  ])('is sent under its key in the REST API: %s { %s }', async (mutation, input) => {
    await using stage = await startStage();
    const { world } = stage.sandbox;
    const given = input.replace('TEMPLATE', stage.cast.template);
    await stage.data(`mutation { result: ${mutation}(input: { ${given} }) { __typename } }`);
    const polls = [...world.polls.all.values()].map(({ duration, questions }) => [
      duration,
      questions?.map((question) => question.duration),
    ]);
    const recordings = world.templates
      .get(stage.cast.template)
      .recordings.map(({ maxDuration }) => maxDuration);
    if (mutation === 'createPoll') expect(polls).toContainEqual([60, [2_147_483_647]]);
    else expect(recordings).toEqual([60]);
  });

  it('of a role with such a name is unchanged', async () => {
    await using stage = await startStage();
    const templateId = stage.cast.template;
    const languages = '[{ role: "durationSeconds", language: "es" }]';
    const one = `{ name: "one", role: "host", modes: [CAPTION], translationLanguages: ${languages} }`;
    await stage.data(
      `mutation { updateTemplateDestinations(input: { templateId: "${templateId}", transcriptions: [${one}] }) { __typename } }`,
    );
    const { destinations } = stage.sandbox.world.templates.get(templateId);
    expect(destinations.transcriptions?.['one']?.translation).toEqual({
      roleLanguages: { durationSeconds: 'es' },
    });
  });

  it('has its unit in the issues of an InvalidInputError', async () => {
    await using stage = await startStage();
    const of = `templateId: "${stage.cast.template}"`;
    const select = '{ ... on InvalidInputError { issues { path } } }';
    expect(
      await stage.data(`mutation {
        role: setRole(input: { ${of}, name: "host", publishParams: { audio: { bitrateKbps: 9 } } }) ${select}
        settings: updateTemplateSettings(input: { ${of}, roomState: { messageIntervalSeconds: 7 } }) ${select}
      }`),
    ).toEqual({
      role: { issues: [{ path: ['publishParams', 'audio', 'bitrateKbps'] }] },
      settings: { issues: [{ path: ['roomState', 'messageIntervalSeconds'] }] },
    });
  });
});
