/** How many connections each address holds (SE1). */
export interface AddressLimit {
  /** Addresses whose connections are not counted: loopback, and the proxies that are named. */
  isTrustedAddress: (address: string) => boolean;
  connectionsPerAddressMax: number;
}

export class AddressPlaces {
  private readonly taken = new Map<string, number>();
  private readonly limit: AddressLimit;

  constructor(limit: AddressLimit) {
    this.limit = limit;
  }

  /** Takes a place for a connection, and gives what releases it, once; undefined when the address has no more. */
  take(remoteAddress: string | undefined): (() => void) | undefined {
    // A socket that serves both families shows an IPv4 address within an IPv6 one.
    const address = (remoteAddress ?? '').replace(/^::ffff:/i, '');
    if (this.limit.isTrustedAddress(address)) return () => undefined;
    const already = this.taken.get(address) ?? 0;
    if (already >= this.limit.connectionsPerAddressMax) return undefined;
    this.taken.set(address, already + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.release(address);
      isHeld = false;
    };
  }

  private release(address: string): void {
    const left = (this.taken.get(address) ?? 1) - 1;
    if (left > 0) this.taken.set(address, left);
    else this.taken.delete(address);
  }
}
