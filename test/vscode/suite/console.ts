import { appendFileSync } from 'node:fs';
import { format } from 'node:util';

const METHODS = ['debug', 'log', 'info', 'warn', 'error'] as const;

/**
 * Copies the console of the extension host, including the extension's lines, to a file that the launcher follows:
 * VS Code's own forwarding loses lines when the window closes. It also locks the methods, so the object is replaced.
 */
export function copyConsole(file: string): void {
  const original = console;
  const copying = METHODS.map((method) => {
    const value = (...values: readonly unknown[]): void => {
      appendFileSync(file, `${format(...values)}\n`);
      original[method](...values);
    };
    return [method, { value, writable: true }] as const;
  });
  globalThis.console = Object.create(original, Object.fromEntries(copying)) as Console;
}
