import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';

/** A unique name that sorts by time. */
export function runName(now: number): string {
  return `${new Date(now).toISOString().replace(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}`;
}

/** `anna@laptop`, without characters that would break a one-line file. */
export function userAtHost(): string {
  return `${userInfo().username}@${hostname()}`.replace(/[\s\p{C}]+/gu, '-');
}
