// The root of the package: `import { createGateway } from 'hms-gateway'`.
export { composeGateway as createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
