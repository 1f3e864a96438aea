/** The version of the packages, as `VERSION` of the SDK shows it. */
export const VERSION = '0.1.0';

/** The version of the frames. A server refuses a login that names another one. */
export const PROTOCOL_VERSION = 1;
