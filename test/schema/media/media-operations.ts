// The mutations of jobs and stream keys that the tests run. Each selects every kind of error that can be expected.
import { graphql } from '../../generated/gql.ts';

export const startLive = graphql(`
  mutation StartLive($input: StartLiveStreamInput!) {
    result: startLiveStream(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
        destination
        recording {
          hlsVod
          singleFilePerLayer
        }
        room {
          hmsId
        }
      }
    }
  }
  fragment Expected on Error {
    message
    ... on InvalidInputError {
      issues {
        path
      }
    }
    ... on RefusedError {
      httpStatus
      details
    }
  }
`);

export const stopLive = graphql(`
  mutation StopLive($input: LiveStreamInput!) {
    result: stopLiveStream(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

export const pauseLive = graphql(`
  mutation PauseLive($input: LiveStreamInput!) {
    result: pauseLiveStreamRecording(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

export const resumeLive = graphql(`
  mutation ResumeLive($input: LiveStreamInput!) {
    result: resumeLiveStreamRecording(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

export const stopAllLive = graphql(`
  mutation StopAllLive($input: StopLiveStreamsInput!) {
    result: stopLiveStreams(input: $input) {
      __typename
      ...Expected
      ... on StoppedLiveStreams {
        error
        liveStreams {
          hmsId
          status
        }
      }
    }
  }
`);

export const tellPlayers = graphql(`
  mutation TellPlayers($input: SendTimedMetadataInput!) {
    result: sendTimedMetadata(input: $input) {
      __typename
      ...Expected
      ... on LiveStream {
        hmsId
        status
      }
    }
  }
`);

export const startRecording = graphql(`
  mutation StartRecording($input: StartRecordingInput!) {
    result: startRecording(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
        destination
        assetTypes
      }
    }
  }
`);

export const stopRecording = graphql(`
  mutation StopRecording($input: StopRecordingInput!) {
    result: stopRecording(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
      }
    }
  }
`);

export const stopRecordings = graphql(`
  mutation StopRecordings($input: RoomRecordingsInput!) {
    result: stopRecordings(input: $input) {
      __typename
      ...Expected
      ... on StoppedRecordings {
        error
        recordings {
          hmsId
          status
        }
      }
    }
  }
`);

export const pauseRecordings = graphql(`
  mutation PauseRecordings($input: RoomRecordingsInput!) {
    result: pauseRecordings(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
      }
    }
  }
`);

export const resumeRecordings = graphql(`
  mutation ResumeRecordings($input: RoomRecordingsInput!) {
    result: resumeRecordings(input: $input) {
      __typename
      ...Expected
      ... on Recording {
        hmsId
        status
      }
    }
  }
`);

export const startExternal = graphql(`
  mutation StartExternal($input: StartExternalStreamInput!) {
    result: startExternalStream(input: $input) {
      __typename
      ...Expected
      ... on ExternalStream {
        hmsId
        status
        targetHosts
        recorded
        resolution {
          height
        }
      }
    }
  }
`);

export const stopExternal = graphql(`
  mutation StopExternal($input: StopExternalStreamInput!) {
    result: stopExternalStream(input: $input) {
      __typename
      ...Expected
      ... on ExternalStream {
        hmsId
        status
      }
    }
  }
`);

export const stopAllExternal = graphql(`
  mutation StopAllExternal($input: StopExternalStreamsInput!) {
    result: stopExternalStreams(input: $input) {
      __typename
      ...Expected
      ... on StoppedExternalStreams {
        error
        externalStreams {
          hmsId
          status
        }
      }
    }
  }
`);

export const createKey = graphql(`
  mutation CreateKey($input: StreamKeyInput!) {
    result: createStreamKey(input: $input) {
      __typename
      ...Expected
      ... on CreatedStreamKey {
        key
        streamKey {
          hmsId
          enabled
        }
      }
    }
  }
`);

export const disableKey = graphql(`
  mutation DisableKey($input: StreamKeyInput!) {
    result: disableStreamKey(input: $input) {
      __typename
      ...Expected
      ... on DisabledStreamKey {
        room {
          hmsId
        }
      }
    }
  }
`);

/** The target URLs of external streams. */
export const RTMP = ['rtmp://live.example.com/app/key'];
