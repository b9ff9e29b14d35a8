// The variables of authentication: `GATEWAY_AUTH` names the methods, and each method has variables of its own.
import * as v from 'valibot';
import type { AuthenticationSettings } from '../auth/create-authenticator.ts';
import { isLoopback } from '../loopback.ts';

const authMethods = ['api-key', 'jwt', 'hms-token'] as const;

type AuthMethod = (typeof authMethods)[number];

const gatewayAuth = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): readonly AuthMethod[] => {
    if (dataset.value === 'off') return [];
    const methods = dataset.value.split(',').map((method) => method.trim());
    for (const method of methods) {
      if (!authMethods.some((known) => known === method)) {
        addIssue({
          message: `must be \`off\` or a comma list of ${authMethods.join(', ')}; \`${method}\` is neither`,
        });
        return NEVER;
      }
    }
    return authMethods.filter((method) => methods.includes(method));
  }),
);

/**
 * https only, because anyone who could change the key set in transit could add a key of their own and sign tokens with it. No user
 * or password, because `fetch` refuses such URLs.
 */
const jwksUrl = v.pipe(
  v.string(),
  v.check((text) => {
    const url = URL.parse(text);
    if (url === null || url.username !== '' || url.password !== '') return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  }, 'must be an https URL without a user or password (http is for loopback addresses alone)'),
);

/** The variables and their form. */
export const authEnvironment = {
  GATEWAY_AUTH: v.optional(gatewayAuth),
  GATEWAY_API_KEYS: v.optional(v.string()),
  GATEWAY_JWKS_URL: v.optional(jwksUrl),
  GATEWAY_JWT_ISSUER: v.optional(v.string()),
  GATEWAY_JWT_AUDIENCE: v.optional(v.string()),
};

const environmentSchema = v.object(authEnvironment);

type AuthEnvironment = v.InferOutput<typeof environmentSchema>;

/** The variables of each method. */
const methodVariables = {
  'api-key': ['GATEWAY_API_KEYS'],
  jwt: ['GATEWAY_JWKS_URL', 'GATEWAY_JWT_ISSUER', 'GATEWAY_JWT_AUDIENCE'],
  'hms-token': [],
} as const satisfies Readonly<Record<AuthMethod, readonly (keyof AuthEnvironment)[]>>;

/**
 * One sentence for each variable that a named method lacks, and for each that is set without its method, because the operator may
 * believe that this variable protects the gateway.
 */
export function authenticationFaults(environment: AuthEnvironment): string[] {
  return authMethods.flatMap((method) => {
    const isAccepted = environment.GATEWAY_AUTH?.includes(method) ?? false;
    return methodVariables[method].flatMap((name) => {
      const isSet = environment[name] !== undefined;
      if (isAccepted && !isSet) return [`${name} is missing: GATEWAY_AUTH names ${method}, which needs it`];
      if (isSet && !isAccepted) return [`${name} is set but GATEWAY_AUTH does not name ${method}`];
      return [];
    });
  });
}

/** The settings of an environment in which `authenticationFaults` found no faults. */
export function authenticationOf(environment: AuthEnvironment): AuthenticationSettings {
  const {
    GATEWAY_JWKS_URL: jwksUrl,
    GATEWAY_JWT_ISSUER: issuer,
    GATEWAY_JWT_AUDIENCE: audience,
  } = environment;
  return {
    apiKeysFile: environment.GATEWAY_API_KEYS ?? null,
    jwt:
      jwksUrl === undefined || issuer === undefined || audience === undefined
        ? null
        : { jwksUrl, issuer, audience },
    hmsToken: environment.GATEWAY_AUTH?.includes('hms-token') ?? false,
  };
}
