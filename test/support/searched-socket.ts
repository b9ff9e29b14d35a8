// The WebSocket of every client of the tests: each message of the server is searched for secrets on arrival, whoever reads
// it and however.
import { WebSocket, type ClientOptions } from 'ws';
import { watchAnswer } from './canary.ts';

export class SearchedSocket extends WebSocket {
  constructor(url: string, protocols?: string | string[], options?: ClientOptions) {
    super(url, protocols, options);
    this.on('message', (data: Buffer) => watchAnswer(data.toString()));
    this.on('close', (_code, reason) => watchAnswer(reason.toString()));
  }
}
