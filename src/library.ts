// The entry point of the package: `import { createGateway, createSandbox } from 'hms-gateway'`. docs/library.md explains it.
import './library/check-node.ts';

export { AuthUnavailableError, UnauthenticatedError } from './auth/errors.ts';
export { ConfigError } from './config.ts';
export { createGateway, type Gateway } from './library/create-gateway.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './library/create-sandbox.ts';
export type {
  Authenticate,
  BuiltInAuthentication,
  GatewayCaller,
  GatewayLimits,
  GatewayLog,
  GatewayOptions,
  GatewayWebhooks,
  SandboxUpstream,
  Sender,
  VendorUpstream,
} from './library/options.ts';
export { calls } from '../schema/prices.ts';
export type { DefineTypes, Graph, OwnBuilder } from '../schema/own-types/own-types.ts';
export { roomById } from '../resolvers/rooms/rooms.ts';
export { sessionById } from '../resolvers/sessions/sessions.ts';
export { templateById } from '../resolvers/templates/templates.ts';
