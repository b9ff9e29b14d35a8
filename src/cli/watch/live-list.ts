// The live list of `watch`: updates the view by events, keys and the clock, draws it, and removes peers or changes their roles.
import { emitKeypressEvents, type Key } from 'node:readline';
import { ChangeRole, Peers, RemovePeer, Roles } from '../client/documents.ts';
import type { GatewayClient } from '../client/gateway-client.ts';
import { messageOf } from '../fault.ts';
import { harmless } from '../text.ts';
import { nameOf, type WatchedPeer } from './events.ts';
import { frameOf } from './frame.ts';
import { RoomView } from './room-view.ts';
import { Screen } from './screen.ts';

/** How often durations in the list are updated, in milliseconds. */
const TICK_MS = 1000;
/** How many places a key moves the choice down, by the key's name. */
const moves: Readonly<Record<string, number>> = {
  up: -1,
  k: -1,
  down: 1,
  j: 1,
  pageup: -10,
  pagedown: 10,
  home: -Infinity,
  end: Infinity,
};

/** What the list shows, and how it ends. */
export interface LiveListOptions {
  readonly gateway: GatewayClient;
  readonly room: { readonly id: string; readonly name: string };
  /** The variables of the subscription. */
  readonly variables: { readonly roomId: string; readonly after: string | null };
  /** Its abort ends the list; so does the key q. */
  readonly stop: AbortController;
}

/** Shows the list until it is told to end. Resolves to the exit code; the terminal then is as it was. */
export async function showLiveList(options: LiveListOptions): Promise<number> {
  const { gateway, variables, stop } = options;
  const list = new LiveList(options);
  using screen = list.screen;
  const draw = () => list.draw();
  const onResize = () => {
    screen.redrawAll();
    draw();
  };
  const onKey = (_text: string | undefined, key: Key) => {
    list.press(key);
    draw();
  };
  gateway.onConnection = (isConnected) => {
    list.view.isConnected = isConnected;
    draw();
  };
  screen.open();
  const timer = setInterval(draw, TICK_MS);
  process.stdout.on('resize', onResize);
  if (process.stdin.isTTY) {
    emitKeypressEvents(process.stdin);
    process.stdin.on('keypress', onKey).resume();
  }
  draw();
  try {
    for await (const { peerChanges } of gateway.subscribe(Peers, variables, stop.signal)) {
      list.view.take(peerChanges);
      list.drawSoon();
    }
    return 0;
  } finally {
    gateway.onConnection = () => {};
    clearInterval(timer);
    process.stdout.off('resize', onResize);
    process.stdin.off('keypress', onKey).pause();
  }
}

class LiveList {
  readonly view: RoomView;
  readonly screen = new Screen(process.stdout, process.stdin.isTTY ? process.stdin : null);
  readonly #options: LiveListOptions;
  #isDrawing = false;

  constructor(options: LiveListOptions) {
    this.#options = options;
    this.view = new RoomView(options.room);
  }

  draw(): void {
    if (this.#options.stop.signal.aborted) return;
    this.screen.draw(frameOf(this.view, this.screen.size, Date.now()));
  }

  /** Draws after this turn of the event loop, so that events that arrive together are drawn once. */
  drawSoon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setImmediate(() => {
      this.#isDrawing = false;
      this.draw();
    });
  }

  press({ name = '', ctrl = false, sequence = '' }: Key): void {
    const { view } = this;
    if (ctrl && (name === 'c' || name === 'd')) this.#options.stop.abort();
    else if (view.question !== null) this.#answer(name);
    else if (name === 'q') this.#options.stop.abort();
    else if (name in moves) view.move(moves[name] ?? 0);
    else if (view.chosen !== null && (name === 'x' || name === 'delete')) {
      view.question = { kind: 'remove', peer: view.chosen };
    } else if (view.chosen !== null && name === 'r') void this.#askForRole(view.chosen);
    else if (sequence !== '') view.notice = null;
  }

  #answer(key: string): void {
    const { view } = this;
    const { question } = view;
    if (question === null) return;
    const { peer } = question;
    if (question.kind === 'role' && (key === 'left' || key === 'right')) {
      const { roles, at } = question;
      view.question = { ...question, at: (at + (key === 'right' ? 1 : roles.length - 1)) % roles.length };
      return;
    }
    view.question = null;
    if (question.kind === 'remove' && key === 'y') void this.#remove(peer);
    if (question.kind === 'role' && (key === 'return' || key === 'enter')) {
      void this.#changeRole(peer, question.roles[question.at] ?? '');
    }
  }

  async #askForRole(peer: WatchedPeer): Promise<void> {
    const { gateway, room } = this.#options;
    await this.#act(`Reading the roles of the room`, async () => {
      const { room: found } = await gateway.request(Roles, { roomId: room.id });
      const roles = (found?.template?.roles ?? []).map(({ name }) => name);
      if (roles.length === 0) return 'The roles of the room cannot be read';
      this.view.question = { kind: 'role', peer, roles, at: Math.max(0, roles.indexOf(peer.role ?? '')) };
      return null;
    });
  }

  async #remove(peer: WatchedPeer): Promise<void> {
    const { gateway, room } = this.#options;
    const variables = { roomId: room.id, peerId: peer.hmsId };
    await this.#act(`Removing ${nameOf(peer)}`, async () => {
      const { removePeer } = await gateway.request(RemovePeer, variables);
      return removePeer !== null && 'message' in removePeer ? removePeer.message : `Removed ${nameOf(peer)}`;
    });
  }

  async #changeRole(peer: WatchedPeer, role: string): Promise<void> {
    const { gateway, room } = this.#options;
    const variables = { roomId: room.id, peerId: peer.hmsId, role };
    await this.#act(`Changing the role of ${nameOf(peer)}`, async () => {
      const { updatePeer } = await gateway.request(ChangeRole, variables);
      return updatePeer !== null && 'message' in updatePeer
        ? updatePeer.message
        : `${nameOf(peer)} is ${role} now`;
    });
  }

  /** Runs an action. Shows `what` meanwhile, and then its result; null: nothing is shown. */
  async #act(what: string, action: () => Promise<string | null>): Promise<void> {
    const { view } = this;
    view.notice = `${what} ...`;
    try {
      const result = await action();
      view.notice = result === null ? null : harmless(result);
    } catch (error) {
      view.notice = harmless(messageOf(error));
    }
    this.draw();
  }
}
