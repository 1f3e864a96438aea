/** A gate between one device and the server: it can be shut, and it can let a device hear nothing for a while. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import MusterChat, { type ChatSDK } from '@muster/chat';
import type { Muster } from '@muster/server/testing';

let instances = 0;

export class Gate {
  readonly proxyServer: string;
  private readonly server: Server;
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private isShut = false;

  private constructor(server: Server, port: number) {
    this.server = server;
    this.proxyServer = `ws://127.0.0.1:${port}`;
  }

  /** A gate in front of the server that listens on this port. */
  static async to(port: number): Promise<Gate> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const gate = new Gate(server, (server.address() as { port: number }).port);
    server.on('connection', (device) => gate.take(device, port));
    return gate;
  }

  /** A device that reaches the server through this gate, logged in and ready. */
  async login({ SDKAppID, userSig }: Muster, userID: string): Promise<ChatSDK> {
    instances += 1;
    const { proxyServer } = this;
    const device = MusterChat.create({ SDKAppID, proxyServer, instance: `gate-${instances}` });
    device.setLogLevel(4);
    const ready = new Promise((resolve) => device.once(MusterChat.EVENT.SDK_READY, resolve));
    await device.login({ userID, userSig: userSig(userID) });
    await ready;
    return device;
  }

  /** Breaks the connection, and every other until the gate is opened. */
  shut(): void {
    this.isShut = true;
    this.cut();
  }

  open(): void {
    this.isShut = false;
  }

  cut(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** The device hears nothing from now on, as if it read nothing; what it says goes on. `cut` and `open` end it. */
  hold(): void {
    this.isShut = true;
    for (const [device, server] of this.pairs) {
      server.unpipe(device);
      server.pause();
    }
  }

  async close(): Promise<void> {
    this.shut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(device: Socket, port: number): void {
    if (this.isShut) {
      device.destroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    const pair = [device, server] as const;
    this.pairs.add(pair);
    const end = () => {
      this.pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) {
      socket.on('error', end);
      socket.on('close', end);
    }
    device.pipe(server);
    server.pipe(device);
  }
}

/** Resolves when the device has noticed that its connection is gone. */
export function noticed(device: ChatSDK): Promise<void> {
  return new Promise((resolve) => {
    const { NET_STATE_CHANGE } = MusterChat.EVENT;
    const look = ({ data }: { data: { state: string } }) => {
      if (data.state === MusterChat.TYPES.NET_STATE_CONNECTED) return;
      device.off(NET_STATE_CHANGE, look);
      resolve();
    };
    device.on(NET_STATE_CHANGE, look);
  });
}
