// The process of upstream.ts, as the benchmark sees it.
import { once } from 'node:events';
import { end, start } from './processes.ts';
import type { Message, Status } from './upstream.ts';

/** A running upstream. Disposing ends it. */
export interface Upstream extends AsyncDisposable {
  /** Base URL of its REST API. */
  readonly url: string;
  /** Its count of calls and the version of its peers. */
  status(): Promise<Status>;
  /** Whether its peers change at every answer from now on. */
  setChanging(changing: boolean): Promise<void>;
}

/** Starts the upstream beside the load generator. */
export async function startUpstream(): Promise<Upstream> {
  const file = new URL('upstream.ts', import.meta.url).pathname;
  const child = start('others', process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  // The process sends its URL first, then a status for each message.
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error('the upstream ended before it listened')),
  );
  const [url] = (await Promise.race([once(child, 'message'), ended])) as [string];
  const tell = async (message: Message): Promise<Status> => {
    child.send(message);
    const [status] = (await once(child, 'message')) as [Status];
    return status;
  };
  return {
    url,
    status: () => tell({}),
    setChanging: async (changing) => void (await tell({ changing })),
    [Symbol.asyncDispose]: () => end(child),
  };
}
