import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabNode } from '../node.ts';

/** Between two rounds over all members, milliseconds. */
const periodMs = 40;
/** A member that does not accept a connection in this time is away; a node that is off never answers. */
const answerMs = 400;

/** What was seen of the members of one service from outside. */
export interface Seen {
  /** How often all members were tried. */
  readonly rounds: number;
  /** The most members that were away at once. */
  readonly mostAway: number;
  /** The members that were away at some time. */
  readonly away: readonly string[];
}

/** Whether the port of a member accepts a connection, tried from outside the nodes. */
function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(answerMs, () => end(false));
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}

/** Tries all members of a service at once, round after round, until it is asked what it has seen. */
export function watchMembers(members: readonly LabNode[], port: number): () => Promise<Seen> {
  let isOver = false;
  const away = new Set<string>();
  let rounds = 0;
  let mostAway = 0;
  const watching = (async () => {
    while (!isOver) {
      const answers = await Promise.all(members.map(({ address }) => accepts(address, port)));
      const missing = members.filter((_, index) => answers[index] !== true);
      for (const { name } of missing) away.add(name);
      mostAway = Math.max(mostAway, missing.length);
      rounds += 1;
      await pause(periodMs);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return { rounds, mostAway, away: [...away].sort() };
  };
}
