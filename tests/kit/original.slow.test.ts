/** A chat kit of the original's, unmodified, on the original SDK through the door for it. */
import { kitSuite } from './kit-suite.ts';

kitSuite('original');
