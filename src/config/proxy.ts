// The usual proxy variables, in lower or upper case. If both are set, lower case has priority, as in curl.
import * as v from 'valibot';
import type { ProxySettings } from '../proxy.ts';
import { Secret } from '../secret.ts';

/** The variables. Their form is checked by `proxyFaults`, because only some configurations use a proxy. */
export const proxyEnvironment = {
  HTTPS_PROXY: v.optional(v.string()),
  HTTP_PROXY: v.optional(v.string()),
  NO_PROXY: v.optional(v.string()),
  https_proxy: v.optional(v.string()),
  http_proxy: v.optional(v.string()),
  no_proxy: v.optional(v.string()),
};

const environmentSchema = v.object(proxyEnvironment);

type ProxyEnvironment = v.InferOutput<typeof environmentSchema>;

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
