/** The language of REST v4. */
export { readRestBody } from './exact-json.ts';
export * from './rest-commands.ts';
export { GATEWAY_ERRORS, type GatewayErrorName, type RestError, restFailure } from './rest-errors.ts';
