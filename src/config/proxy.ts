// The proxy variables that most programs read, in lower or upper case; lower case wins, as in curl.
import { z } from 'zod';
import type { ProxySettings } from '../proxy.ts';
import { Secret } from '../secret.ts';

/** The variables. Their form is checked by `proxyFaults`, because only some configurations use a proxy. */
export const proxyEnvironment = {
  HTTPS_PROXY: z.string().optional(),
  HTTP_PROXY: z.string().optional(),
  NO_PROXY: z.string().optional(),
  https_proxy: z.string().optional(),
  http_proxy: z.string().optional(),
  no_proxy: z.string().optional(),
};

const environmentSchema = z.object(proxyEnvironment);

type ProxyEnvironment = z.output<typeof environmentSchema>;

/** One sentence for each proxy that cannot be used. */
export function proxyFaults(environment: ProxyEnvironment): string[] {
  return (['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const)
    .filter((name) => {
      const url = environment[name];
      return url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? '');
    })
    .map((name) => `${name} must be an http or https URL such as http://proxy.example:3128`);
}

/** The settings of an environment in which `proxyFaults` found no faults; null without a proxy. */
export function proxyOf(environment: ProxyEnvironment): ProxySettings | null {
  const https = environment.https_proxy ?? environment.HTTPS_PROXY;
  const http = environment.http_proxy ?? environment.HTTP_PROXY;
  if (https === undefined && http === undefined) return null;
  return {
    https: https === undefined ? null : new Secret(https),
    http: http === undefined ? null : new Secret(http),
    except: environment.no_proxy ?? environment.NO_PROXY ?? '',
  };
}
