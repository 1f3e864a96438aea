/** Somebody who speaks over the HTTP door: a person of a log, or the keeper of the groups. */
import type { CommandInput, CommandName, CommandOutput } from '@muster/protocol';
import type { Server } from '../people.ts';

export interface HttpPerson {
  ask<Name extends CommandName>(command: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>>;
}

export function httpPerson({ url, userSig }: Server, userID: string): HttpPerson {
  const headers = { authorization: `Bearer ${userSig(userID)}`, 'content-type': 'application/json' };
  return {
    async ask(command, input) {
      const body = JSON.stringify(input);
      const response = await fetch(`${url}/v1/commands/${command}`, { method: 'POST', headers, body });
      if (!response.ok) throw new Error(`${command} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as never;
    },
  };
}
