/** A chat kit of the original's, unmodified, on our SDK. */
import { kitSuite } from './kit-suite.ts';

kitSuite('muster');
