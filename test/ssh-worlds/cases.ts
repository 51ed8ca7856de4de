import type { WorldCase } from './case.ts';
import { accountCases } from './cases/accounts.ts';
import { configCases } from './cases/config.ts';
import { hardenedCases } from './cases/hardened.ts';
import { interruptCases } from './cases/interrupts.ts';
import { jumpCases } from './cases/jumps.ts';
import { keyCases } from './cases/keys.ts';
import { peerCases } from './cases/peers.ts';
import { reportCases } from './cases/reports.ts';
import { startFileCases } from './cases/start-files.ts';
import { sudoCases } from './cases/sudo.ts';
import { waitCases } from './cases/waits.ts';

/** All situations. */
export const cases: readonly WorldCase[] = [
  ...startFileCases,
  ...accountCases,
  ...keyCases,
  ...configCases,
  ...jumpCases,
  ...peerCases,
  ...sudoCases,
  ...reportCases,
  ...waitCases,
  ...hardenedCases,
  ...interruptCases,
];
