/** Milliseconds of the processor that this process has used. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * The longest time of the processor between two turns of the event loop during the work, and that of the whole work: their
 * relation does not depend on the load of this computer.
 */
export async function longestTurn(work: () => Promise<void>): Promise<{ longest: number; total: number }> {
  const begun = used();
  let [last, longest, isOver] = [begun, 0, false];
  const turn = () => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  turn();
  return { longest, total: used() - begun };
}
