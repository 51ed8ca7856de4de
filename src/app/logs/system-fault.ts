/** Whether the operating system refused something, such as a file that is not there. */
export function isSystemFault(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'code' in cause && 'syscall' in cause;
}
