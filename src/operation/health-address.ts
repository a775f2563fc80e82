/**
 * The address of the health server, and the error of a server that cannot listen at its address. Other modules can use
 * this file without loading the server.
 */
export interface HealthAddress {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
}

export const textOfAddress = ({ host, port }: HealthAddress): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program. Set it to another port, or leave it empty.',
  EACCES: 'may not be used by this user. Set it to a port from 1024 on.',
  EADDRNOTAVAIL: 'is no address of this computer. Set it to one, such as 127.0.0.1 or 0.0.0.0.',
};

/** Thrown if the server cannot listen at its address. The message says what the user can do. */
export class HealthAddressError extends Error {
  constructor(address: HealthAddress, cause: NodeJS.ErrnoException) {
    const why = reasons[cause.code ?? ''] ?? `cannot be used (${cause.message}).`;
    super(`HEALTH_PORT: ${textOfAddress(address)} ${why}`, { cause });
    this.name = 'HealthAddressError';
  }
}
