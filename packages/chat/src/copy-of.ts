/** As it is said on the wire, also of an object that a page watches through a Proxy. */
export const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
