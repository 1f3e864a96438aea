/** Gives whoever imports the original SDK ours in its place: `node --import tests/kit/map-chat.ts`. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === '@tencentcloud/chat' ? '@muster/chat' : specifier, context),
});
