// The live list of `hms-gateway watch` in a terminal: what is drawn, keys, the width, and how the terminal is left.
import { describe, expect, it } from 'vitest';
import { newcomer, stage } from '../e2e/stage.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { noTerminal, openTerminal } from '../support/terminal.ts';
import { addListeners } from '../support/worlds.ts';

const ESCAPE = '\u001B';
const DOWN = `${ESCAPE}[B`;
const RIGHT = `${ESCAPE}[C`;

// A process takes long to start on a busy machine.
describe.skipIf(noTerminal !== '').concurrent(`watch in a terminal${noTerminal}`, { timeout: 60_000 }, () => {
  it('shows who is in the room, and redraws in place as people come, change and go', async () => {
    await using it = await stage();
    await using terminal = await openTerminal(['watch', it.room.name, '--url', it.url]);
    const first = await terminal.until(/Ada .* host/);
    expect(first[0]).toMatch(new RegExp(`^${it.room.name}  ${it.room.id} +1 person, live for `));
    expect(first[1]).toBe('Up to date');
    expect(first.at(-1)).toBe('↑↓ choose  x remove  r change role  q quit');
    const grace = it.world.join(it.room.id, newcomer('Grace'));
    await terminal.until(/2 people[^]*Grace .* guest[^]*Grace joined as guest/);
    it.world.leave(it.room.id, grace.id);
    const last = await terminal.until(/1 person[^]*Grace left/);
    expect(last.filter((line) => /^..Grace /.test(line))).toEqual([]);
    terminal.type('q');
    expect(await terminal.ended()).toMatchObject({ code: 0 });
  });

  it('fits the list to the width of the terminal, and follows a new one', async () => {
    await using it = await stage();
    it.world.join(it.room.id, { ...newcomer('x'.repeat(200)), metadata: `{"note":"${'y'.repeat(200)}"}` });
    await using terminal = await openTerminal(['watch', it.room.id, '--url', it.url], { columns: 80 });
    const narrow = await terminal.until(/xxx…/);
    expect(narrow.find((line) => line.includes('NAME'))).toMatch(/NAME +ROLE +FOR +METADATA/);
    expect(narrow.find((line) => line.includes('xxx'))).toMatch(/^..x+… guest +\d+ \w+ +\{"note":"y+…/);
    expect(Math.max(...narrow.map(({ length }) => length))).toBeLessThanOrEqual(80);
    terminal.resize(120, 30);
    // `stty` sets columns and rows one after the other. The keys are on the last line.
    const wide = await terminal.until(/x{35,}…[^]*\n↑↓.*$/);
    expect(wide.findLast((line) => line !== '')).toMatch(/^↑↓/);
    expect(wide.lastIndexOf('↑↓ choose  x remove  r change role  q quit')).toBe(29);
    terminal.resize(36, 10);
    const small = await terminal.until(/NAME +ROLE$/m);
    expect(Math.max(...small.map(({ length }) => length))).toBeLessThanOrEqual(36);
  });

  it('gives the chosen person another role, and removes them when that is confirmed', async () => {
    await using it = await stage();
    addListeners(it.world, it.room);
    it.world.join(it.room.id, newcomer('Grace'));
    await using terminal = await openTerminal(['watch', it.room.id, '--url', it.url]);
    await terminal.until(/Grace/);
    terminal.type(DOWN);
    await terminal.until(/^> Grace/m);
    terminal.type('r');
    await terminal.until(/New role of Grace: < guest >/);
    terminal.type(RIGHT);
    await terminal.until(/< host > \(2 of 3\)/);
    terminal.type(RIGHT);
    await terminal.until(/< listener >/);
    terminal.type('\r');
    await terminal.until(/Grace .* listener[^]*role guest → listener[^]*Grace is listener now/);
    terminal.type('x');
    await terminal.until(/Remove Grace from the room\? y\/n/);
    terminal.type('n');
    await terminal.until(/Grace is listener now/);
    terminal.type('x');
    await terminal.until(/Remove Grace/);
    terminal.type('y');
    await terminal.until(/1 person[^]*Removed Grace/);
    expect([...(it.world.sessions.active(it.room.id)?.peers.values() ?? [])].length).toBeGreaterThan(0);
  });

  it('says that the list is stale', async () => {
    await using it = await stage();
    await using terminal = await openTerminal(['watch', it.room.id, '--url', it.url]);
    await terminal.until(/Up to date/);
    it.sandbox.faults.set('*', { kind: 'status', status: 500 });
    await terminal.until(/STALE: the gateway cannot read the room now; this list is of \d\d:\d\d:\d\d/);
    it.sandbox.faults.clear();
    await terminal.until(/Up to date/);
  });

  it('says that the connection is lost, and goes on when the gateway is back', async () => {
    await using it = await stage();
    await using proxy = await TcpProxy.start(Number(new URL(it.url).port));
    const url = `http://127.0.0.1:${proxy.port}`;
    await using terminal = await openTerminal(['watch', it.room.id, '--url', url]);
    await terminal.until(/Up to date/);
    proxy.cut();
    const lines = await terminal.until(/No connection to the gateway, trying again; this list is of/);
    expect(lines.join('\n')).toContain('Ada');
    it.world.join(it.room.id, newcomer('Grace'));
    proxy.heal();
    await terminal.until(/Up to date[^]*Grace .* guest/);
    proxy.cut();
    await terminal.until(/No connection/);
    terminal.type('q');
    expect(await terminal.ended()).toMatchObject({ code: 0 });
  });

  it('shows names that would command the terminal as harmless text, and wide ones in their columns', async () => {
    await using it = await stage();
    const names = [
      `${ESCAPE}]0;owned\u0007${ESCAPE}[2Jevil`,
      'c1\u009B2J\u202Egnp',
      'two\nlines\ttab',
      '日本語の名前',
      '👩‍👩‍👧 family',
    ];
    for (const name of names) it.world.join(it.room.id, { name, role: 'guest', userId: 'u' });
    await using terminal = await openTerminal(['watch', it.room.id, '--url', it.url]);
    const lines = await terminal.until(/6 people/);
    const text = lines.join('\n');
    for (const shown of [
      '\uFFFD]0;owned\uFFFD\uFFFD[2Jevil',
      'c1\uFFFD2J\uFFFDgnp',
      'two lines tab',
      '日本語の名前',
    ])
      expect(text).toContain(shown);
    for (const harmful of [`${ESCAPE}]`, '\u009B', '\u202E', '\u0007'])
      expect(terminal.written()).not.toContain(harmful);
    expect(lines[1]).toBe('Up to date');
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('gives the terminal back on %s', async (signal) => {
    await using it = await stage();
    await using terminal = await openTerminal(['watch', it.room.id, '--url', it.url]);
    await terminal.until(/Ada/);
    await terminal.kill(signal);
    const { code, settings } = await terminal.ended();
    expect(code).toBe(0);
    expect(settings).toMatch(/(^|\s)icanon\b[^]*\secho\s/);
    // The screen before it, the cursor and the wrapping of lines are back.
    expect(terminal.written().endsWith(`${ESCAPE}[?7h${ESCAPE}[?25h${ESCAPE}[?1049l`)).toBe(true);
    expect((await terminal.lines()).join('')).toBe('');
  });
});
