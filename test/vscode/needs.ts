import { chromium, codeServer, type Provided } from '../support/provision.ts';

/** The exit code by which a launcher says that this machine cannot carry its suite; its last line is the reason. */
export const CANNOT = 75;

/** Installs the VS Code server and the browser where they are missing. */
export async function provideVsCode(): Promise<Provided<undefined>> {
  const server = await codeServer();
  if (!server.ok) return server;
  const browser = await chromium();
  return browser.ok ? { ok: true, value: undefined } : browser;
}
