import { type Browser, chromium } from 'playwright-core';
import { chromium as installChromium, type Provided } from '../support/provision.ts';

/** Debian's Chromium, headless; it exits with the launcher because its control pipe closes. */
export async function launchBrowser(): Promise<Provided<Browser>> {
  const path = await installChromium();
  if (!path.ok) return path;
  const browser = await chromium.launch({
    executablePath: path.value,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  return { ok: true, value: browser };
}
