/** The channel that follows; `isStale` once it was given up from here. */
export interface Channel {
  readonly closing: AbortController;
  isStale: boolean;
}

export function openChannel(): Channel {
  return { closing: new AbortController(), isStale: false };
}

/** Takes the node for lost, or its answer for useless. */
export function giveUp(channel: Channel): void {
  channel.isStale = true;
  channel.closing.abort();
}
