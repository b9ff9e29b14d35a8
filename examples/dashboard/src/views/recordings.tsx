// The room's last recordings. Their files cost REST calls, so they are read for one recording at a time, at a press.
import { useState } from 'react';
import { useClient } from 'urql';
import type { RoomDetailsQuery } from '../../generated/graphql.ts';
import { RecordingFiles } from '../documents.ts';
import { problemOf, type Problem } from '../gateway/problem.ts';
import { Reason } from '../parts/not-shown.tsx';
import { formatDuration, timeOfDay } from '../parts/times.tsx';

type Room = NonNullable<RoomDetailsQuery['room']>;
type Recording = NonNullable<Room['recordings']>['edges'][number]['node'];

interface RecordingsProps {
  /** Null: they cannot be read, or not yet. */
  readonly recordings: readonly Recording[] | null;
  /** Why they cannot be read; null: they can, or there is no answer yet. */
  readonly problem: Problem | null;
}

export function Recordings({ recordings, problem }: RecordingsProps) {
  return (
    <section className="panel recordings" aria-labelledby="recordings">
      <h2 id="recordings">Recordings</h2>
      {recordings === null && (
        <p className="faint">{problem === null ? 'Reading …' : <Reason problem={problem} />}</p>
      )}
      {recordings?.length === 0 && <p className="faint">This room has none.</p>}
      {recordings !== null && recordings.length > 0 && (
        <ul>
          {recordings.map((recording) => (
            <li key={recording.hmsId}>
              <RecordingRow recording={recording} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

function RecordingRow({ recording }: { readonly recording: Recording }) {
  const { startedAt, status, durationSeconds } = recording;
  return (
    <>
      <div className="row">
        <span>
          {startedAt === null ? 'Not begun' : `${day.format(new Date(startedAt))}, ${timeOfDay(startedAt)}`}
        </span>
        <span className="faint">
          {status.toLowerCase()}
          {durationSeconds === null ? '' : ` · ${formatDuration(durationSeconds * 1000)}`}
        </span>
      </div>
      <Files recordingId={recording.hmsId} />
    </>
  );
}

interface File {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
}

/** A text while there are no files to list. */
type FilesState = readonly File[] | string | null;

function Files({ recordingId }: { readonly recordingId: string }) {
  const client = useClient();
  const [files, setFiles] = useState<FilesState>(null);
  const read = async () => {
    setFiles('Reading …');
    const { data, error } = await client.query(RecordingFiles, { recordingId }).toPromise();
    const assets = data?.recording?.assets;
    if (assets == null) {
      setFiles(error === undefined ? 'It has no files.' : problemOf(error).message);
      return;
    }
    const found = assets.map(({ hmsId, type, sizeBytes, presignedUrl }) => ({
      id: hmsId,
      name: `${type.toLowerCase().replaceAll('_', ' ')}${sizeBytes === null ? '' : `, ${megabytes(sizeBytes)}`}`,
      url: presignedUrl?.url ?? null,
    }));
    setFiles(found.length === 0 ? 'It has no files yet.' : found);
  };
  if (files === null) {
    return (
      <button type="button" className="quiet" onClick={() => void read()}>
        Files
      </button>
    );
  }
  if (typeof files === 'string') return <p className="faint">{files}</p>;
  return (
    <ul className="files">
      {files.map(({ id, name, url }) => (
        <li key={id}>
          {url === null ? (
            name
          ) : (
            <a href={url} target="_blank" rel="noreferrer">
              {name}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
