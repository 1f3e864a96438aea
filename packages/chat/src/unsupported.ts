/** The methods of 3.6.6 that are not built: each exists and says so in the way that it would have answered (DI2). */
import { ok } from './core.ts';
import { type ChatError, notSupported } from './errors.ts';
import {
  CALLBACK_METHOD_NAMES,
  EMPTY_LISTS,
  LISTENER_METHOD_NAMES,
  METHOD_NAMES,
  type MethodName,
  SYNCHRONOUS_METHOD_NAMES,
} from './method-names.ts';

type Method = (...given: never[]) => unknown;

/** What synchronous methods give when there is nothing. */
const NOTHING: { [Name in MethodName]?: unknown } = {
  getSignalingInfo: null,
  findMessage: null,
  getTotalUnreadMessageCount: 0,
};

const has = (names: readonly MethodName[], name: MethodName) => names.includes(name);

export function unsupportedMethods(): Record<MethodName, Method> {
  const methods = METHOD_NAMES.map((name) => [name, unsupported(name)] as const);
  return Object.fromEntries(methods) as Record<MethodName, Method>;
}

function unsupported(name: MethodName): Method {
  if (name in EMPTY_LISTS) {
    const list = EMPTY_LISTS[name as keyof typeof EMPTY_LISTS];
    return async () => ok(list());
  }
  if (name in NOTHING) return () => NOTHING[name];
  if (has(LISTENER_METHOD_NAMES, name)) return () => undefined;
  if (has(CALLBACK_METHOD_NAMES, name)) return refuseByCallback(name);
  if (has(SYNCHRONOUS_METHOD_NAMES, name)) return () => raise(notSupported(name));
  return async () => raise(notSupported(name));
}

function refuseByCallback(name: MethodName): Method {
  return (_options: unknown, _onSuccess: unknown, onError: unknown) => {
    const { code, message } = notSupported(name);
    if (typeof onError === 'function') onError(code, message);
    return '';
  };
}

function raise(error: ChatError): never {
  throw error;
}
