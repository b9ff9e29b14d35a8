// How the gateway is packaged: the files of Docker, compose, systemd and Kubernetes fit one another and the gateway's own limits.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readContext, readDockerfile } from '../../scripts/dockerfile.ts';
import { readConfig } from '../../src/config.ts';
import { DRAIN_MS } from '../../src/server/drain.ts';

const root = new URL('../../', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');
/** The command of `npm start` without its shell, which it replaces so that node gets the signals. */
const nodeCommand = ({ start }: { readonly start: string }) => start.replace(/^exec /, '');
/** A stop takes the time of requests in flight, 2 s for the clients of WebSockets, and 1 s for the log. */
const STOP_SECONDS = DRAIN_MS / 1000 + 5;

// The tests below know the shape of these files.
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: object;
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly volumeMounts: readonly { readonly name: string }[];
}

interface Deployment {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: object;
        readonly containers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

describe('the Dockerfile', () => {
  const stages = readDockerfile(join(root, 'Dockerfile'));
  const image = stages.at(-1)?.instructions ?? [];
  const of = (name: string) => image.filter((one) => one.name === name).map(({ text }) => text);

  it('pins its base by version, the one that the tests run on', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { node: string } };
    expect(new Set(stages.map((stage) => stage.image))).toEqual(
      new Set([`node:${devDependencies.node}-bookworm-slim`]),
    );
  });

  it('copies only what is in the context, and nothing secret is', () => {
    const context = readContext(join(root, '.dockerignore'));
    expect([...context].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const sources = of('COPY')
      .filter((text) => !text.startsWith('--from='))
      .flatMap((text) => text.split(' ').slice(0, -1));
    expect(sources.filter((source) => !context.has(source))).toEqual([]);
    expect([...context].filter((path) => /env|key|secret|\.git|test|node_modules/.test(path))).toEqual([]);
  });

  it('runs node itself as a user without rights, with the command of `npm start`', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    expect(of('CMD').map((text) => (JSON.parse(text) as string[]).join(' '))).toEqual([nodeCommand(scripts)]);
    expect(of('USER')).toEqual(['1000:1000']);
    expect(image.findIndex(({ name }) => name === 'USER')).toBeLessThan(
      image.findIndex(({ name }) => name === 'CMD'),
    );
  });
});

describe('the manifest of Kubernetes', () => {
  const documents = parseAllDocuments(read('ops/kubernetes.yaml'), { strict: true });
  const all = documents.map((document) => document.toJS() as Deployment);
  const [deployment] = all;
  const pod = deployment?.spec.template.spec;
  const [container] = pod?.containers ?? [];

  it('is valid YAML, and its selectors find the pods', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(all.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
    const labels = deployment?.spec.template.metadata.labels;
    expect(deployment?.spec.selector.matchLabels).toEqual(labels);
    expect(all[1]?.spec.selector).toEqual(labels);
    expect(all[2]?.spec.selector.matchLabels).toEqual(labels);
  });

  it('leaves the time that a stop takes', () => {
    const beforeSeconds = container?.lifecycle.preStop.sleep.seconds ?? 0;
    expect(beforeSeconds).toBe(5);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(beforeSeconds + STOP_SECONDS);
  });

  it('runs without rights, on a file system that cannot be written', () => {
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('probes routes that exist, and mounts what it names', () => {
    const probes = [container?.startupProbe, container?.readinessProbe, container?.livenessProbe];
    expect(probes.map((probe) => probe?.httpGet)).toEqual([
      { path: '/health', port: 'http' },
      { path: '/ready', port: 'http' },
      { path: '/health', port: 'http' },
    ]);
    const mounts = container?.volumeMounts ?? [];
    expect(mounts.map(({ name }) => name)).toEqual(pod?.volumes.map(({ name }) => name));
  });

  it('is a configuration that the gateway accepts with its secret', () => {
    const variables = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    const secret = { HMS_ACCESS_KEY: 'made-up', HMS_SECRET: 'made-up', REDIS_URL: 'rediss://u:p@redis' };
    const config = readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0', ...secret, ...variables });
    expect([config.upstream.kind, config.warnings]).toEqual(['vendor', []]);
  });
});

describe('compose.yaml', () => {
  interface Service {
    readonly image: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly ports?: readonly string[];
    readonly volumes?: readonly string[];
    readonly stop_grace_period?: string;
  }
  const { services } = parse(read('compose.yaml'), { strict: true }) as {
    services: Record<string, Service>;
  };

  it('mounts files that exist, and pins images by version', () => {
    const files = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((text) => text.split(':')[0] ?? ''),
    );
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    for (const [name, { image }] of Object.entries(services)) {
      if (name !== 'gateway') expect(image).toMatch(/:v?\d+\.\d+\.\d+/);
    }
  });

  it('opens ports on loopback alone', () => {
    const ports = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('starts the gateway with a configuration that it accepts, and leaves it the time to stop', () => {
    const { environment = {}, stop_grace_period } = services['gateway'] ?? {};
    const config = readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0', ...environment });
    expect([config.upstream.kind, config.graphiql, config.warnings]).toEqual(['sandbox', true, []]);
    expect(Number.parseInt(stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(STOP_SECONDS);
  });

  it('scrapes the gateway as ops/prometheus.yml does', () => {
    const inCompose = read('ops/compose/prometheus.yml').replace('gateway:4000', '127.0.0.1:4000');
    expect(parse(inCompose)).toEqual(parse(read('ops/prometheus.yml')));
  });
});

describe('ops/compose/fleet.yml', () => {
  interface Service {
    readonly image: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly volumes?: readonly string[];
    readonly secrets?: readonly string[];
    readonly ports?: readonly string[];
    readonly stop_grace_period?: string;
  }
  const { services, secrets } = parse(read('ops/compose/fleet.yml'), { strict: true }) as {
    services: Record<string, Service>;
    secrets: Record<string, unknown>;
  };
  const { gateway, redis, balancer } = services;

  it('starts gateways with a configuration that they accept, and leaves them the time to stop', () => {
    const environment = Object.entries(gateway?.environment ?? {}).map(([name, value]) => [
      name,
      value.replace(/^\$\{.*\?\}$/, 'made-up'),
    ]);
    const config = readConfig({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      ...Object.fromEntries(environment),
    });
    expect([config.upstream.kind, config.warnings]).toEqual(['vendor', []]);
    expect(config.redisUrl?.reveal()).toBe(`redis://${redis === undefined ? '' : 'redis'}:6379`);
    expect(config.authentication.apiKeysFile).toBe(`/run/secrets/${gateway?.secrets?.[0]}`);
    expect(gateway?.secrets).toEqual(Object.keys(secrets));
    expect(Number.parseInt(gateway?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(STOP_SECONDS);
  });

  it('opens the port of nginx alone, on loopback, and nginx passes on what streams need', () => {
    const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([['balancer', '127.0.0.1:4000:80']]);
    const [file = ''] = balancer?.volumes?.[0]?.split(':') ?? [];
    const nginx = read(join('ops/compose', file));
    expect(nginx).toMatch(/server gateway:4000 /);
    expect(nginx).toMatch(/proxy_set_header Upgrade \$http_upgrade;/);
    expect(nginx).toMatch(/proxy_buffering off;/);
  });

  it('pins images by version', () => {
    for (const { image } of [redis, balancer].filter((service) => service !== undefined)) {
      expect(image).toMatch(/:\d+\.\d+\.\d+/);
    }
  });
});

describe('the unit of systemd', () => {
  const unit = read('ops/hms-gateway.service');
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

  it('runs the command of `npm start`, and leaves it the time to stop', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    expect(value('ExecStart')).toBe(`/usr/bin/${nodeCommand(scripts)}`);
    expect(Number(value('TimeoutStopSec'))).toBeGreaterThanOrEqual(STOP_SECONDS);
  });

  it('is valid', (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-unit-'));
    const path = join(folder, 'hms-gateway.service');
    // systemd checks that the program exists.
    writeFileSync(path, unit.replace('/usr/bin/node', '/usr/bin/env'));
    const { status, error, stderr } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    if (error !== undefined) context.skip('systemd is not installed');
    expect([status, stderr]).toEqual([0, '']);
  });
});
