import { chromium, codeServer, type Provided } from '../support/provision.ts';

/** The exit code of a launcher whose suite this system cannot run; its last line of output is the reason. */
export const CANNOT = 75;

/** Installs the VS Code server and the browser if they are missing. */
export async function provideVsCode(): Promise<Provided<undefined>> {
  const server = await codeServer();
  if (!server.ok) return server;
  const browser = await chromium();
  return browser.ok ? { ok: true, value: undefined } : browser;
}
