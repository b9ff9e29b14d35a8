// The WebSocket of all clients of the tests. It searches each received message for secrets, whether or not a test reads
// it.
import { WebSocket, type ClientOptions } from 'ws';
import { watchAnswer } from './canary.ts';

export class SearchedSocket extends WebSocket {
  constructor(url: string, protocols?: string | string[], options?: ClientOptions) {
    super(url, protocols, options);
    this.on('message', (data: Buffer) => watchAnswer(data.toString()));
    this.on('close', (_code, reason) => watchAnswer(reason.toString()));
  }
}
