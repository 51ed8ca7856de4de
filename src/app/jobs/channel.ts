/** The channel that follows. */
export interface Channel {
  readonly closing: AbortController;
  /** It was given up from here. */
  isStale: boolean;
  /** The request has gone out, so that the controller is at work. */
  isSent: boolean;
  /** The controller has said a word. */
  hasAnswered: boolean;
}

export function openChannel(): Channel {
  return { closing: new AbortController(), isStale: false, isSent: false, hasAnswered: false };
}

/** Takes the node for lost, or its answer for useless. */
export function giveUp(channel: Channel): void {
  channel.isStale = true;
  channel.closing.abort();
}
